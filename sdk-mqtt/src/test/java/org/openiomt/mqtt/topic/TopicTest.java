package org.openiomt.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.wire.DecodeException;

class TopicTest {
    private static final DeviceId CUFF = DeviceId.of("cuff_2");

    private final Topics topics = Topics.of("home-7", "gw-1");

    @Test
    void everyTopicOfAGatewayHasItsPlace() {
        assertThat(topics.observations(CUFF)).hasToString("iomt/1/home-7/gw-1/cuff_2/obs/all");
        assertThat(topics.waves(CUFF)).hasToString("iomt/1/home-7/gw-1/cuff_2/wave/all");
        assertThat(topics.state(CUFF)).hasToString("iomt/1/home-7/gw-1/cuff_2/state");
        assertThat(topics.gatewayState()).hasToString("iomt/1/home-7/gw-1/-/state");
        assertThat(topics.meta(CUFF)).hasToString("iomt/1/home-7/gw-1/cuff_2/meta");
        assertThat(topics.command(CUFF, "set-time")).hasToString("iomt/1/home-7/gw-1/cuff_2/cmd/set-time");
        assertThat(topics.acknowledgement(CUFF)).hasToString("iomt/1/home-7/gw-1/cuff_2/ack");
    }

    @Test
    void theGatewaysOwnLevelIsNoDevice() {
        assertThat(Topic.parse("iomt/1/home-7/gw-1/-/state").device()).isEmpty();
        assertThatThrownBy(() -> topics.state(DeviceId.of("-"))).hasMessageContaining("stands for the gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "#", "a/b", "a+", "a#", "ä", "a b", "a\n", "$share", "\u0000"})
    void namesThatCouldWidenAnAccessRuleAreRefused(String name) {
        assertThatThrownBy(() -> Topics.of(name, "gw")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Topics.of("site", name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> topics.command(CUFF, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scope.site(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scope.gateway("site", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameOf65CharactersIsRefused() {
        assertThat(Topics.of("s".repeat(64), "g").site()).hasSize(64);
        assertThatThrownBy(() -> Topics.of("s".repeat(65), "g")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLeafIsThereExactlyWhenTheKindHasOne() {
        assertThatThrownBy(() -> new Topic("s", "g", Optional.of(CUFF), TopicKind.OBSERVATION, Optional.empty()))
                .hasMessageContaining("7 levels");
        assertThatThrownBy(() -> new Topic("s", "g", Optional.of(CUFF), TopicKind.STATE, Optional.of("x")))
                .hasMessageContaining("6 levels");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                          topic root,    0",
        "other/1/s/g/d/obs/all,       topic root,    0",
        "/iomt/1/s/g/d/obs/all,       topic root,    0",
        "iomt/2/s/g/d/obs/all,        topic version, 5",
        "iomt/1//g/d/obs/all,         topic site,    7",
        "iomt/1/s/+/d/obs/all,        topic gateway, 9",
        "iomt/1/s/g/#,                topic device,  11",
        "iomt/1/s/g/d/what,           topic kind,    13",
        "iomt/1/s/g/d,                topic kind,    13",
        "iomt/1/s/g/d/obs,            topic leaf,    17",
        "iomt/1/s/g/d/obs/,           topic leaf,    17",
        "iomt/1/s/g/d/obs/all/more,   topic end,     21",
        "iomt/1/s/g/d/state/more,     topic end,     19"
    })
    void aForeignTopicIsRefusedWithLevelAndPlace(String text, String field, int offset) {
        assertThatThrownBy(() -> Topic.parse(text)).isInstanceOfSatisfying(DecodeException.class, fault -> {
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.offset()).isEqualTo(offset);
        });
    }

    @Test
    void filtersNameWhatTheScopeCovers() {
        assertThat(Scope.everywhere().filter(TopicKind.OBSERVATION)).isEqualTo("iomt/1/+/+/+/obs/+");
        assertThat(Scope.site("s").filter(TopicKind.WAVE)).isEqualTo("iomt/1/s/+/+/wave/+");
        assertThat(Scope.gateway("s", "g").filter(TopicKind.STATE)).isEqualTo("iomt/1/s/g/+/state");
        assertThat(Scope.site("s").gatewayStateFilter()).isEqualTo("iomt/1/s/+/-/state");
    }

    @Test
    void aScopeCoversItsOwnGatewaysOnly() {
        Topic topic = topics.gatewayState();
        assertThat(Scope.everywhere().covers(topic)).isTrue();
        assertThat(Scope.site("home-7").covers(topic)).isTrue();
        assertThat(Scope.site("home-8").covers(topic)).isFalse();
        assertThat(Scope.gateway("home-7", "gw-2").covers(topic)).isFalse();
        assertThatThrownBy(() -> new Scope(Optional.empty(), Optional.of("gw-1")))
                .hasMessageContaining("the site is missing");
    }
}
