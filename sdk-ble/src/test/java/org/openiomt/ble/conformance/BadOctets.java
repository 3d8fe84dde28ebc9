package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/** What the codec of a characteristic says about octets that nobody should send, word for word. */
public final class BadOctets {
    private BadOctets() {}

    /** Sees that both modes refuse. */
    public static void isRefused(String characteristic, String hex, String message) {
        for (DecodeMode mode : DecodeMode.values()) {
            isRefused(characteristic, hex, mode, message);
        }
    }

    /** Sees that strict mode refuses, and that lenient mode reports the same first and writes the octets back. */
    public static void isOdd(String characteristic, String hex, String message) {
        isRefused(characteristic, hex, DecodeMode.STRICT, message);
        Profile<?> profile = profile(characteristic);
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(profile.codec().decode(octets, DecodeMode.LENIENT).warnings().get(0))
                .hasToString(message);
        assertThat(profile.encode(profile.codec().decode(octets))).isEqualTo(octets);
    }

    private static void isRefused(String characteristic, String hex, DecodeMode mode, String message) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() ->
                        profile(characteristic).codec().decode(HexFormat.of().parseHex(hex), mode))
                .withMessage(message);
    }

    private static Profile<?> profile(String characteristic) {
        return Profiles.find(characteristic).orElseThrow();
    }
}
