package org.openiomt.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.wire.DecodeException;

class TopicPropertyTest {
    @Property
    void whatIsWrittenIsReadAgain(@ForAll("topics") Topic topic) {
        assertThat(Topic.parse(topic.toString())).isEqualTo(topic);
    }

    @Property
    void anyTextIsRefusedOrWrittenAgainAsItWas(@ForAll("texts") String text) {
        try {
            assertThat(Topic.parse(text)).hasToString(text);
        } catch (DecodeException e) {
            assertThat(e.offset()).isBetween(0, text.length() + 1);
        }
    }

    @Property
    void aTopicMatchesTheFilterOfEveryScopeThatCoversIt(@ForAll("topics") Topic topic, @ForAll("scopes") Scope scope) {
        boolean matches = topic.toString().matches(scope.filter(topic.kind()).replace("+", "[^/]+"));
        assertThat(matches).isEqualTo(scope.covers(topic));
    }

    @Provide
    Arbitrary<Topic> topics() {
        Arbitrary<Optional<DeviceId>> devices =
                levels().filter(level -> !level.equals("-")).map(DeviceId::of).optional();
        return Combinators.combine(levels(), levels(), devices, Arbitraries.of(TopicKind.class), levels())
                .as((site, gateway, device, kind, leaf) ->
                        new Topic(site, gateway, device, kind, kind.hasLeaf() ? Optional.of(leaf) : Optional.empty()));
    }

    @Provide
    Arbitrary<Scope> scopes() {
        return Arbitraries.oneOf(
                Arbitraries.just(Scope.everywhere()),
                levels().map(Scope::site),
                Combinators.combine(levels(), levels()).as(Scope::gateway));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> levels = Arbitraries.oneOf(
                Arbitraries.of("iomt", "1", "", "+", "#", "-", "obs", "wave", "state", "all"),
                levels(),
                Arbitraries.strings().ofMaxLength(4));
        return levels.list().ofMaxSize(9).map(list -> String.join("/", list));
    }

    private static Arbitrary<String> levels() {
        return Arbitraries.strings().withChars("abAB01_-").ofMinLength(1).ofMaxLength(3);
    }
}
