package org.openiomt.security.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openiomt.core.wire.DecodeException;

/**
 * Who may sign a note: a name and an Ed25519 public key, as text {@code name+id+base64}. Immutable.
 * <pre>
 * part    meaning
 * name    not empty, without spaces and '+'
 * id      8 hexadecimal digits: the first 4 octets of SHA-256(name, 0x0A, 0x01, key)
 * base64  0x01 and the 32 octets of the key
 * </pre>
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public final class VerifierKey {
    private static final byte ED25519 = 1;

    private final String name;
    private final byte[] key;
    private final int id;

    private VerifierKey(String name, byte[] key) {
        this.name = name;
        this.key = key;
        this.id = idOf(name, key);
    }

    /**
     * Returns the key of a name.
     *
     * @param publicKey 32 octets; copied
     * @throws IllegalArgumentException when the name has spaces or a '+', or the octets are no Ed25519 key or one of small order
     */
    public static VerifierKey of(String name, byte[] publicKey) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a key's name has neither spaces nor '+', but got \"" + name + "\"");
        }
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(publicKey, 0)) {
            throw new IllegalArgumentException("no Ed25519 public key");
        }
        return new VerifierKey(name, publicKey.clone());
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws DecodeException when it is something else, or the id does not belong to the key
     */
    public static VerifierKey parse(String text) {
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (first < 0 || second < 0) {
            throw new DecodeException("key", 0, "expected name+id+base64");
        }
        byte[] typed = TreeHash.base64("key", second + 1, text.substring(second + 1));
        if (typed.length != 1 + Ed25519.PUBLIC_KEY_SIZE || typed[0] != ED25519) {
            throw new DecodeException("key", second + 1, "no Ed25519 key");
        }
        VerifierKey key;
        try {
            key = of(text.substring(0, first), Arrays.copyOfRange(typed, 1, typed.length));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("key", 0, String.valueOf(e.getMessage()));
        }
        if (!key.hexId().equals(text.substring(first + 1, second))) {
            throw new DecodeException("id", first + 1, "belongs to another key");
        }
        return key;
    }

    /** Whether a text can be the name of a key. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static int idOf(String name, byte[] key) {
        byte[] octets = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(octets, octets.length + 1 + key.length);
        all[octets.length] = ED25519;
        System.arraycopy(key, 0, all, octets.length + 1, key.length);
        return SignedNote.int32(TreeHasher.sha256().digest(all), 0);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the id: 32 bits that tell keys of one name apart. */
    public int id() {
        return id;
    }

    /** Returns the id as 8 hexadecimal digits. */
    public String hexId() {
        return HexFormat.of().toHexDigits(id);
    }

    /** Returns whether the owner of this key has signed these octets. */
    public boolean isSigned(byte[] octets, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, octets, 0, octets.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
