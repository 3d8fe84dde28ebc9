package org.openiomt.ble.profile.objecttransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.conformance.BadOctets;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.time.DateTime;
import org.openiomt.core.wire.DecodeMode;

/** Octets of the Object Transfer Service that nobody should send. */
class ObjectTransferTest {
    @ParameterizedTest
    @CsvSource({
        "2ABD, 00000000000000, 'listFeatures at octet 4: cut short, 1 octet missing'",
        "2ABF, '', 'type at octet 0: cut short, 2 octets missing'",
        "2ABF, FF, 'type at octet 0: cut short, 1 octet missing'",
        "2AC0, 00000000000000, 'allocatedOctets at octet 4: cut short, 1 octet missing'",
        "2AC1, E80701, 'dateTime at octet 0: cut short, 4 octets missing'",
        "2AC3, 0100000000, 'id at octet 0: cut short, 1 octet missing'",
        "2AC4, 000000, 'properties at octet 0: cut short, 1 octet missing'",
        "2AC5, '', 'opCode at octet 0: cut short, 1 octet missing'",
        "2AC5, 01040000, 'size at octet 1: cut short, 1 octet missing'",
        "2AC5, 0104000000FF, 'type at octet 5: cut short, 1 octet missing'",
        "2AC5, 0304000000, 'length at octet 5: cut short, 4 octets missing'",
        "2AC5, 0600000000040000, 'length at octet 5: cut short, 1 octet missing'",
        "2AC5, 60, 'requestOpCode at octet 1: cut short, 1 octet missing'",
        "2AC5, 6003, 'resultCode at octet 2: cut short, 1 octet missing'",
        "2AC5, 600301, 'checksum at octet 3: cut short, 4 octets missing'",
        "2AC5, 6003010000, 'checksum at octet 3: cut short, 2 octets missing'",
        "2AC6, '', 'opCode at octet 0: cut short, 1 octet missing'",
        "2AC6, 0501, 'id at octet 1: cut short, 5 octets missing'",
        "2AC6, 06, 'order at octet 1: cut short, 1 octet missing'",
        "2AC6, 700701, 'objects at octet 3: cut short, 4 octets missing'",
        "2AC6, 70070101, 'objects at octet 3: cut short, 3 octets missing'",
        "2AC7, '', 'filter at octet 0: cut short, 1 octet missing'",
        "2AC7, 05, 'type at octet 1: cut short, 2 octets missing'",
        "2AC7, 0601, 'from at octet 1: cut short, 6 octets missing'",
        "2AC7, 08000000, 'min at octet 1: cut short, 1 octet missing'",
        "2AC8, '', 'flags at octet 0: cut short, 1 octet missing'",
        "2AC8, 01, 'id at octet 1: cut short, 6 octets missing'",
    })
    void whatIsCutShortIsRefusedAndNamed(String characteristic, String hex, String message) {
        BadOctets.isRefused(characteristic, hex, message);
    }

    @ParameterizedTest
    @CsvSource({
        "2ABD, 0000008000000000, actionFeatures at octet 0: unknown bits 0x80000000",
        "2ABD, 000000000000000001, trailing at octet 8: 1 octet after the last field",
        "2ABE, C3, text at octet 0: not valid UTF-8",
        "2ABF, FFFF01, trailing at octet 2: 1 octet after the last field",
        "2AC0, 000000000100000000, trailing at octet 8: 1 octet after the last field",
        "2AC1, E8070D01000000, dateTime at octet 0: a date or time that does not exist",
        "2AC2, E8070D01000000, dateTime at octet 0: a date or time that does not exist",
        "2AC3, 010000000000, 'id at octet 0: expected 0 or 256 and more, but got the reserved number 1'",
        "2AC3, 00010000000000, trailing at octet 6: 1 octet after the last field",
        "2AC4, 00010000, properties at octet 0: unknown bits 0x100",
        "2AC5, 06000000000400000000FF, trailing at octet 10: 1 octet after the last field",
        "2AC5, 600363, resultCode at octet 2: unknown code 99",
        "2AC5, 99AA, opCode at octet 0: unknown code 153",
        "2AC6, 06FF, order at octet 1: unknown code 255",
        "2AC6, 7006FF, resultCode at octet 2: unknown code 255",
        "2AC6, 0100, trailing at octet 1: 1 octet after the last field",
        "2AC7, FF01, filter at octet 0: unknown code 255",
        "2AC7, 01C3, name at octet 1: not valid UTF-8",
        "2AC8, FF000100000000, flags at octet 0: unknown bits 0xe0",
        "2AC8, 00010000000000, 'id at octet 1: expected 0 or 256 and more, but got the reserved number 1'",
    })
    void whatTheStandardDoesNotForeseeIsReportedOrInStrictModeRefused(
            String characteristic, String hex, String message) {
        BadOctets.isOdd(characteristic, hex, message);
    }

    @ParameterizedTest
    @CsvSource({"2AC1, 00000000000000", "2AC2, 00000601000000"})
    void aYear0OfAnObjectIsForeseenAndNeverADate(String characteristic, String hex) {
        DateTime moment = (DateTime) Profiles.find(characteristic)
                .orElseThrow()
                .codec()
                .decode(HexFormat.of().parseHex(hex), DecodeMode.STRICT)
                .value();
        assertThat(moment.dateTime().local()).isEmpty();
    }
}
