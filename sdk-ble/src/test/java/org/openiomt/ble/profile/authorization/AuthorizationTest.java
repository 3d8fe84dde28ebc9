package org.openiomt.ble.profile.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.conformance.BadOctets;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.DecodeMode;

/** Octets of the Authorization Control Service that nobody should send. */
class AuthorizationTest {
    @ParameterizedTest
    @CsvSource({
        "2B2F, '', 'flags at octet 0: cut short, 1 octet missing'",
        "2B2F, 0300, 'restrictionMapId at octet 1: cut short, 1 octet missing'",
        "2B30, '', 'segment at octet 0: cut short, 1 octet missing'",
        "2B31, '', 'segment at octet 0: cut short, 1 octet missing'",
        "2B32, '', 'segment at octet 0: cut short, 1 octet missing'",
        "2B33, '', 'segment at octet 0: cut short, 1 octet missing'",
        "2B33, 03, 'opCode at octet 1: cut short, 1 octet missing'",
    })
    void whatIsCutShortIsRefusedAndNamed(String characteristic, String hex, String message) {
        BadOctets.isRefused(characteristic, hex, message);
    }

    @ParameterizedTest
    @CsvSource({
        "2B2F, FF0000, flags at octet 0: unknown bits 0xfc",
        "2B2F, 03000000, trailing at octet 3: 1 octet after the last field",
    })
    void whatTheStandardDoesNotForeseeIsReportedOrInStrictModeRefused(
            String characteristic, String hex, String message) {
        BadOctets.isOdd(characteristic, hex, message);
    }

    @Test
    void sealedOctetsAreKeptAndNeverShown() {
        Segmented<?> packet = (Segmented<?>) Profiles.find("2B30")
                .orElseThrow()
                .codec()
                .decode(HexFormat.of().parseHex("03CAFE"));
        assertThat(packet.toString()).doesNotContain("CA").doesNotContain("202");
        assertThat(packet.value().orElseThrow().toString()).doesNotContain("CA").doesNotContain("202");
    }

    @Test
    void aMessageWithoutAnOpCodeInOnePacketIsRefusedAndAPieceIsNot() {
        BadOctets.isRefused("2B33", "03", "opCode at octet 1: cut short, 1 octet missing");
        Segmented<?> piece = (Segmented<?>) Profiles.find("2B33")
                .orElseThrow()
                .codec()
                .decode(HexFormat.of().parseHex("01"), DecodeMode.STRICT)
                .value();
        assertThat(piece.value()).isEmpty();
    }
}
