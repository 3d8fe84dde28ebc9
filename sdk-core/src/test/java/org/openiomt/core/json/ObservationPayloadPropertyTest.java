package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;

class ObservationPayloadPropertyTest {
    private static final byte[] HEADS = HexFormat.of()
            .parseHex(
                    "0001171819" + "1a1b203b40" + "585f607f80" + "829fa0bfc2" + "c3c4d8d94d" + "4ef4f6f7f9" + "fafbff");
    private static final List<Observations.Vector> VECTORS = Observations.vectors();

    @Property(tries = 400)
    void whatIsEncodedAsCborDecodesToItselfInTheSameOrder(@ForAll("observations") Observation observation) {
        Observation decoded = ObservationCbor.decode(ObservationCbor.encode(observation));

        assertThat(decoded).isEqualTo(observation);
        assertThat(decoded.supplemental().keySet())
                .containsExactlyElementsOf(observation.supplemental().keySet());
        assertThat(decoded.status()).containsExactlyElementsOf(observation.status());
    }

    @Property(tries = 400)
    void theSameObservationAlwaysGivesTheSameDeterministicOctets(@ForAll("observations") Observation observation) {
        byte[] octets = ObservationCbor.encode(observation);

        CborGuard.check(octets, ObservationCbor.MAX_OCTETS);
        assertThat(ObservationCbor.encode(ObservationCbor.decode(octets))).isEqualTo(octets);
    }

    @Property(tries = 400)
    void whatIsWrittenAsJsonReadsToItselfInTheSameOrder(@ForAll("observations") Observation observation) {
        Observation read = ObservationJson.read(ObservationJson.write(observation));

        assertThat(read).isEqualTo(observation);
        assertThat(read.supplemental().keySet())
                .containsExactlyElementsOf(observation.supplemental().keySet());
        assertThat(ObservationJson.write(read)).isEqualTo(ObservationJson.write(observation));
    }

    @Property(tries = 400)
    void everyObservationHasOneLineOfText(@ForAll("observations") Observation observation) {
        assertThat(ObservationText.line(observation)).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }

    @Property(tries = 100)
    void everyTruncationOfCborIsRefused(@ForAll("observations") Observation observation) {
        byte[] octets = ObservationCbor.encode(observation);
        for (int length = 0; length < octets.length; length++) {
            assertThat(isRefused(Arrays.copyOf(octets, length), ObservationCbor::decode))
                    .as("cut to %d of %d", length, octets.length)
                    .isTrue();
        }
    }

    @Property(tries = 100)
    void everyTruncationOfJsonIsRefused(@ForAll("observations") Observation observation) {
        String text = ObservationJson.write(observation);
        for (int length = 0; length < text.length(); length++) {
            assertThat(isRefused(text.substring(0, length), ObservationJson::read))
                    .isTrue();
        }
    }

    @Property(tries = 400)
    void aChangedOctetIsDecodedOrRefused(
            @ForAll("observations") Observation observation,
            @ForAll @IntRange(max = 100_000) int place,
            @ForAll byte octet) {
        byte[] octets = ObservationCbor.encode(observation);
        octets[place % octets.length] = octet;

        if (!isRefused(octets, ObservationCbor::decode)) {
            ObservationCbor.encode(ObservationCbor.decode(octets));
        }
    }

    /** Inserts, removes and replaces octets in the vectors, mostly by heads that mean something. */
    @Property(tries = 20_000)
    void aDamagedVectorIsDecodedOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = VECTORS.get(random.nextInt(VECTORS.size())).cbor();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(octets.length);
            byte octet = random.nextBoolean() ? HEADS[random.nextInt(HEADS.length)] : (byte) random.nextInt();
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            damaged.write(octets, 0, at);
            int kind = random.nextInt(3);
            if (kind > 0) {
                damaged.write(octet);
            }
            int next = at + (kind == 1 ? 0 : 1);
            damaged.write(octets, next, octets.length - next);
            octets = damaged.toByteArray();
        }

        if (!isRefused(octets, ObservationCbor::decode)) {
            Observation observation = ObservationCbor.decode(octets);
            assertThat(ObservationCbor.decode(ObservationCbor.encode(observation)))
                    .isEqualTo(observation);
            assertThat(ObservationJson.read(ObservationJson.write(observation))).isEqualTo(observation);
            assertThat(ObservationText.line(observation)).isNotBlank();
        }
    }

    @Property(tries = 400)
    void aChangedCharacterIsReadOrRefused(
            @ForAll("observations") Observation observation,
            @ForAll @IntRange(max = 100_000) int place,
            @ForAll char character) {
        StringBuilder text = new StringBuilder(ObservationJson.write(observation));
        text.setCharAt(place % text.length(), character);

        isRefused(text.toString(), ObservationJson::read);
    }

    @Property(tries = 400)
    void anyOctetsAreDecodedOrRefused(@ForAll("octets") byte[] octets) {
        isRefused(octets, ObservationCbor::decode);
        isRefused(octets, ObservationMessage::decode);
    }

    @Property(tries = 400)
    void anyTextIsReadOrRefused(@ForAll String text) {
        isRefused(text, ObservationJson::read);
    }

    @Property(tries = 400)
    void anyMessageDecodesToItself(
            @ForAll long epoch,
            @ForAll("observations") Observation first,
            @ForAll @Size(max = 3) long[] sequences,
            @ForAll("unknown") UnknownEntries unknown) {
        byte[] observation = ObservationCbor.encode(first);
        ObservationMessage message = new ObservationMessage(
                epoch,
                Arrays.stream(sequences)
                        .mapToObj(sequence -> ObservationMessage.Item.of(sequence, observation))
                        .toList(),
                unknown);

        ObservationMessage decoded = ObservationMessage.decode(message.encode());

        assertThat(decoded).isEqualTo(message);
        decoded.items().forEach(item -> assertThat(item.observation()).isEqualTo(first));
    }

    @Provide
    Arbitrary<Observation> observations() {
        return ArbitraryObservations.observations();
    }

    @Provide
    Arbitrary<UnknownEntries> unknown() {
        return ArbitraryObservations.unknown(2);
    }

    /** Octets of which many begin like a map with the right keys. */
    @Provide
    Arbitrary<byte[]> octets() {
        Arbitrary<Byte> heads = Arbitraries.of(0, 1, 3, 0x50, 0x61, 0x82, 0x87, 0xA1, 0xA5, 0xC4, 0xD8, 77, 0xF9, 0xFF)
                .map(Integer::byteValue);
        return Arbitraries.oneOf(heads, Arbitraries.bytes())
                .array(byte[].class)
                .ofMaxSize(80)
                .map(octets -> {
                    if (octets.length > 0 && octets[0] >= 0) {
                        octets[0] = (byte) (0xA0 | (octets[0] & 0x0F));
                    }
                    return octets;
                });
    }

    /** Whether the octets or the text are refused; anything but a {@link DecodeException} fails the test. */
    private static <T> boolean isRefused(T encoded, Consumer<T> decoder) {
        try {
            decoder.accept(encoded);
            return false;
        } catch (DecodeException e) {
            assertThat(e.field()).isNotBlank();
            assertThat(e.offset()).isNotNegative();
            return true;
        }
    }
}
