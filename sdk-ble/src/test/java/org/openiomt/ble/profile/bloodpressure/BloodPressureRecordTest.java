package org.openiomt.ble.profile.bloodpressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class BloodPressureRecordTest {
    private static final EnhancedBloodPressureMeasurement READING = new EnhancedBloodPressureMeasurement(
            MedicalFloat.of(124, 0),
            MedicalFloat.of(86, 0),
            MedicalFloat.of(97, 0),
            EnhancedDetails.of(PressureUnit.MMHG),
            Remainder.NONE);
    private static final String OCTETS = "0700342B407C0056006100";

    private final Codec<BloodPressureRecord> checked = BloodPressureRecord.codec(E2eContext.PRESENT);
    private final Codec<BloodPressureRecord> unchecked = BloodPressureRecord.codec(E2eContext.ABSENT);

    @Test
    void aCheckSumIsWrittenWhereTheFeaturesPromiseIt() {
        BloodPressureRecord value = BloodPressureRecord.of(7, READING, E2eCheck.none());
        assertThat(unchecked.encode(value)).isEqualTo(hex(OCTETS));
        byte[] octets = checked.encode(value);
        assertThat(octets).hasSize(13);
        assertThat(checked.decode(octets, DecodeMode.STRICT).value().check()).isEqualTo(E2eCheck.sound());
        assertThat(BloodPressureRecord.CODEC.decode(octets, DecodeMode.STRICT).value())
                .isEqualTo(BloodPressureRecord.of(7, READING, E2eCheck.sound()));
    }

    @Test
    void aWrongCheckSumIsRefusedWithBothNumbers() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> checked.decode(hex(OCTETS + "3412")))
                .withMessageStartingWith("crc at octet 11: wrong check sum: expected 0x")
                .withMessageContaining("but got 0x1234");
    }

    @Test
    void aMissingCheckSumIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> checked.decode(hex("07")))
                .withMessageStartingWith("crc at octet 0: cut short");
    }

    @Test
    void octetsThatMayBeACheckSumMakeTheRecordUnproven() {
        BloodPressureRecord value = BloodPressureRecord.CODEC.decode(hex(OCTETS + "3412"));
        assertThat(value.check().isTrusted()).isFalse();
        assertThat(BloodPressureRecord.CODEC.encode(value)).isEqualTo(hex(OCTETS + "3412"));
        assertThat(unchecked.decode(hex(OCTETS + "3412")).check().isTrusted())
                .as("the features say that it is a tail")
                .isTrue();
    }

    @Test
    void theCallerCannotMakeARecordThatContradictsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new BloodPressureRecord(1, 0x2B34, Optional.empty(), E2eCheck.none(), Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BloodPressureRecord.of(0x10000, READING, E2eCheck.none()));
        BloodPressureRecord unproven = BloodPressureRecord.CODEC.decode(hex(OCTETS + "3412"));
        assertThatIllegalArgumentException().isThrownBy(() -> checked.encode(unproven));
    }

    @Test
    void anEpochNamesOnlyMomentsThatItsClockCanShow() {
        assertThat(Epoch.YEAR_1900.after(0)).hasToString("1900-01-01T00:00:00");
        assertThat(Epoch.YEAR_1900.after(0xFFFF_FFFFL)).hasToString("2036-02-07T06:28:15");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Epoch.YEAR_2000.secondsTo("takenAt", DeviceDateTime.of(1999, 12, 31, 23, 59, 59)))
                .withMessage("takenAt: no moment of a clock that counts from 2000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Epoch.YEAR_2000.secondsTo("takenAt", DeviceDateTime.of(2024, 0, 1, 0, 0, 0)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
