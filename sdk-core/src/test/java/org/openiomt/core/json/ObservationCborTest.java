package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

class ObservationCborTest {
    private static final String ID = "00500123456789abcdeffedcba9876543210";
    private static final String DEVICE = "0168637566662d303137";

    /** All that an observation must have, with the value "x": id, device, type, value, receivedAt. */
    private static final String LEAST = ID + DEVICE + "02194a04" + "0382056178" + "041a6b0381fe";

    @ParameterizedTest
    @MethodSource("org.openiomt.core.json.Observations#vectors")
    void aVectorDecodesToItsJsonAndBackToTheSameOctets(Observations.Vector vector) {
        Observation decoded = ObservationCbor.decode(vector.cbor());

        assertThat(decoded).isEqualTo(ObservationJson.read(vector.json()));
        assertThat(ObservationCbor.encode(decoded)).isEqualTo(vector.cbor());
    }

    @Test
    void aBloodPressureNeedsAtMost100Octets() {
        Observation whole = Observations.bloodPressure();
        Observation tenths = Observations.bloodPressure(
                MedicalFloat.of(1201, -1), MedicalFloat.of(804, -1), MedicalFloat.of(933, -1));

        assertThat(ObservationCbor.encode(whole)).hasSizeLessThanOrEqualTo(100);
        assertThat(ObservationCbor.encode(tenths)).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void aSecondOfEcgAt250HertzNeedsAtMost570Octets() {
        assertThat(ObservationCbor.encode(Observations.ecg())).hasSizeLessThanOrEqualTo(570);
    }

    @Test
    void theResolutionOfANumberSurvives() {
        Observation hundredths =
                Observations.bloodPressure(MedicalFloat.of(12000, -2), MedicalFloat.of(120, 0), MedicalFloat.of(12, 1));

        assertThat(ObservationCbor.decode(ObservationCbor.encode(hundredths)).value())
                .isEqualTo(hundredths.value())
                .isNotEqualTo(Observations.bloodPressure(
                                MedicalFloat.of(120, 0), MedicalFloat.of(120, 0), MedicalFloat.of(120, 0))
                        .value());
    }

    @Test
    void keysThatThisVersionDoesNotKnowAreKeptAsTheyCame() {
        String unknown = "10" + "a1016161" // 16: {1: "a"}
                + "1818" + "820102" // 24: [1, 2]
                + "20" + "f5" // -1: true
                + "616b" + "d9d9f743010203"; // "k": 55799(h'010203')

        Observation observation = ObservationCbor.decode(hex("a9" + LEAST + unknown));

        assertThat(observation.value())
                .isEqualTo(ObservationCbor.decode(hex("a5" + LEAST)).value());
        assertThat(observation.unknown()).isEqualTo(UnknownEntries.of(4, hex(unknown)));
        assertThat(ObservationCbor.encode(observation)).isEqualTo(hex("a9" + LEAST + unknown));
        assertThat(ObservationJson.read(ObservationJson.write(observation))).isEqualTo(observation);
    }

    @ParameterizedTest
    @CsvSource({
        "octets as a key,      1, 41 00 00",
        "an array as a key,    1, 80 00",
        "a boolean as a key,   1, f4 00",
        "a text and octets,    2, 41 00 00 61 61 00",
        "a known key,          1, 05 00",
        "a key twice,          2, 10 00 10 00",
        "keys out of order,    2, 11 00 10 00",
        "a key without value,  1, 18 18",
        "fewer than there are, 1, 10 00 11 00",
        "more than there are,  2, 10 82 00 00",
    })
    void unknownEntriesThatAreNoneAreNeitherEncodedNorReadFromJson(String what, int count, String octets) {
        Observation known = Observations.bloodPressure();
        Observation observation = Observations.with(known, UnknownEntries.of(count, hex(octets)));
        String json = ObservationJson.write(observation);

        assertThatThrownBy(() -> ObservationCbor.encode(observation))
                .as(what)
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObservationJson.read(json)).as(what).isInstanceOf(DecodeException.class);
    }

    @Test
    void moreUnknownEntriesThanTheHeadOfAMapHoldsAreKept() {
        StringBuilder entries = new StringBuilder();
        for (int key = 16; key < 16 + 300; key++) {
            entries.append(
                            key < 24
                                    ? "%02x".formatted(key)
                                    : key < 256 ? "18%02x".formatted(key) : "19%04x".formatted(key))
                    .append("f6");
        }
        Observation observation =
                Observations.with(Observations.bloodPressure(), UnknownEntries.of(300, hex(entries.toString())));

        byte[] octets = ObservationCbor.encode(observation);

        assertThat(HexFormat.of().formatHex(octets)).startsWith("b90132");
        assertThat(ObservationCbor.decode(octets)).isEqualTo(observation);
    }

    @ParameterizedTest
    @CsvSource({
        "no time of reception,            a4 00500123456789abcdeffedcba9876543210 0168637566662d303137 02194a04 0382056178, receivedAt, 38",
        "no octets at all,                '', cbor, 0",
        "an array in place of a map,      80, observation, 0",
        "an id of 2 octets,               a1 00 42 0102, id, 2",
        "an id as a text,                 a1 00 62 6162, id, 2",
        "a device id with a space,        a1 01 63 612062, device, 2",
        "a type of 33 bits,               a1 02 1b 0000000100000000, type, 2",
        "a type that is a text,           a1 02 61 78, type, 2",
        "a value of an unknown class,     a1 03 81 08, value, 3",
        "a value that is empty,           a1 03 80, value, 3",
        "a numeric without a number,      a1 03 82 00 01, value, 5",
        "a numeric with too many items,   a1 03 84 00 01 02 03, value, 6",
        "a number that is a boolean,      a1 03 83 00 01 f5, value, 5",
        "a number that is a binary 1.5,   a1 03 83 00 01 f9 3e00, value, 5",
        "a number that is a double,       a1 03 83 00 01 fb 3ff8000000000000, value, 5",
        "a number of 65 bits,             a1 03 83 00 01 1b ffffffffffffffff, value, 5",
        "a number by another name,        a1 03 83 00 01 64 4e726573, value, 5",
        "an exponent beyond 127,          a1 03 83 00 01 c4 82 1880 01, value, 5",
        "a decimal that is no array,      a1 03 83 00 01 c4 05, value, 5",
        "a decimal with another tag,      a1 03 83 00 01 c4 d8 40 e8, value, 5",
        "a decimal of three items,        a1 03 83 00 01 c4 83 01 01 01, value, 5",
        "a decimal with a huge mantissa,  a1 03 83 00 01 c4 82 20 c2 49 010000000000000000, value, 5",
        "flags wider than their width,    a1 03 83 04 02 01, value, 5",
        "flags with a sign,               a1 03 83 04 20 01, value, 4",
        "a compound with half a part,     a1 03 82 01 05, value, 5",
        "samples without a tag,           a1 03 87 06 01 01 01 01 01 41 00, value, 9",
        "samples of another typed array,  a1 03 87 06 01 01 01 01 01 d8 40 41 00, value, 9",
        "half a sample,                   a1 03 87 06 01 01 01 01 01 d8 4d 41 00, value, 9",
        "no samples a second,             a1 03 87 06 01 01 01 00 01 d8 4d 40, value, 8",
        "a negative time of the samples,  a1 03 87 06 01 01 01 01 20 d8 4d 40, value, 8",
        "nanoseconds beyond a second,     a1 04 82 00 1a 3b9aca00, receivedAt, 4",
        "an instant beyond all years,     a1 04 1b 7fffffffffffffff, receivedAt, 2",
        "a month of 256,                  a1 05 86 1907ea 190100 01 01 01 01, clock, 6",
        "a clock without seconds,         a1 05 85 01 01 01 01 01, clock, 8",
        "ticks without a resolution,      a1 08 81 01, ticks, 4",
        "an offset of 19 hours,           a1 09 1a 00010b30, utcOffset, 2",
        "an unknown clock state,          a1 0b 82 03 00, clockState, 3",
        "a reserved status bit,           a1 0c 19 0200, status, 2",
        "a supplemental code twice,       a1 0d 84 01 82 05 6178 01 82 05 6178, supplemental, 13",
        "a subject with a line end,       a1 0e 62 610a, subject, 2",
        "an unknown key of octets,        a1 41 00 00, unknown key, 1",
        "an unknown key that is a float,  a1 f9 3c00 00, observation, 1",
        "a source of 15 octets,           a1 0f 81 4f 000102030405060708090a0b0c0d0e, derivedFrom, 3",
    })
    void whatIsWronglyTypedIsRefusedWithFieldAndOffset(String what, String octets, String field, int offset) {
        DecodeException refusal =
                catchThrowableOfType(DecodeException.class, () -> ObservationCbor.decode(hex(octets)));

        assertThat(refusal).as(what).isNotNull();
        assertThat(refusal.field()).as(what).isEqualTo(field);
        assertThat(refusal.offset()).as(what).isEqualTo(offset);
    }

    @ParameterizedTest
    @CsvSource({
        "a wall clock and UTC,         a7, 0586010101010101 0701",
        "UTC and ticks,                a7, 0701 08820101",
        "a correction of nothing,      a6, 0601",
        "a correction of UTC,          a7, 0601 0701",
        "an offset of nothing,         a6, 0900",
        "an offset of ticks,           a7, 08820101 0900",
        "an offset of a base time,     a8, 0586010101010101 0601 0900",
    })
    void timesThatDoNotGoTogetherAreRefused(String what, String head, String times) {
        assertThatThrownBy(() -> ObservationCbor.decode(hex(head + LEAST + times)))
                .as(what)
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("do not go together");
    }

    @Test
    void theMessageOfARefusalDoesNotQuoteTheContent() {
        assertThatThrownBy(() -> ObservationCbor.decode(hex("a1 01 69 4a6f686e20446f6531")))
                .isInstanceOf(DecodeException.class)
                .hasMessageNotContaining("John")
                .hasNoCause();
    }

    @Test
    void compoundsInsideEachOtherAreLimited() {
        Value value = new Value.Text("x");
        for (int i = 0; i < ValueCbor.MAX_NESTING; i++) {
            value = Value.Compound.of(new Value.Component(Mdc.MDC_TEMP_BODY, value));
        }
        Observation deepest = Observations.of(Mdc.MDC_TEMP_BODY, value, new DeviceTime.None());
        Observation tooDeep = Observations.of(
                Mdc.MDC_TEMP_BODY,
                Value.Compound.of(new Value.Component(Mdc.MDC_TEMP_BODY, value)),
                new DeviceTime.None());

        assertThat(ObservationCbor.decode(ObservationCbor.encode(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> ObservationCbor.encode(tooDeep)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObservationCbor.decode(hex("a103" + "820100".repeat(9) + "82056178")))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void anObservationOfTooManyOctetsIsNeitherEncodedNorDecoded() {
        Observation large = Observations.of(
                Mdc.MDC_ECG_ELEC_POTL_I,
                Observations.wave(new int[ObservationCbor.MAX_OCTETS / 2]),
                new DeviceTime.None());

        assertThatThrownBy(() -> ObservationCbor.encode(large)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObservationCbor.decode(new byte[ObservationCbor.MAX_OCTETS + 1]))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void aTextWithHalfASurrogatePairIsTheCallersFault() {
        Observation broken = Observations.of(Mdc.MDC_TEMP_BODY, new Value.Text("\uD800"), new DeviceTime.None());

        assertThatThrownBy(() -> ObservationCbor.encode(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A quarter of a megabyte of each thing that a parser might count, nest or allocate for. */
    @ParameterizedTest
    @CsvSource({"c0", "81", "a1", "a100", "9f", "5f", "7f", "d81c", "d90100", "00", "60", "f6", "ff"})
    void hostileOctetsAreRefusedInBoundedTime(String repeated) {
        byte[] pattern = hex(repeated);
        byte[] octets = new byte[ObservationCbor.MAX_OCTETS];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = pattern[i % pattern.length];
        }
        byte[] inValue = octets.clone();
        System.arraycopy(hex("a11818"), 0, inValue, 0, 3);

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThatThrownBy(() -> ObservationCbor.decode(octets)).isInstanceOf(DecodeException.class);
            assertThatThrownBy(() -> ObservationCbor.decode(inValue)).isInstanceOf(DecodeException.class);
        });
    }

    @Test
    void lengthsThatPromiseMoreThanThereIsAreRefusedBeforeAnythingIsReserved() {
        for (String head :
                new String[] {"5a7fffffff", "7affffffff", "9a7fffffff", "9b7fffffffffffffff", "baffffffff"}) {
            assertThatThrownBy(() -> ObservationCbor.decode(hex("a103" + head + "00")))
                    .as(head)
                    .isInstanceOf(DecodeException.class)
                    .hasMessageContaining("cut short");
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
