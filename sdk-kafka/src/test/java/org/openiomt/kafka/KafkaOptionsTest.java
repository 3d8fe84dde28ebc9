package org.openiomt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that would break a promise are refused, with what to do. */
class KafkaOptionsTest {
    private final KafkaOptions options = KafkaOptions.of("127.0.0.1:9092,localhost:9093", "clinic");

    @ParameterizedTest
    @ValueSource(
            strings = {"acks", "enable.idempotence", "retries", "enable.auto.commit", "group.id", "transactional.id"})
    void whatOrderAndSafetyHangOnCannotBeSet(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withProperties(Map.of(name, "1")))
                .withMessageContaining("order and safety hang on them: [" + name + "]");
    }

    @Test
    void withoutTlsOnlyTheOwnMachineIsUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaOptions.of("kafka.example:9092", "clinic"))
                .withMessageContaining("set security.protocol to SSL or SASL_SSL");
        KafkaOptions protectedOnes = new KafkaOptions(
                List.of("kafka.example:9093"),
                "clinic",
                KafkaOptions.Topics.DEFAULT,
                Map.of("security.protocol", "SSL"));
        assertThat(protectedOnes.producer()).containsEntry("security.protocol", "SSL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:9092,"})
    void aBrokerIsHostAndPort(String servers) {
        assertThatIllegalArgumentException().isThrownBy(() -> KafkaOptions.of(servers, "clinic"));
    }

    @Test
    void topicsAreThreeOfKafkasNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KafkaOptions.Topics("a", "a", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> KafkaOptions.Topics.of("a/b"));
        assertThat(KafkaOptions.Topics.DEFAULT.all()).containsExactly("iomt.1.obs", "iomt.1.wave", "iomt.1.keys");
    }

    @Test
    void whatAProducerPromisesIsSet() {
        assertThat(options.producer())
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        assertThat(options.consumer("group")).containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(options.withProperties(Map.of("ssl.key.password", "secret")).toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iomt/1/ward/gw-1/cuff/state",
                "iomt/1/ward/gw-1/-/obs/all",
                "iomt/1/ward/gw-1/cuff/cmd/all",
                "iomt/2/ward/gw-1/cuff/obs/all",
                "iomt/1/ward/+/cuff/obs/all",
                "iomt/1/ward/gw-1/cuff/obs/all/more"
            })
    void onlyPlacesOfReadingsAndWaveFormsAreMessages(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaMessage.of(place, "text", new byte[0], Optional.empty()));
    }
}
