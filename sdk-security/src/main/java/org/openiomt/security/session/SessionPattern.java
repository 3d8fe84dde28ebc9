package org.openiomt.security.session;

import java.util.Arrays;
import java.util.Optional;
import org.openiomt.security.handshake.Pattern;

/**
 * Which handshake opens a session: the closed list. In each both ends prove who they are. A hybrid suite adds a key
 * encapsulation ({@code hfs}) to the same pattern.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Pattern is a record of lists that nobody changes
public enum SessionPattern {
    /** Neither end knows the other's key before; both keys travel encrypted. Three messages. */
    XX(1, "XX", ""),
    /** The initiator knows the responder's key. Two messages. */
    IK(2, "IK", ""),
    /** Both know each other's key. Two messages. */
    KK(3, "KK", ""),
    /** As {@link #XX}, with the key of a pairing in the last message. */
    XX_PSK3(4, "XX", "psk3"),
    /** As {@link #IK}, with the key of a pairing in the last message. */
    IK_PSK2(5, "IK", "psk2"),
    /** As {@link #KK}, with the key of a pairing in the last message. */
    KK_PSK2(6, "KK", "psk2"),
    /** The key of a pairing alone. Two messages. */
    NN_PSK0(7, "NN", "psk0"),
    /** The one-time key of an earlier session alone. Two messages. */
    RESUME(8, "NN", "psk0");

    private final int id;
    private final String modifier;
    private final Pattern classical;
    private final Pattern hybrid;

    SessionPattern(int id, String base, String modifier) {
        this.id = id;
        this.modifier = modifier;
        this.classical = Pattern.parse(base + modifier);
        this.hybrid = Pattern.parse(base + "hfs" + (modifier.isEmpty() ? "" : "+" + modifier));
    }

    /** Returns the number on the wire, 8 bits. */
    public int id() {
        return id;
    }

    /** Returns whether a key that both ends share is mixed in. */
    public boolean hasPreSharedKey() {
        return !modifier.isEmpty();
    }

    static Optional<SessionPattern> ofId(int id) {
        return Arrays.stream(values()).filter(pattern -> pattern.id == id).findFirst();
    }

    /** Returns whether the responder acts on the first message, so that its repetition has to be noticed. */
    boolean needsHelloTime() {
        return switch (this) {
            case IK, KK, IK_PSK2, KK_PSK2 -> true;
            case XX, XX_PSK3, NN_PSK0, RESUME -> false;
        };
    }

    /** Returns the messages. */
    Pattern pattern(boolean withEncapsulation) {
        return withEncapsulation ? hybrid : classical;
    }

    /** Returns how many messages there are. */
    int messages() {
        return classical.messages().size();
    }
}
