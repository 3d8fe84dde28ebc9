package org.openiomt.ble.profile.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.profile.weight.BodyCompositionParts.Joined;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class BodyCompositionTest {
    private static final Codec<BodyCompositionMeasurement> CODEC = BodyCompositionMeasurement.CODEC;

    private final BodyCompositionParts parts = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
    private Instant now = Instant.parse("2024-06-23T10:35:10Z");

    @Test
    void aNumberTakesTheResolutionOfTheWire() {
        BodyCompositionMeasurement value =
                measurement(UnitSystem.SI, "21.5", Map.of(Part.WEIGHT, MedicalFloat.parse("70.5")));
        assertThat(value.part(Part.WEIGHT)).contains(MedicalFloat.of(70500, -3));
        assertThat(value.part(Part.HEIGHT)).isEmpty();
        assertThat(CODEC.encode(value)).isEqualTo(HexFormat.of().parseHex("0004D7001437"));
    }

    @Test
    void anUnsuccessfulMeasurementHasNoFat() {
        BodyCompositionMeasurement failed = CODEC.decode(HexFormat.of().parseHex("0000FFFF"), DecodeMode.STRICT)
                .value();
        assertThat(failed.isSuccessful()).isFalse();
        assertThat(failed.bodyFat()).isEqualTo(MedicalFloat.NAN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', flags at octet 0: cut short, '2 octets missing'",
        "0000D7, bodyFat at octet 2: cut short, '1 octet missing'",
        "0200D700E707, takenAt at octet 4: cut short, '5 octets missing'",
        "0400D700, userId at octet 4: cut short, '1 octet missing'",
        "0008D70011, height at octet 4: cut short, '1 octet missing'",
    })
    void aCutFieldIsNamedWithItsOctet(String hex, String where, String missing) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CODEC.decode(HexFormat.of().parseHex(hex)))
                .withMessage(where + ", " + missing);
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> measurement(UnitSystem.SI, "6553.5", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> measurement(UnitSystem.SI, "20", Map.of(Part.MUSCLE_MASS, MedicalFloat.parse("30.001"))))
                .withMessageContaining("muscleMass");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyCompositionFeature(Set.of(), 16, 0, Remainder.NONE));
    }

    @Test
    void reservedResolutionsAreReportedOrInStrictModeRefused() {
        byte[] octets = HexFormat.of().parseHex("00400200");
        assertThat(BodyCompositionFeature.CODEC
                        .decode(octets, DecodeMode.LENIENT)
                        .warnings())
                .hasSize(2);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> BodyCompositionFeature.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @Test
    void twoPacketsBecomeOneMeasurement() {
        assertThat(accept("0210D700E80706170E230A")).isEmpty();
        List<Joined> joined = accept("0014FFFF1437");
        assertThat(joined).singleElement().satisfies(one -> {
            assertThat(one.isComplete()).isTrue();
            assertThat(one.measurement().bodyFat()).isEqualTo(MedicalFloat.parse("21.5"));
            assertThat(one.measurement().takenAt()).isPresent();
            assertThat(one.measurement().part(Part.WEIGHT)).isPresent();
            assertThat(one.measurement().isOneOfTwo()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "another person, 0410D70001, 0414D700021437",
        "another fat, 0010D700, 0014D8001437",
        "other units, 0010D700, 0114D700B83C",
        "the same part again, 0014D7001437, 0014D7001437",
        "another time, 0210D700E80706170E230A, 0214D700E80706170E230B1437",
        "an unknown flag, 0010D700, 0034D7001437",
    })
    void packetsThatContradictEachOtherAreNeverJoined(String what, String first, String second) {
        assertThat(accept(first)).as(what).isEmpty();
        assertThat(accept(second)).singleElement().satisfies(one -> {
            assertThat(one.isComplete()).isFalse();
            assertThat(one.measurement()).isEqualTo(CODEC.decode(HexFormat.of().parseHex(first)));
        });
        assertThat(parts.end()).singleElement().satisfies(one -> {
            assertThat(one.isComplete()).isFalse();
            assertThat(one.measurement()).isEqualTo(CODEC.decode(HexFormat.of().parseHex(second)));
        });
    }

    @Test
    void aWholeMeasurementSendsTheWaitingHalfOnItsWay() {
        accept("0010D700");
        assertThat(accept("0004D7001437")).extracting(Joined::isComplete).containsExactly(false, true);
        assertThat(parts.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {5_001, -5_001})
    void halvesThatComeFarApartAreOfTwoPersonsAndNeverJoined(long millis) {
        assertThat(accept("0010D700")).isEmpty();
        now = now.plusMillis(millis);
        assertThat(accept("0014FFFF1437")).singleElement().satisfies(one -> {
            assertThat(one.isComplete()).isFalse();
            assertThat(one.measurement().bodyFat()).isEqualTo(MedicalFloat.parse("21.5"));
        });
        assertThat(parts.end()).extracting(Joined::isComplete).containsExactly(false);
    }

    @Test
    void aHalfThatIsLeftAloneIsGivenWhenItsTimeIsOver() {
        accept("0010D700");
        assertThat(parts.expire(now.plusSeconds(5))).isEmpty();
        assertThat(parts.expire(now.plusSeconds(6)))
                .extracting(Joined::isComplete)
                .containsExactly(false);
        assertThat(parts.expire(now.plusSeconds(7))).isEmpty();
    }

    private List<Joined> accept(String hex) {
        return parts.accept(CODEC.decode(HexFormat.of().parseHex(hex)), now);
    }

    private static BodyCompositionMeasurement measurement(
            UnitSystem units, String bodyFat, Map<Part, MedicalFloat> parts) {
        return new BodyCompositionMeasurement(
                units,
                MedicalFloat.parse(bodyFat),
                Optional.empty(),
                OptionalInt.empty(),
                parts,
                false,
                Remainder.NONE);
    }
}
