package org.openiomt.ble.profile.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger.Condition;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class EnvironmentalReadingTest {
    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void aTemperatureThatTheSensorDoesNotKnowIsNoNumber() {
        EnvironmentalReading reading = Kind.TEMPERATURE.profile().codec().decode(octets("0080"));
        assertThat(reading.value()).isEqualTo(MedicalFloat.NAN);
        assertThat(reading.isInRange()).isFalse();
        assertThat(reading).isEqualTo(Kind.TEMPERATURE.of(MedicalFloat.NAN));
    }

    @Test
    void aHumidityThatTheSensorDoesNotKnowIsNot655Percent() {
        EnvironmentalReading reading = Kind.HUMIDITY
                .profile()
                .codec()
                .decode(octets("FFFF"), DecodeMode.STRICT)
                .value();
        assertThat(reading.value()).isEqualTo(MedicalFloat.NAN);
        assertThat(reading.unit()).isEqualTo("%");
    }

    @Test
    void aWindFromBeyondTheCircleIsKeptAndReportedOrInStrictModeRefused() {
        Codec<EnvironmentalReading> codec = Kind.TRUE_WIND_DIRECTION.profile().codec();
        assertThat(codec.decode(octets("A08C"), DecodeMode.LENIENT).warnings())
                .singleElement()
                .hasToString("trueWindDirection at octet 0: expected 0.00 to 359.99 deg");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> codec.decode(octets("A08C"), DecodeMode.STRICT));
    }

    @Test
    void theCodecOfOneKindDoesNotWriteAnother() {
        EnvironmentalReading humidity = Kind.HUMIDITY.of(MedicalFloat.parse("45.10"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.TEMPERATURE.profile().codec().encode(humidity))
                .withMessage("expected temperature, but got humidity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.ELEVATION.of(MedicalFloat.NAN))
                .withMessageStartingWith("elevation");
    }

    @Test
    void aThresholdIsReadInTheFormOfItsCharacteristic() {
        EnvironmentalTrigger trigger =
                EnvironmentalTrigger.codec(Kind.TEMPERATURE).decode(octets("06C409"));
        assertThat(trigger)
                .isEqualTo(
                        EnvironmentalTrigger.of(Condition.GREATER, Kind.TEMPERATURE.of(MedicalFloat.parse("25.00"))));
        assertThat(EnvironmentalTrigger.CODEC.encode(trigger)).isEqualTo(octets("06C409"));
        assertThat(trigger.fields()).containsKey("threshold").doesNotContainKey("operand");
        assertThat(trigger).hasToString("EnvironmentalTrigger[condition, meaning, threshold]");
    }

    @Test
    void aThresholdThatIsTooShortForItsCharacteristicIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> EnvironmentalTrigger.codec(Kind.TEMPERATURE).decode(octets("06C4")))
                .withMessageContaining("temperature at octet 1: cut short, 1 octet missing");
    }

    @Test
    void withoutItsCharacteristicAThresholdStaysOctets() {
        EnvironmentalTrigger trigger = EnvironmentalTrigger.CODEC
                .decode(octets("06C409"), DecodeMode.STRICT)
                .value();
        assertThat(trigger.threshold()).isEmpty();
        assertThat(trigger.operand()).isPresent();
    }

    @Test
    void partsOfATriggerThatDoNotSuitEachOtherAreRefusedAtOnce() {
        EnvironmentalReading warm = Kind.TEMPERATURE.of(MedicalFloat.parse("25.00"));
        assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentalTrigger.of(Condition.CHANGED, warm));
        assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentalTrigger.of(Condition.LESS));
        assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentalTrigger.of(Condition.LESS, 60));
        EnvironmentalReading withTail = new EnvironmentalReading(
                Kind.TEMPERATURE, MedicalFloat.parse("25.00"), Remainder.of(0, new byte[] {1}));
        assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentalTrigger.of(Condition.LESS, withTail));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentalTrigger(
                        1, OptionalInt.empty(), Optional.empty(), Optional.empty(), Remainder.NONE));
    }

    @Test
    void aLongUuidDoesNotFitTwoOctets() {
        UUID own = UUID.fromString("0000aa01-0451-4000-b000-000000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DescriptorValueChanged(Set.of(), own, false, Remainder.NONE));
        UUID large = UUID.fromString("12342a6e-0000-1000-8000-00805f9b34fb");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DescriptorValueChanged(Set.of(), large, false, Remainder.NONE));
    }

    @Test
    void anAxisTooFewOrTooManyIsRefusedAtOnce() {
        MedicalFloat zero = MedicalFloat.of(0, 0);
        MagneticFluxDensity flat = new MagneticFluxDensity(zero, zero, Optional.empty(), Remainder.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> MagneticFluxDensity.CODEC_3D.encode(flat));
        MagneticFluxDensity space = new MagneticFluxDensity(zero, zero, Optional.of(zero), Remainder.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> MagneticFluxDensity.CODEC_2D.encode(space));
    }

    @Test
    void sensorsAreDescribedInWords() {
        EnvironmentalMeasurement soil = EnvironmentalMeasurement.CODEC.decode(octets("0000053C000058020004FF"));
        assertThat(soil.sampling()).contains(EnvironmentalMeasurement.Sampling.MINIMUM);
        assertThat(soil.application()).contains(EnvironmentalMeasurement.Application.SOIL);
        assertThat(EnvironmentalConfiguration.CODEC.decode(octets("01")).logic())
                .contains(EnvironmentalConfiguration.Logic.OR);
        assertThat(BarometricPressureTrend.CODEC.decode(octets("0A")).trend()).isEmpty();
    }
}
