package org.openiomt.ble.profile.battery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.conformance.BadOctets;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;

/** Octets of the Battery Service that nobody should send. */
class BatteryTest {
    @ParameterizedTest
    @CsvSource({
        "2A19, '', 'percent at octet 0: cut short, 1 octet missing'",
        "2BE9, '', 'critical at octet 0: cut short, 1 octet missing'",
        "2BEA, 01, 'healthPercent at octet 1: cut short, 1 octet missing'",
        "2BEA, 0201, 'cycleCount at octet 1: cut short, 1 octet missing'",
        "2BEB, 01, 'designedCycleCount at octet 1: cut short, 2 octets missing'",
        "2BEB, 0102, 'designedCycleCount at octet 1: cut short, 1 octet missing'",
        "2BEB, 02, 'minTemperature at octet 1: cut short, 1 octet missing'",
        "2BEB, 0210, 'maxTemperature at octet 2: cut short, 1 octet missing'",
        "2BEC, 0100, 'features at octet 2: cut short, 1 octet missing'",
        "2BEC, 010000, 'manufacturedDays at octet 3: cut short, 3 octets missing'",
        "2BEC, 01000001, 'manufacturedDays at octet 3: cut short, 2 octets missing'",
        "2BED, 00, 'powerState at octet 1: cut short, 2 octets missing'",
        "2BED, 0200, 'powerState at octet 1: cut short, 1 octet missing'",
        "2BED, 020000, 'percent at octet 3: cut short, 1 octet missing'",
        "2BEE, 00, 'untilDischarged at octet 1: cut short, 3 octets missing'",
        "2BEE, 000000, 'untilDischarged at octet 1: cut short, 1 octet missing'",
        "2BEE, 01000000, 'untilDischargedOnStandby at octet 4: cut short, 3 octets missing'",
        "2BEF, 0000, 'days at octet 0: cut short, 1 octet missing'",
        "2BF0, '', 'flags at octet 0: cut short, 1 octet missing'",
        "2BF0, 01, 'externalSourceWatt at octet 1: cut short, 2 octets missing'",
        "2BF0, 01FF, 'externalSourceWatt at octet 1: cut short, 1 octet missing'",
    })
    void whatIsCutShortIsRefusedAndNamed(String characteristic, String hex, String message) {
        BadOctets.isRefused(characteristic, hex, message);
    }

    @ParameterizedTest
    @CsvSource({
        "2A19, 65, 'percent at octet 0: expected 0 to 100, but got the reserved code 101'",
        "2A19, 3200, trailing at octet 1: 1 octet after the last field",
        "2BE9, 04, critical at octet 0: unknown bits 0x4",
        "2BE9, 0100, trailing at octet 1: 1 octet after the last field",
        "2BEA, 0165, 'healthPercent at octet 1: expected 0 to 100, but got 101'",
        "2BEA, 10, flags at octet 0: unknown bits 0x10",
        "2BEB, 80, flags at octet 0: unknown bits 0x80",
        "2BEC, 800000FF, aggregationGroup at octet 3: reserved code 255",
        "2BEC, 000100, flags at octet 0: unknown bits 0x100",
        "2BEC, 000080, features at octet 2: unknown bits 0x80",
        "2BED, 000600, powerState at octet 1: reserved codes in 0x0006",
        "2BED, 02000065, 'percent at octet 3: expected 0 to 100, but got the reserved code 101'",
        "2BED, F80000, flags at octet 0: unknown bits 0xf8",
        "2BEE, 80000000, flags at octet 0: unknown bits 0x80",
        "2BEF, 00000000, trailing at octet 3: 1 octet after the last field",
        "2BF0, 40, flags at octet 0: unknown bits 0x40",
    })
    void whatTheStandardDoesNotForeseeIsReportedOrInStrictModeRefused(
            String characteristic, String hex, String message) {
        BadOctets.isOdd(characteristic, hex, message);
    }

    @Test
    void anEnergyThatTheBatteryDoesNotKnowIsNaNAndNeverZero() {
        BatteryEnergyStatus energy = BatteryEnergyStatus.CODEC
                .decode(HexFormat.of().parseHex("04FF07"), DecodeMode.STRICT)
                .value();
        assertThat(energy.availableKilowattHour()).contains(MedicalFloat.NAN);
    }
}
