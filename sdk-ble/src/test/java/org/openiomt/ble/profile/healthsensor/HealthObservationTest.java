package org.openiomt.ble.profile.healthsensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.gatt.Segmenter;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class HealthObservationTest {
    private static final Codec<HealthRecord> CODEC = HealthRecord.LIVE_CODEC;
    private static final HealthObservation SATURATION = HealthObservation.of(
            150456,
            ElapsedTime.utc(LocalDateTime.of(2026, 1, 1, 12, 0), 1, 4),
            new HealthValue.Numeric(544, MedicalFloat.of(97, 0)));

    @Test
    void aValueIsMadeWithoutOctets() {
        assertThat(CODEC.encode(HealthRecord.live(SATURATION)))
                .isEqualTo(hex("0118000300B84B020032401EE93000000104200261000000"));
    }

    @Test
    void aLengthThatCountsOnlyTheRestIsUnderstoodAndKept() {
        byte[] octets = hex("0115000300B84B020032401EE93000000104200261000000");
        HealthRecord value = CODEC.decode(octets, DecodeMode.STRICT).value();
        assertThat(value.observation().length()).isEqualTo(HealthObservation.Length.REST);
        assertThat(value.observation().value()).isEqualTo(SATURATION.value());
        assertThat(CODEC.encode(value)).isEqualTo(octets);
    }

    @Test
    void anOddFlagIsReportedOnceAlsoWhereTheLengthCountsOnlyTheRest() {
        byte[] octets = hex("0115000380B84B020032401EE93000000104200261000000");
        assertThat(CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .extracting(Object::toString)
                .containsExactly("flags at octet 3: unknown bits 0x8000");
    }

    @Test
    void aValueOfAnUnknownClassLeavesNoOctetBehindWhicheverWayItsLengthCounts() {
        HealthObservation whole = CODEC.decode(hex("0908000000AABBCC")).observation();
        assertThat(whole.length()).isEqualTo(HealthObservation.Length.WHOLE);
        HealthRecord rest = CODEC.decode(hex("0905000000AABBCC"));
        assertThat(rest.observation().length()).isEqualTo(HealthObservation.Length.REST);
        assertThat(rest.observation().value()).isEqualTo(whole.value());
        assertThat(rest.remainder().isEmpty()).isTrue();
        assertThat(CODEC.encode(rest)).isEqualTo(hex("0905000000AABBCC"));
        assertThat(CODEC.decode(hex("0906000000AABBCC")).observation().length())
                .isEqualTo(HealthObservation.Length.WHOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', class at octet 0: cut short",
        "01FF000100, length at octet 1: says 255 octets",
        "0100000100, length at octet 1: says 0 octets",
        "0105000100, type at octet 5: cut short",
        "0106000000AA, unit at octet 5: cut short",
        "FF0A00000001FF040000, class at octet 6: a bundle holds no bundle",
        "FF0A0000000101FF0000, length at octet 7: says 255 octets",
        "070B00000001B84B020007, class at octet 10: expected a class from 1 to 6",
        "06070000000102, events at octet 7: cut short",
        "080D00000001010000000A0019, entrySize at octet 10: promises 10 octets",
        "030900000005006869, text at octet 7: cut short",
    })
    void whatCannotBeUnderstoodIsRefusedWithItsOctet(String octets, String message) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CODEC.decode(hex(octets)))
                .withMessageStartingWith(message);
    }

    @Test
    void aDeepNestOfBundlesIsRefusedAtOnce() {
        byte[] octets = new byte[60_000];
        for (int i = 0; i + 6 <= octets.length; i += 6) {
            octets[i] = (byte) 0xFF;
            int rest = octets.length - i;
            octets[i + 1] = (byte) rest;
            octets[i + 2] = (byte) (rest >> 8);
            octets[i + 5] = 1;
        }
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CODEC.decode(octets))
                .withMessageContaining("a bundle holds no bundle");
    }

    @Test
    void anObservationIsSplitAndJoinedAgain() {
        HealthObservation text = HealthObservation.of(
                150456,
                ElapsedTime.utc(LocalDateTime.of(2026, 1, 1, 12, 0), 1, 4),
                new HealthValue.Text(DeviceText.of("a".repeat(200))));
        byte[] octets = CODEC.encode(HealthRecord.live(text));
        List<Reassembly> events = new ArrayList<>();
        Reassembler reassembler = new Reassembler();
        new Segmenter().split(octets, 20).forEach(packet -> events.addAll(reassembler.accept(packet)));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(CODEC.decode(((Reassembly.Whole) event).octets()))
                        .isEqualTo(HealthRecord.live(text)));
    }

    @Test
    void entriesAreReadByTheirFormat() {
        assertThat(HealthEntry.of(1, 7).number()).hasValue(7);
        assertThat(HealthEntry.of(1, "hi").text()).contains("hi");
        assertThat(entry(0x0C, "FF").number()).hasValue(-1);
        assertThat(entry(0x16, "64F0").decimal()).contains(MedicalFloat.parse("10.0"));
        assertThat(entry(0x17, "FFFF7F00").decimal()).contains(MedicalFloat.NAN);
        assertThat(entry(0x04, "0102").number())
                .as("a size that does not fit the format")
                .isEmpty();
        assertThat(entry(0x16, "64").decimal()).isEmpty();
        assertThat(entry(0x04, "01").decimal()).isEmpty();
    }

    @Test
    void anElapsedTimeNamesAMomentOnlyWhereItHasOne() {
        ElapsedTime moment = SATURATION.time().orElseThrow();
        assertThat(moment.time()).contains(LocalDateTime.of(2026, 1, 1, 12, 0));
        assertThat(moment.offset()).hasValue(60);
        assertThat(new ElapsedTime(moment.flags(), moment.resolution(), 0, 1, -128, 0).offset())
                .as("-128 is not known")
                .isEmpty();
        assertThat(new ElapsedTime(moment.flags(), moment.resolution(), (1L << 48) - 1, 1, 0, 0).time())
                .isEmpty();
        assertThat(moment).hasToString("ElapsedTime[flags, utc, source, offsetMinutes]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElapsedTime(moment.flags(), moment.resolution(), 0, 1, 128, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElapsedTime(moment.flags(), moment.resolution(), 0, 1, 0, 1));
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        HealthValue bundle = new HealthValue.Bundle(List.of(SATURATION));
        HealthObservation outer = withValue(bundle);
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthValue.Bundle(List.of(outer)));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthValue.Component(1, bundle));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthValue.Unknown(1, Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthValue.States(
                        Remainder.of(0, new byte[1]), Remainder.NONE, Remainder.of(0, new byte[1])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthValue.Samples(
                        0, MedicalFloat.NAN, MedicalFloat.NAN, MedicalFloat.NAN, 1, 2, Remainder.of(0, new byte[3])));
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthValue.Events(Collections.nCopies(256, 1L)));
        HealthObservation huge = withValue(new HealthValue.Unknown(9, Remainder.of(0, new byte[0x10000])));
        assertThatIllegalArgumentException().isThrownBy(() -> CODEC.encode(HealthRecord.live(huge)));
    }

    @Test
    void noValueShowsItsContent() {
        assertThat(new HealthValue.Numeric(544, MedicalFloat.of(97, 0))).hasToString("Numeric[]");
        assertThat(new HealthValue.Discrete(1)).hasToString("Discrete[]");
        assertThat(HealthEntry.of(1, "hi")).hasToString("HealthEntry[type, format, value]");
    }

    private static HealthObservation withValue(HealthValue value) {
        return new HealthObservation(
                HealthObservation.Length.WHOLE,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                value,
                Remainder.NONE);
    }

    private static HealthEntry entry(int format, String octets) {
        return new HealthEntry(1, format, Remainder.of(0, hex(octets)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
