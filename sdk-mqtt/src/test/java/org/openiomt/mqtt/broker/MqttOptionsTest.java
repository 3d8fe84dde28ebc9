package org.openiomt.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.spi.Backoff;
import org.openiomt.mqtt.broker.MqttOptions.Address;

class MqttOptionsTest {
    private final MqttOptions options = MqttOptions.plainOnLoopback("127.0.0.1", 1883, "gw");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void theLoopbackNeedsNoTls(String host) {
        assertThat(MqttOptions.plainOnLoopback(host, 1883, "gw").tls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"broker.example.org", "10.0.0.1", "127.0.0.1.example.org", "localhost.example.org", "0.0.0.0"})
    void everythingElseDoes(String host) {
        assertThatThrownBy(() -> MqttOptions.plainOnLoopback(host, 1883, "gw"))
                .hasMessageContaining("use MqttOptions.tls");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> options.withPort(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withPort(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MqttOptions.plainOnLoopback("127.0.0.1", 1883, "a b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withSessionExpiry(Duration.ZERO)).hasMessageContaining("sessionExpiry");
        assertThatThrownBy(() -> options.withKeepAlive(Duration.ZERO)).hasMessageContaining("keepAlive");
        assertThatThrownBy(() -> options.withKeepAlive(Duration.ofDays(1))).hasMessageContaining("keepAlive");
        assertThatThrownBy(() -> options.withConnectTimeout(Duration.ZERO)).hasMessageContaining("connectTimeout");
        assertThatThrownBy(() -> options.withWillDelay(Duration.ZERO)).hasMessageContaining("willDelay");
    }

    @Test
    void eachChangeChangesOnePart() {
        Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(3));
        MqttOptions changed = options.withPort(1)
                .withOthers(List.of(new Address("localhost", 2)))
                .withKeepAlive(Duration.ofSeconds(2))
                .withSessionExpiry(Duration.ofSeconds(3))
                .withConnectTimeout(Duration.ofSeconds(4))
                .withWillDelay(Duration.ofSeconds(5))
                .withBackoff(backoff)
                .withWhenUnheard(WhenUnheard.FORGET);
        assertThat(changed)
                .isEqualTo(new MqttOptions(
                        "127.0.0.1",
                        1,
                        List.of(new Address("localhost", 2)),
                        "gw",
                        options.tls(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        backoff,
                        WhenUnheard.FORGET));
        assertThat(changed).hasToString("gw@127.0.0.1:1 or localhost:2 (plain)");
    }

    @Test
    void everyPlaceIsCheckedAndTriedInTurn() {
        MqttOptions two = options.withOthers(List.of(new Address("localhost", 2)));
        assertThat(two.places()).containsExactly(options, MqttOptions.plainOnLoopback("localhost", 2, "gw"));
        assertThatThrownBy(() -> options.withOthers(List.of(new Address("broker.example.org", 1883))))
                .hasMessageContaining("use MqttOptions.tls");
        assertThatThrownBy(() -> new Address(" ", 1)).hasMessageContaining("host is missing");
    }
}
