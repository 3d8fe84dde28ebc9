package org.openiomt.ble.profile.continuousglucose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

class CgmMeasurementTest {
    private static final String GOOD = "08000C100600596F";
    private static final String WRONG = "08000C100600586F";
    private static final Codec<CgmMeasurement> PROTECTED = CgmMeasurement.codec(E2eContext.PRESENT);

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @EnumSource(DecodeMode.class)
    void aWrongCrcIsRefusedWithBothNumbers(DecodeMode mode) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> PROTECTED.decode(hex(WRONG), mode))
                .withMessageContaining("wrong check sum: expected 0x6F59 (CRC-16/MCRF4XX of 6 octets), but got 0x6F58; "
                        + "the octets changed on their way, and the value is not used");
    }

    @Test
    void aWrongCrcThenAGoodOneReportsTheFirstAndDeliversTheSecond() {
        Decoded<CgmMeasurement> decoded = PROTECTED.decode(hex(WRONG + GOOD), DecodeMode.LENIENT);
        assertThat(decoded.value().parts().get(0)).isInstanceOf(CgmMeasurement.Damaged.class);
        assertThat(decoded.value().records()).singleElement().satisfies(record -> {
            assertThat(record.timeOffsetMinutes()).isEqualTo(6);
            assertThat(record.check()).isEqualTo(E2eCheck.sound());
        });
        assertThat(decoded.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.offset()).isEqualTo(6);
            assertThat(warning.reason()).startsWith("wrong check sum");
        });
        assertThat(PROTECTED.encode(decoded.value())).isEqualTo(hex(WRONG + GOOD));
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> PROTECTED.decode(hex(WRONG + GOOD), DecodeMode.STRICT));
    }

    @ParameterizedTest
    @CsvSource({"0000", "0100", "000000000000", "0600780005000000"})
    void aRecordOfSizeZeroOrOneIsRefusedAndNeverLoopsForEver(String hex) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CgmMeasurement.CODEC.decode(hex(hex)))
                .withMessageMatching(
                        "size at octet [06]: a record has at least 6 octets, but this one says that it has [01]");
    }

    @Test
    void aSizeThatLiesIsRefusedAndSaysHowManyOctetsCame() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CgmMeasurement.CODEC.decode(hex("0F0078000500")))
                .withMessage("size at octet 0: the record says that it has 15 octets, but only 6 came");
    }

    @Test
    void aSizeThatIsTooShortForItsFlagsIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CgmMeasurement.CODEC.decode(hex("06807800050001")))
                .withMessage("status at octet 6: cut short, 1 octet missing");
    }

    @Test
    void aRecordWithoutTheCrcThatTheFeaturePromisesIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> PROTECTED.decode(hex("060078000500")))
                .withMessageContaining("wrong check sum");
    }

    @Test
    void theFeatureTellsHowADeviceOfItsOwnKindComputesItsCrc() {
        CgmFeatures features = CgmFeatures.CODEC.decode(hex("009001591404"));
        assertThat(features.e2e()).isEqualTo(E2eContext.presentWith(Crc16.CCITT_FALSE));
        String record = "0EC3F900F40B000074E00A00E0F1";
        CgmMeasurement measurement = CgmMeasurement.codec(features.e2e())
                .decode(hex(record), DecodeMode.STRICT)
                .value();
        assertThat(measurement.records().get(0).check())
                .isEqualTo(new E2eCheck.Sound(OptionalInt.empty(), Crc16.CCITT_FALSE));
        assertThat(CgmFeatures.CODEC.decode(hex("01000059FFFF")).e2e()).isEqualTo(E2eContext.ABSENT);
    }

    @Test
    void withoutCrcsTwoOctetsOfAVendorAreATailAndNoCrc() {
        CgmRecord record = CgmMeasurement.codec(E2eContext.ABSENT)
                .decode(hex("080078000500AABB"))
                .records()
                .get(0);
        assertThat(record.check()).isEqualTo(E2eCheck.none());
        assertThat(record.remainder().trailing()).containsExactly(0xAA, 0xBB);
    }

    @Test
    void aMeasurementHasAtLeastOneRecord() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CgmMeasurement(List.of()));
    }

    @Test
    void aCommandToAProtectedSensorGetsItsCheckSum() {
        SpecificOpsMessage start = SpecificOpsMessage.of(new SpecificOpsMessage.Plain(SpecificOpsCode.START_SESSION));
        assertThat(SpecificOpsMessage.CODEC.encode(start)).isEqualTo(hex("1A"));
        Codec<SpecificOpsMessage> codec = SpecificOpsMessage.codec(E2eContext.PRESENT);
        assertThat(codec.encode(start)).hasSize(3);
        assertThat(codec.decode(codec.encode(start), DecodeMode.STRICT).value().check())
                .isEqualTo(E2eCheck.sound());
    }

    @Test
    void anOpCodeWithAnotherOperandIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpecificOpsMessage.Plain(SpecificOpsCode.HYPO_LEVEL))
                .withMessage("HYPO_LEVEL has another operand");
        assertThatIllegalArgumentException().isThrownBy(() -> new SpecificOpsMessage.Unknown(0x1A));
    }
}
