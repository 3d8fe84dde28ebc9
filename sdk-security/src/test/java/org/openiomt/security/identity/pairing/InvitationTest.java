package org.openiomt.security.identity.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openiomt.core.wire.DecodeException;

class InvitationTest {
    // python3: k = bytes(range(32)); base64.b32encode(k + hashlib.sha256(b"IOMT1:cuff-1:" +
    // k).digest()[:4]).rstrip(b"=")
    private static final String TEXT = "IOMT1:cuff-1:AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPREWUL3A";
    private static final int KEY_AT = 13;

    @Test
    void textIsThatOfAnIndependentEncoder() {
        Invitation invitation = Invitation.of("cuff-1", PairingKey.of(key()));

        assertThat(invitation.text()).isEqualTo(TEXT);
        assertThat(TEXT.length() - KEY_AT).isEqualTo(58);
    }

    @Test
    void whatIsShownIsRead() {
        try (Invitation invitation = Invitation.parse(TEXT)) {
            assertThat(invitation.peer()).isEqualTo("cuff-1");
            assertThat(invitation.key().octets()).isEqualTo(key());
        }
    }

    @Test
    void keyMayBeTypedInSmallLettersAndGroups() {
        String typed = TEXT.substring(0, KEY_AT)
                + TEXT.substring(KEY_AT).toLowerCase(Locale.ROOT).replaceAll("(.{4})", "$1 ");

        assertThat(Invitation.parse(typed).key().octets()).isEqualTo(key());
        assertThat(Invitation.parse(typed.replace(' ', '-')).text()).isEqualTo(TEXT);
    }

    @Test
    void faultSaysWhereItIsAndNotWhatTheKeyIs() {
        assertFault("", "prefix at octet 0: expected \"IOMT1:\"");
        assertFault(TEXT.replace("IOMT1", "IOMT2"), "prefix at octet 0: expected \"IOMT1:\"");
        assertFault("IOMT1:cuff-1", "id at octet 6: expected a colon behind it");
        assertFault("IOMT1::" + TEXT.substring(KEY_AT), "id at octet 6: expected 1 to 64 of A-Z a-z 0-9 _ -");
        assertFault("IOMT1:a b:" + TEXT.substring(KEY_AT), "id at octet 6: expected 1 to 64 of A-Z a-z 0-9 _ -");
        assertFault(
                TEXT.substring(0, 20) + "0" + TEXT.substring(21),
                "key at octet 20: expected a letter or a digit from 2 to 7");
        assertFault(TEXT.substring(0, 60), "key at octet 60: cut short, 11 characters missing");
        assertFault(TEXT + "A", "key at octet 71: more than 58 characters");
        assertFault(TEXT.substring(0, 70) + "B", "key at octet 70: the last 2 bits are not 0");
        assertFault(TEXT + "A".repeat(300), "invitation at octet 0: longer than 256 characters");
    }

    @Test
    void everyMistakenCharacterIsFound() {
        for (int i = KEY_AT; i < TEXT.length(); i++) {
            String mistaken = TEXT.substring(0, i) + (TEXT.charAt(i) == 'Q' ? 'E' : 'Q') + TEXT.substring(i + 1);
            assertThatThrownBy(() -> Invitation.parse(mistaken)).isInstanceOf(DecodeException.class);
        }
        assertFault(
                TEXT.replace("cuff-1", "cuff-2"),
                "check sum at octet 13: does not fit: a character was mistaken for another");
    }

    @Test
    void keyHasItsLengthAndIsRandom() {
        for (int length : List.of(0, 16, 31, 33, 64)) {
            assertThatThrownBy(() -> PairingKey.of(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a pairing key has 32 octets, but got " + length);
        }
        byte[] same = new byte[32];
        Arrays.fill(same, (byte) 9);
        assertThatThrownBy(() -> PairingKey.of(same)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PairingKey.generate().octets())
                .isNotEqualTo(PairingKey.generate().octets());
    }

    @Test
    void closedKeyIsWipedAndItsTextHidden() {
        PairingKey key = PairingKey.of(key());
        Invitation invitation = Invitation.of("cuff-1", key);
        assertThat(invitation).hasToString("Invitation[cuff-1, hidden]");
        assertThat(key).hasToString("PairingKey[hidden]");

        invitation.close();

        assertThatThrownBy(key::octets).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(invitation::text).isInstanceOf(IllegalStateException.class);
    }

    private static void assertFault(String text, String message) {
        assertThatThrownBy(() -> Invitation.parse(text))
                .isInstanceOf(DecodeException.class)
                .hasMessage(message);
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }
}
