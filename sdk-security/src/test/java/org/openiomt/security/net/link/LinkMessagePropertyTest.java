package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;

class LinkMessagePropertyTest {
    @Property
    void anyOctetsAreRefusedOrReadAndWrittenBackTheSame(
            @ForAll @Size(max = 200) byte[] octets, @ForAll LinkMessage.Sender from) {
        LinkFuzz.read(octets, from);
    }

    @Property
    void anyBodiesAreRefusedOrReadAndWrittenBackTheSame(@ForAll @Size(max = 200) byte[] octets) {
        LinkFuzz.readBodies(octets);
    }

    @Property
    void descriptionIsReadAsItWasWritten(@ForAll("descriptions") PeripheralDescription description) {
        byte[] octets = description.encode();
        PeripheralDescription read = PeripheralDescription.decode(octets);

        assertThat(read).isEqualTo(description);
        assertThat(read.channels()).isEqualTo(description.channels());
        assertThat(read.services()).containsExactlyElementsOf(description.services());
        assertThat(read.encode()).isEqualTo(octets);
    }

    @Property(tries = 200)
    void descriptionThatIsCutOrHasMoreIsRefused(@ForAll("descriptions") PeripheralDescription description) {
        byte[] octets = description.encode();
        for (int length = 0; length < octets.length; length++) {
            assertThat(isRefused(PeripheralDescription::decode, Arrays.copyOf(octets, length)))
                    .as("%d of %d octets", length, octets.length)
                    .isTrue();
        }
        assertThat(isRefused(PeripheralDescription::decode, Arrays.copyOf(octets, octets.length + 1)))
                .isTrue();
    }

    @Property(tries = 300)
    void descriptionWithAnyOctetChangedIsRefusedOrAnother(
            @ForAll("descriptions") PeripheralDescription description,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] octets = description.encode();
        octets[place % octets.length] ^= (byte) change;
        try {
            assertThat(PeripheralDescription.decode(octets)).isNotEqualTo(description);
        } catch (DecodeException e) {
            assertThat(e.field()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<PeripheralDescription> descriptions() {
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(50);
        Arbitrary<Optional<String>> names = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a1', '\ud7ff')
                .ofMinLength(1)
                .ofMaxLength(80)
                .optional();
        Arbitrary<Map<String, byte[]>> data = Arbitraries.maps(
                        texts.map(text -> "service:" + text),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(30))
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
        Arbitrary<Set<String>> services = texts.set().ofMaxSize(5);
        Arbitrary<List<Channel>> channels =
                texts.map(Channel::of).list().uniqueElements().ofMaxSize(20);
        return Combinators.combine(Arbitraries.integers().between(20, 0xFFFF), names, services, data, channels)
                .as(PeripheralDescription::new);
    }

    private static boolean isRefused(Consumer<byte[]> parser, byte[] octets) {
        try {
            parser.accept(octets);
            return false;
        } catch (DecodeException e) {
            return true;
        }
    }
}
