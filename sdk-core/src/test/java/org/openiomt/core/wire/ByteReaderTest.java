package org.openiomt.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
    @Test
    void numbersAreLittleEndianAndSignedOnlyByName() {
        ByteReader in = lenient("FF FF FEFF FEFF FEFFFF FEFFFF FEFFFFFF FEFFFFFF 0102030405060708");

        assertThat(in.uint8("a")).isEqualTo(255);
        assertThat(in.int8("b")).isEqualTo(-1);
        assertThat(in.uint16("c")).isEqualTo(65_534);
        assertThat(in.int16("d")).isEqualTo(-2);
        assertThat(in.uint24("e")).isEqualTo(16_777_214);
        assertThat(in.int24("f")).isEqualTo(-2);
        assertThat(in.uint32("g")).isEqualTo(4_294_967_294L);
        assertThat(in.int32("h")).isEqualTo(-2);
        assertThat(in.unsigned("i", 7)).isEqualTo(0x07060504030201L);
        assertThat(in.octets("j", 1)).containsExactly(8);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void aFailedReadTakesNothing() {
        ByteReader in = lenient("0102");

        assertThatThrownBy(() -> in.uint32("count")).hasMessage("count at octet 0: cut short, 2 octets missing");
        assertThat(in.uint16("count")).isEqualTo(0x0201);
    }

    @Test
    void aPartEndsByItselfAndReportsToTheWhole() {
        ByteReader in = lenient("01 0203 04");
        in.uint8("first");
        ByteReader part = in.part("record", 2);

        assertThat(part.remainder(0).trailing()).containsExactly(2, 3);
        assertThatThrownBy(() -> part.uint8("more")).hasMessage("more at octet 3: cut short, 1 octet missing");
        assertThat(in.warnings()).containsExactly(new Warning("trailing", 1, "2 octets after the last field"));
        assertThat(in.uint8("last")).isEqualTo(4);
        assertThatThrownBy(() -> in.part("record", 1)).hasMessage("record at octet 4: cut short, 1 octet missing");
    }

    @Test
    void aNarrowedReaderEndsEarlierUntilItIsWidened() {
        ByteReader in = lenient("01 0203 04");
        in.uint8("first");
        int outer = in.narrow("record", 2);

        assertThat(in.remaining()).isEqualTo(2);
        assertThat(in.uint16("both")).isEqualTo(0x0302);
        assertThatThrownBy(() -> in.uint8("more")).hasMessage("more at octet 3: cut short, 1 octet missing");
        assertThatThrownBy(() -> in.widen(2)).hasMessage("expected an end from 3 on, but got 2");
        in.widen(outer);
        assertThat(in.uint8("last")).isEqualTo(4);
        assertThatThrownBy(() -> in.narrow("record", 1)).hasMessage("record at octet 4: cut short, 1 octet missing");
        assertThat(in.remaining()).isZero();
    }

    @Test
    void aLookAheadOfSomeOctetsDoesNotMoveTheReader() {
        ByteReader in = lenient("010203");
        in.skip("first", 1);

        assertThat(in.ahead(1).remaining()).isEqualTo(1);
        assertThat(in.ahead(1).uint8("next")).isEqualTo(2);
        assertThat(in.uint16At(1)).isEqualTo(0x0302);
        assertThat(in.offset()).isEqualTo(1);
        assertThatThrownBy(() -> in.ahead(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> in.uint16At(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> in.skip("rest", 3)).hasMessage("rest at octet 1: cut short, 1 octet missing");
    }

    @Test
    void aListHasAsManyElementsAsAreCountedOrLeft() {
        for (int count = 0; count <= 4; count++) {
            List<Integer> counted = lenient("01020304").list(count, in -> in.uint8("one"));
            assertThat(counted).isEqualTo(List.of(1, 2, 3, 4).subList(0, count)).isUnmodifiable();
            if (count > 0) {
                assertThat(lenient("01020304".substring(0, 2 * count)).list(in -> in.uint8("one")))
                        .isEqualTo(counted)
                        .isUnmodifiable();
            }
        }
        assertThatThrownBy(() -> lenient("0102").list(3, in -> in.uint8("one")))
                .hasMessage("one at octet 2: cut short, 1 octet missing");
        assertThatThrownBy(() -> lenient("0102").list(Integer.MAX_VALUE, in -> in.uint8("one")))
                .hasMessage("one at octet 2: cut short, 1 octet missing");
        assertThatThrownBy(() -> lenient("").list(in -> in.uint8("one")))
                .hasMessage("one at octet 0: cut short, 1 octet missing");
    }

    @Test
    void whatIsKeptIsACopy() {
        byte[] octets = hex("010203");
        Remainder kept = ByteReader.of(octets, DecodeMode.LENIENT).kept("operand", 2);
        octets[0] = 9;
        assertThat(kept).isEqualTo(Remainder.of(0, hex("0102")));
        assertThat(lenient("").kept("operand", 0)).isSameAs(Remainder.NONE);
    }

    @Test
    void aCheckSumCoversOctetsThatWereReadOrNot() {
        ByteReader in = ByteReader.of("123456789".getBytes(StandardCharsets.US_ASCII), DecodeMode.STRICT);
        assertThat(in.crc16(Crc16.MCRF4XX, 0, 9)).isEqualTo(0x6F91);
        assertThat(in.slice(7, 9)).containsExactly('8', '9');
        assertThatThrownBy(() -> in.crc16(Crc16.MCRF4XX, 0, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Crc16.CCITT_FALSE).hasToString("CRC-16/CCITT-FALSE");
    }

    @Test
    void whatIsUnforeseenIsKeptInLenientModeAndRefusedInStrictMode() {
        ByteReader lenient = lenient("F1AABB");
        int flags = lenient.uint8("flags");
        Remainder remainder = lenient.remainder(lenient.unknownBits("flags", 0, flags, 0x0F));

        assertThat(remainder.unknownFlags()).isEqualTo(0xF0);
        assertThat(remainder.trailing()).containsExactly(0xAA, 0xBB);
        assertThat(lenient.warnings())
                .containsExactly(
                        new Warning("flags", 0, "unknown bits 0xf0"),
                        new Warning("trailing", 1, "2 octets after the last field"));

        ByteReader strict = ByteReader.of(hex("F1AABB"), DecodeMode.STRICT);
        assertThatThrownBy(() -> strict.unknownBits("flags", 0, strict.uint8("flags"), 0x0F))
                .isInstanceOf(DecodeException.class)
                .hasMessage("flags at octet 0: unknown bits 0xf0");
        assertThatThrownBy(() -> strict.remainder(0)).hasMessage("trailing at octet 1: 2 octets after the last field");
    }

    @Test
    void aRemainderWritesBackAndHidesItsContent() {
        Remainder remainder = Remainder.of(0xF0, hex("AABB"));
        ByteWriter out = new ByteWriter();
        remainder.writeTo(out);

        assertThat(out.toByteArray()).containsExactly(0xAA, 0xBB);
        assertThat(remainder).isEqualTo(Remainder.of(0xF0, hex("AABB"))).isNotEqualTo(Remainder.NONE);
        assertThat(remainder.toString()).contains("2 octets").doesNotContainIgnoringCase("aabb");
        assertThat(Remainder.of(0, new byte[0])).isSameAs(Remainder.NONE);
        assertThat(Remainder.NONE.isEmpty()).isTrue();
    }

    @Test
    void theSameOddityIsReportedOnce() {
        ByteReader in = ByteReader.of(new byte[] {1, 2}, DecodeMode.LENIENT);
        in.ahead().unforeseen("flags", 0, "unknown bits 0x1");
        in.unforeseen("flags", 0, "unknown bits 0x1");
        in.unforeseen("flags", 1, "unknown bits 0x1");
        assertThat(in.warnings()).extracting(Warning::offset).containsExactly(0, 1);
    }

    @Test
    void warningsAreBounded() {
        ByteReader in = lenient("");
        for (int i = 0; i < 1_000; i++) {
            in.warn("field", i, "odd");
        }

        assertThat(in.warnings()).hasSize(64);
    }

    @Test
    void textThatIsNoUtf8IsRefusedInStrictMode() {
        assertThat(ByteReader.of(hex("C3A4"), DecodeMode.STRICT).utf8("name")).isEqualTo("ä");
        assertThatThrownBy(() -> ByteReader.of(hex("41C3"), DecodeMode.STRICT).utf8("name"))
                .hasMessage("name at octet 0: not valid UTF-8");
    }

    @Test
    void aCodecThatLeavesOctetsUnreadIsRefused() {
        Codec<Integer> careless = Codec.of(in -> in.uint8("first"), (value, out) -> out.uint8("first", value));

        assertThat(careless.decode(hex("07"))).isEqualTo(7);
        assertThat(careless.encode(7)).containsExactly(7);
        assertThatThrownBy(() -> careless.decode(hex("0707"))).isInstanceOf(DecodeException.class);
    }

    @Test
    void aWriterGrowsAndGivesCopies() {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < 100; i++) {
            out.uint8("octet", i);
        }
        byte[] first = out.toByteArray();
        first[0] = 99;

        assertThat(out.size()).isEqualTo(100);
        assertThat(out.toByteArray()).hasSize(100).startsWith(0, 1, 2);
    }

    private static ByteReader lenient(String octets) {
        return ByteReader.of(hex(octets), DecodeMode.LENIENT);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }

    @Test
    void aCountBeyondAllArraysIsCutShortAndReadsNothing() {
        ByteReader in = ByteReader.of(new byte[4], DecodeMode.LENIENT);
        in.uint8("first");
        assertThatThrownBy(() -> in.octets("rest", Integer.MAX_VALUE))
                .isInstanceOf(DecodeException.class)
                .hasMessage("rest at octet 1: cut short, 2147483644 octets missing");
        assertThat(in.offset()).isEqualTo(1);
    }

    @Test
    void aNegativeCountIsTheCodecsFaultAndReadsNothing() {
        ByteReader in = ByteReader.of(new byte[4], DecodeMode.LENIENT);
        in.uint8("first");
        assertThatThrownBy(() -> in.octets("rest", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rest: a count of octets cannot be negative, but got -1");
        assertThat(in.offset()).isEqualTo(1);
    }
}
