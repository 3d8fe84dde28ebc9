package org.openiomt.ble.profile.devicetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.Remainder;

class DeviceTimeTest {
    private static final DeviceTimeFeature CHECKED = DeviceTimeFeature.of(Set.of(Feature.E2E_CRC));
    private static final DeviceTimeFeature DRIFT =
            DeviceTimeFeature.of(Set.of(Feature.RTC_DRIFT_TRACKING, Feature.SEPARATE_USER_TIMELINE));

    @Test
    void theFeaturesDecideWhatTheOctetsMean() {
        DeviceTimeParameters known = DeviceTimeParameters.codec(DRIFT)
                .decode(hex("48012C014900"), DecodeMode.STRICT)
                .value();
        assertThat(known.maxDriftSeconds()).hasValue(300);
        assertThat(known.maxDaysUntilSyncLoss()).hasValue(73);
        DeviceTimeParameters unknown = DeviceTimeParameters.CODEC.decode(hex("48012C014900"));
        assertThat(unknown.maxDriftSeconds()).isEmpty();
        assertThat(unknown.remainder().trailing()).hasSize(4);

        DeviceTimeReading reading = DeviceTimeReading.codec(DRIFT)
                .decode(hex("000000000000100000000000" + "0500"), DecodeMode.STRICT)
                .value();
        assertThat(reading.userTime()).contains(DeviceDateTime.of(2000, 1, 1, 0, 0, 0));
        assertThat(reading.accumulatedDriftSeconds()).hasValue(5);
    }

    @Test
    void aZoneThatDoesNotExistIsKeptReportedAndNoOffset() {
        byte[] octets = hex("00000000" + "64" + "00" + "1000"); // 100 quarters: 25 hours
        Decoded<DeviceTimeReading> decoded = DeviceTimeReading.CODEC.decode(octets, DecodeMode.LENIENT);
        assertThat(decoded.value().zoneQuarters()).isEqualTo(100);
        assertThat(decoded.value().zoneMinutes()).isEmpty();
        assertThat(decoded.warnings()).hasSize(1);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeReading.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @Test
    void aFieldThatTheFeaturesPromiseAndThatIsMissingIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeParameters.codec(DRIFT).decode(hex("48012C01")))
                .withMessageStartingWith("maxDaysUntilSyncLoss at octet 4: cut short");
    }

    @Test
    void aWrongOrMissingCheckSumIsRefusedWithBothNumbers() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeParameters.codec(CHECKED).decode(hex("34124801")))
                .withMessageStartingWith("crc at octet 0: wrong check sum: expected 0x")
                .withMessageContaining("but got 0x1234");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeControlPoint.codec(CHECKED).decode(hex("05")))
                .withMessageStartingWith("crc at octet 0: cut short");
    }

    @Test
    void aWrongCheckSumOfADeviceThatNobodyAskedIsReportedAndTheTimeNotTrusted() {
        String right = "EE052789002E00001000";
        assertThat(DeviceTimeReading.CODEC.decode(hex(right)).check()).isEqualTo(E2eCheck.sound());
        byte[] wrong = hex("EF052789002E00001000");
        Decoded<DeviceTimeReading> decoded = DeviceTimeReading.CODEC.decode(wrong, DecodeMode.LENIENT);
        assertThat(decoded.value().check().isTrusted()).isFalse();
        assertThat(decoded.warnings())
                .extracting(Object::toString)
                .contains(
                        "crc at octet 0: if it is a check sum, it is wrong: expected 0x05EE, but got 0x05EF; the features (0x2B8E)"
                                + " tell, and until then the value is not used");
        assertThat(DeviceTimeReading.CODEC.encode(decoded.value())).isEqualTo(wrong);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeReading.CODEC.decode(wrong, DecodeMode.STRICT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceTimeReading.codec(CHECKED).encode(decoded.value()))
                .withMessageContaining("did not prove itself");
        assertThat(DeviceTimeParameters.CODEC.decode(hex("97694901")).check().isTrusted())
                .isFalse();
        assertThat(DeviceTimeControlPoint.CODEC
                        .decode(hex("2B1B0341002789002E04040108"))
                        .check()
                        .isTrusted())
                .isFalse();
        assertThat(DeviceTimeControlPoint.CODEC.decode(hex("07AABB")).check().isTrusted())
                .isTrue();
    }

    @Test
    void aDeviceThatWantsACheckSumGetsOne() {
        DeviceTimeControlPoint ask = DeviceTimeControlPoint.of(new DeviceTimeControlPoint.RetrieveAdjustments());
        assertThat(DeviceTimeControlPoint.codec(DRIFT).encode(ask)).isEqualTo(hex("05"));
        assertThat(DeviceTimeControlPoint.codec(CHECKED).encode(ask)).hasSize(3);
        assertThat(DeviceTimeControlPoint.codec(CHECKED)
                        .decode(DeviceTimeControlPoint.codec(CHECKED).encode(ask))
                        .check())
                .isEqualTo(E2eCheck.sound());
    }

    @Test
    void featuresThatPromiseACheckSumWithoutOneAreReported() {
        assertThat(DeviceTimeFeature.CODEC
                        .decode(hex("0100"), DecodeMode.LENIENT)
                        .warnings())
                .hasSize(1);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DeviceTimeFeature.CODEC.decode(hex("0100"), DecodeMode.STRICT));
    }

    @Test
    void offsetsThatAreNotKnownAreNoNumbers() {
        DeviceTimeReading reading = DeviceTimeReading.CODEC.decode(hex("0000000080FF0000"));
        assertThat(reading.zoneMinutes()).isEmpty();
        assertThat(reading.summerTimeMinutes()).isEmpty();
        assertThat(reading.baseTime()).isEqualTo(DeviceDateTime.of(1900, 1, 1, 0, 0, 0));
        assertThat(DeviceTimeReading.CODEC.decode(hex("00000000FC020000")).zoneMinutes())
                .hasValue(-60);
        assertThat(DeviceTimeReading.CODEC.decode(hex("00000000FC020000")).summerTimeMinutes())
                .hasValue(30);
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceTimeFeature(
                        Set.of(Feature.E2E_CRC), DeviceTimeFeature.Form.WITH_CRC, E2eCheck.none(), Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceTimeControlPoint.Response(2, 1, OptionalInt.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceTimeControlPoint.Other(9, Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceTimeControlPoint.TimeUpdate(
                        4, Set.of(), DeviceDateTime.of(2000, 1, 1, 0, 0, 0), 0, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeviceTimeControlPoint.TimeUpdate(
                        2, Set.of(), DeviceDateTime.of(2040, 1, 1, 0, 0, 0), 0, 0, 0, 0));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
