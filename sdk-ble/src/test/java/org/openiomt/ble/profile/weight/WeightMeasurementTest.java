package org.openiomt.ble.profile.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.weight.WeightMeasurement.BodyMass;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class WeightMeasurementTest {
    private static final Codec<WeightMeasurement> CODEC = WeightMeasurement.CODEC;

    @Test
    void aValueWithAllFieldsGoesThereAndBackEvenWithUnknownFlagsAndATail() {
        WeightMeasurement value = new WeightMeasurement(
                UnitSystem.IMPERIAL,
                MedicalFloat.parse("155.44"),
                Optional.of(DeviceDateTime.of(2024, 6, 23, 14, 35, 10)),
                OptionalInt.of(255),
                Optional.of(new BodyMass(MedicalFloat.parse("23.2"), MedicalFloat.parse("69.0"))),
                Remainder.of(0xF0, new byte[] {7}));
        assertThat(value.flags()).isEqualTo(0xFF);
        assertThat(CODEC.encode(value)).isEqualTo(HexFormat.of().parseHex("FFB83CE80706170E230AFFE800B20207"));
        assertThat(CODEC.decode(CODEC.encode(value))).isEqualTo(value);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CODEC.decode(CODEC.encode(value), DecodeMode.STRICT));
    }

    @Test
    void anUnsuccessfulMeasurementIsNoWeight() {
        WeightMeasurement failed = CODEC.decode(HexFormat.of().parseHex("00FFFF"));
        assertThat(failed.isSuccessful()).isFalse();
        assertThat(failed.weight()).isEqualTo(MedicalFloat.NAN);
        assertThat(failed).isEqualTo(weight(UnitSystem.SI, "NaN"));
    }

    @Test
    void aWeightTakesTheResolutionOfTheWire() {
        assertThat(weight(UnitSystem.SI, "70.5").weight()).hasToString("70.500");
        assertThat(weight(UnitSystem.SI, "7e1").weight()).hasToString("70.000");
        assertThat(weight(UnitSystem.IMPERIAL, "155.4").weight()).hasToString("155.40");
        assertThat(weight(UnitSystem.SI, "70.5")).isEqualTo(weight(UnitSystem.SI, "70.5000"));
    }

    @ParameterizedTest
    @CsvSource({
        "SI, 327.675", // would read as unsuccessful
        "IMPERIAL, 655.35",
        "SI, 70.501", // between two steps
        "IMPERIAL, 155.445",
        "SI, -0.005",
        "SI, 1e30",
        "SI, 1e-30",
        "SI, +INF",
        "SI, NRes",
    })
    void aWeightThatTheWireCannotBearIsRefused(UnitSystem units, String weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weight(units, weight))
                .withMessageMatching("weight: (expected a multiple of 0\\.0.*|would read as not known .*)");
    }

    @Test
    void aHeightIsCheckedInTheUnitOfTheMeasurement() {
        BodyMass fine = new BodyMass(MedicalFloat.parse("23.2"), MedicalFloat.parse("1.752"));
        assertThat(withBodyMass(UnitSystem.SI, fine).bodyMass()).contains(fine);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withBodyMass(UnitSystem.IMPERIAL, fine))
                .withMessageStartingWith("height");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BodyMass(MedicalFloat.parse("23.25"), MedicalFloat.parse("1.752")))
                .withMessageStartingWith("bmi");
        assertThat(fine).hasToString("BodyMass[]");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 1",
        "2, 0.2, 0.5",
        "3, 0.1, 0.2",
        "4, 0.05, 0.1",
        "5, 0.02, 0.05",
        "6, 0.01, 0.02",
        "7, 0.005, 0.01",
    })
    void theFeatureSaysHowFineTheScaleWeighs(int code, String kilograms, String pounds) {
        WeightScaleFeature feature = WeightScaleFeature.CODEC.decode(new byte[] {(byte) (code << 3), 0, 0, 0});
        assertThat(feature.weightResolution(UnitSystem.SI)).contains(MedicalFloat.parse(kilograms));
        assertThat(feature.weightResolution(UnitSystem.IMPERIAL)).contains(MedicalFloat.parse(pounds));
        assertThat(feature.heightResolution(UnitSystem.SI)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01, 1", "2, 0.005, 0.5", "3, 0.001, 0.1"})
    void theFeatureSaysHowFineTheScaleMeasuresHeight(int code, String metres, String inches) {
        WeightScaleFeature feature =
                WeightScaleFeature.CODEC.decode(new byte[] {(byte) (code << 7), (byte) (code >> 1), 0, 0});
        assertThat(feature.heightResolution(UnitSystem.SI)).contains(MedicalFloat.parse(metres));
        assertThat(feature.heightResolution(UnitSystem.IMPERIAL)).contains(MedicalFloat.parse(inches));
        assertThat(feature.weightResolution(UnitSystem.SI)).isEmpty();
    }

    private static WeightMeasurement weight(UnitSystem units, String weight) {
        return new WeightMeasurement(
                units,
                MedicalFloat.parse(weight),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    private static WeightMeasurement withBodyMass(UnitSystem units, BodyMass bodyMass) {
        return new WeightMeasurement(
                units, MedicalFloat.NAN, Optional.empty(), OptionalInt.empty(), Optional.of(bodyMass), Remainder.NONE);
    }
}
