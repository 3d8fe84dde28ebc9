package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
    private static final byte[] KEY = filled(0x11);
    private static final byte[] SALT = filled(0x22);

    @Test
    void bothEndsHaveTheSameKeysCrosswise() {
        SessionKeys.Directions gateway =
                derive(KEY, SALT, "gateway-1", "cuff-1").take(Role.INITIATOR);
        SessionKeys.Directions device = derive(KEY, SALT, "gateway-1", "cuff-1").take(Role.RESPONDER);

        assertThat(gateway.send()).isEqualTo(device.receive());
        assertThat(gateway.receive()).isEqualTo(device.send());
        assertThat(gateway.send()).isNotEqualTo(gateway.receive());
    }

    @Test
    void keysAreThoseOfRfc5869WithTheNamesAsInfo() throws Exception {
        SessionKeys.Directions gateway =
                derive(KEY, SALT, "gateway-1", "cuff-1").take(Role.INITIATOR);
        byte[] info = "OpenIoMT-frames/1 psk\ngateway-1\ncuff-1".getBytes(StandardCharsets.US_ASCII);
        byte[] pseudoRandomKey = hmac(SALT, KEY);

        byte[] first = hmac(pseudoRandomKey, info, new byte[] {1});
        byte[] second = hmac(pseudoRandomKey, first, info, new byte[] {2});

        assertThat(gateway.send()).isEqualTo(first);
        assertThat(gateway.receive()).isEqualTo(second);
    }

    @Test
    void anyOtherArgumentGivesOtherKeys() {
        byte[] expected = derive(KEY, SALT, "ab", "c").take(Role.INITIATOR).send();

        List<SessionKeys> others = List.of(
                derive(filled(0x12), SALT, "ab", "c"),
                derive(KEY, filled(0x23), "ab", "c"),
                derive(KEY, SALT, "c", "ab"),
                derive(KEY, SALT, "a", "bc"),
                derive(KEY, SALT, "ab", "C"));

        assertThat(others).allSatisfy(other -> {
            SessionKeys.Directions directions = other.take(Role.INITIATOR);
            assertThat(directions.send()).isNotEqualTo(expected);
            assertThat(directions.receive()).isNotEqualTo(expected);
        });
    }

    @Test
    void weakOrMisshapenInputIsRefused() {
        assertThatThrownBy(() -> derive(new byte[16], SALT, "a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pre-shared key has 32 octets, but got 16");
        assertThatThrownBy(() -> derive(new byte[32], SALT, "a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pre-shared key is random, but every octet is 0");
        assertThatThrownBy(() -> derive(KEY, new byte[32], "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> derive(KEY, Arrays.copyOf(SALT, 33), "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> derive(KEY, SALT, "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> derive(KEY, SALT, "", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> derive(KEY, SALT, "a\nb", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roleIsTakenOnce() {
        SessionKeys keys = derive(KEY, SALT, "a", "b");
        keys.take(Role.INITIATOR);
        keys.take(Role.RESPONDER);

        assertThatThrownBy(() -> keys.take(Role.INITIATOR))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the session keys of the INITIATOR are in use: derive new ones with a new salt");
    }

    @Test
    void closedKeysAreWipedAndNotGivenOut() {
        SessionKeys keys = derive(KEY, SALT, "a", "b");

        keys.close();
        keys.close();

        assertThatThrownBy(() -> keys.take(Role.INITIATOR)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedDirectionsAreAllZero() {
        SessionKeys.Directions directions = derive(KEY, SALT, "a", "b").take(Role.INITIATOR);
        assertThat(directions.send()).isNotEqualTo(new byte[32]);

        directions.close();

        assertThat(directions.send()).isEqualTo(new byte[32]);
        assertThat(directions.receive()).isEqualTo(new byte[32]);
    }

    @Test
    void argumentsAreNeitherKeptNorChanged() {
        byte[] key = KEY.clone();
        byte[] salt = SALT.clone();
        SessionKeys keys = derive(key, salt, "a", "b");
        assertThat(key).isEqualTo(KEY);
        assertThat(salt).isEqualTo(SALT);

        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);

        assertThat(keys.take(Role.INITIATOR).send())
                .isEqualTo(derive(KEY, SALT, "a", "b").take(Role.INITIATOR).send());
    }

    @Test
    void freshKeysAndSaltsDiffer() {
        assertThat(SessionKeys.newPreSharedKey()).hasSize(32).isNotEqualTo(SessionKeys.newPreSharedKey());
        assertThat(SessionKeys.newSalt()).hasSize(32).isNotEqualTo(SessionKeys.newSalt());
    }

    @Test
    void noTextShowsAKey() {
        SessionKeys keys = derive(KEY, SALT, "a", "b");
        SessionKeys.Directions directions = keys.take(Role.INITIATOR);

        assertThat(keys).hasToString("SessionKeys[hidden]");
        assertThat(directions).hasToString("Directions[hidden]");
        byte[] wrong = HexFormat.of().parseHex("cafebabe");
        assertThatThrownBy(() -> derive(wrong, SALT, "a", "b")).hasMessageNotContainingAny("cafe", "-54", "202");
    }

    private static SessionKeys derive(byte[] key, byte[] salt, String initiator, String responder) {
        return SessionKeys.fromPreSharedKey(key, salt, initiator, responder);
    }

    private static byte[] filled(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
