package org.openiomt.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of reading and writing octets. */
class OctetsPropertyTest {
    /** A kind of field: how many octets, how it is read and written. */
    private record Kind(String name, int size, Read read, BiConsumer<ByteWriter, Long> write) {}

    private interface Read {
        long from(ByteReader in, String field);
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("uint8", 1, ByteReader::uint8, (out, value) -> out.uint8("f", value & 0xFF)),
            new Kind("int8", 1, ByteReader::int8, (out, value) -> out.int8("f", value.byteValue())),
            new Kind("uint16", 2, ByteReader::uint16, (out, value) -> out.uint16("f", value & 0xFFFF)),
            new Kind("int16", 2, ByteReader::int16, (out, value) -> out.int16("f", value.shortValue())),
            new Kind("uint24", 3, ByteReader::uint24, (out, value) -> out.uint24("f", value & 0xFFFFFF)),
            new Kind("int24", 3, ByteReader::int24, (out, value) -> out.int24("f", value << 40 >> 40)),
            new Kind("uint32", 4, ByteReader::uint32, (out, value) -> out.uint32("f", value & 0xFFFF_FFFFL)),
            new Kind("int32", 4, ByteReader::int32, (out, value) -> out.int32("f", value << 32 >> 32)),
            new Kind(
                    "uint48",
                    6,
                    (in, field) -> in.unsigned(field, 6),
                    (out, value) -> out.unsigned("f", value >>> 16, 6)),
            new Kind(
                    "uint56",
                    7,
                    (in, field) -> in.unsigned(field, 7),
                    (out, value) -> out.unsigned("f", value >>> 8, 7)));

    @Property
    void whatIsWrittenIsReadAndWrittenAgainToTheSameOctets(
            @ForAll("kinds") List<Kind> kinds, @ForAll @Size(8) List<Long> values, @ForAll boolean isBigEndian) {
        ByteOrder order = isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteWriter out = new ByteWriter(order);
        for (int i = 0; i < kinds.size(); i++) {
            kinds.get(i).write.accept(out, values.get(i));
        }
        byte[] octets = out.toByteArray();
        assertThat(octets).hasSize(kinds.stream().mapToInt(Kind::size).sum());

        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, order);
        ByteWriter again = new ByteWriter(order);
        int offset = 0;
        for (Kind kind : kinds) {
            assertThat(in.offset()).isEqualTo(offset);
            // uint48 and uint56 take the upper octets of the value that is given to write
            kind.write.accept(again, kind.read.from(in, kind.name) << (kind.size > 4 ? 64 - 8 * kind.size : 0));
            offset += kind.size;
        }
        assertThat(in.remaining()).isZero();
        assertThat(again.toByteArray()).isEqualTo(octets);
    }

    @Property
    void aReadBeyondTheEndNamesItsFieldItsOctetAndWhatIsMissing(
            @ForAll("kind") Kind kind, @ForAll @IntRange(max = 20) int before, @ForAll @IntRange(max = 6) int left) {
        int there = Math.min(left, kind.size - 1);
        ByteReader in = ByteReader.of(new byte[before + there], DecodeMode.LENIENT);
        in.octets("before", before);

        DecodeException refusal = catchThrowableOfType(DecodeException.class, () -> kind.read.from(in, kind.name));

        assertThat(refusal.field()).isEqualTo(kind.name);
        assertThat(refusal.offset()).isEqualTo(before);
        int missing = kind.size - there;
        assertThat(refusal.reason())
                .isEqualTo("cut short, " + missing + (missing == 1 ? " octet missing" : " octets missing"));
    }

    @Property
    void theTwoByteOrdersMirrorEachOther(@ForAll("kind") Kind kind, @ForAll long value) {
        ByteWriter little = new ByteWriter(ByteOrder.LITTLE_ENDIAN);
        ByteWriter big = new ByteWriter(ByteOrder.BIG_ENDIAN);
        kind.write.accept(little, value);
        kind.write.accept(big, value);

        byte[] mirrored = new byte[kind.size];
        for (int i = 0; i < kind.size; i++) {
            mirrored[i] = little.toByteArray()[kind.size - 1 - i];
        }
        assertThat(big.toByteArray()).isEqualTo(mirrored);
    }

    @Property
    void anyFourOctetsReadAsAFloatAreWrittenToTheSameOctets(@ForAll int raw, @ForAll boolean isBigEndian) {
        ByteOrder order = isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteWriter out = new ByteWriter(order);
        out.int32("raw", raw);
        byte[] octets = out.toByteArray();

        ByteWriter again = new ByteWriter(order);
        again.float32("value", ByteReader.of(octets, DecodeMode.STRICT, order).float32("value"));

        assertThat(again.toByteArray()).isEqualTo(octets);
    }

    @Property
    void aMedicalFloatReadsFromItsOwnDecimal(
            @ForAll long mantissa, @ForAll @IntRange(min = -128, max = 127) int exponent) {
        MedicalFloat value = MedicalFloat.of(mantissa, exponent);

        assertThat(MedicalFloat.from(value.toBigDecimal())).isEqualTo(value);
        assertThat(MedicalFloat.parse(value.toBigDecimal().toString())).isEqualTo(value);
    }

    @Property
    void aNumberThatDoesNotFitIsTheCallersFault(@ForAll long value) {
        if (value < 0 || value > 0xFFFF) {
            assertThatThrownBy(() -> new ByteWriter().uint16("rate", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("rate");
        }
        if (value < -0x800000 || value > 0x7FFFFF) {
            assertThatThrownBy(() -> new ByteWriter().int24("rate", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("rate");
        }
    }

    @Property
    void anyOctetsAreTextInLenientModeAndReportedUnlessTheyAreUtf8(@ForAll byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.LENIENT);
        String text = in.utf8("name");

        boolean isUtf8 = Arrays.equals(octets, text.getBytes(StandardCharsets.UTF_8));
        assertThat(in.warnings().isEmpty()).isEqualTo(isUtf8);
    }

    @Property
    void aCheckSumOfAPartIsTheCheckSumOfThoseOctets(
            @ForAll Crc16 crc, @ForAll byte[] octets, @ForAll @IntRange(max = 50) int skipped) {
        int from = Math.min(skipped, octets.length);
        byte[] part = Arrays.copyOfRange(octets, from, octets.length);

        assertThat(crc.of(octets, from, octets.length - from))
                .isEqualTo(crc.of(part))
                .isBetween(0, 0xFFFF);
    }

    @Property
    void aCheckSumFindsEveryChangeOfOneOctet(
            @ForAll Crc16 crc, @ForAll @Size(min = 1) byte[] octets, @ForAll @IntRange(min = 1, max = 255) int change) {
        int before = crc.of(octets);
        octets[octets.length / 2] ^= (byte) change;

        assertThat(crc.of(octets)).isNotEqualTo(before);
    }

    @Provide
    Arbitrary<Kind> kind() {
        return Arbitraries.of(KINDS);
    }

    @Provide
    Arbitrary<List<Kind>> kinds() {
        return kind().list().ofMaxSize(8);
    }
}
