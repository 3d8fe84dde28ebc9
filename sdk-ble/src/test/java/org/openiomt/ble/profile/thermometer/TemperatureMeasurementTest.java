package org.openiomt.ble.profile.thermometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class TemperatureMeasurementTest {
    @Test
    void aValueWithAllFieldsGoesThereAndBackEvenWithUnknownFlagsAndATail() {
        TemperatureMeasurement value = new TemperatureMeasurement(
                MedicalFloat.parse("99.0"),
                TemperatureUnit.FAHRENHEIT,
                Optional.of(DeviceDateTime.of(2012, 12, 5, 11, 50, 27)),
                Optional.of(TemperatureSite.TYMPANUM),
                Remainder.of(0xF8, new byte[] {1, 2}));
        assertThat(value.flags()).isEqualTo(0xFF);
        byte[] octets = TemperatureMeasurement.CODEC.encode(value);
        assertThat(octets).isEqualTo(HexFormat.of().parseHex("FFDE0300FFDC070C050B321B090102"));
        assertThat(TemperatureMeasurement.CODEC.decode(octets)).isEqualTo(value);
        IntermediateTemperature intermediate = new IntermediateTemperature(value);
        assertThat(IntermediateTemperature.CODEC.encode(intermediate)).isEqualTo(octets);
        assertThat(IntermediateTemperature.CODEC.decode(octets)).isEqualTo(intermediate);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 255})
    void aReservedSiteIsKeptAndReportedOrInStrictModeRefused(int code) {
        byte[] octets = {(byte) code};
        TemperatureType type = new TemperatureType(new TemperatureSite(code), Remainder.NONE);
        assertThat(TemperatureType.CODEC.decode(octets)).isEqualTo(type);
        assertThat(TemperatureType.CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .hasSize(1);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> TemperatureType.CODEC.decode(octets, DecodeMode.STRICT))
                .withMessage("site at octet 0: reserved code " + code);
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TemperatureSite(256));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasurementInterval(0x10000, Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeasurementInterval(60, Remainder.of(1, new byte[0])));
    }
}
