package org.openiomt.security.identity.pairing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.openiomt.core.model.Ids;
import org.openiomt.core.wire.DecodeException;

/**
 * What one end shows and the other reads, as a QR code, through NFC or by hand: who it is and the whole key. Whoever sees it
 * can be that end until it was used, so it is shown to one person and then discarded.
 * <pre>
 * IOMT1:ID:KEY      KEY = base32 (RFC 4648, without padding) of 32 octets key and 4 octets check sum,
 *                   the first of SHA-256("IOMT1:ID:" and the key)
 * </pre>
 * One line of 58 characters and the id. In the key, small letters, spaces and hyphens are read as well.
 */
public final class Invitation implements AutoCloseable {
    private static final String PREFIX = "IOMT1:";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int CHECK_OCTETS = 4;
    private static final int OCTETS = PairingKey.LENGTH + CHECK_OCTETS;
    private static final int CHARACTERS = (OCTETS * Byte.SIZE + BITS - 1) / BITS;
    private static final int SPARE_BITS = CHARACTERS * BITS - OCTETS * Byte.SIZE;
    private static final int MAX_ID = 64;
    private static final int MAX_TEXT = 256;

    private final String peer;
    private final PairingKey key;

    private Invitation(String peer, PairingKey key) {
        this.peer = peer;
        this.key = key;
    }

    /**
     * Makes an invitation.
     *
     * @param peer the pseudonymous id of the end that shows it: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param key closed with this
     */
    public static Invitation of(String peer, PairingKey key) {
        Ids.require("a peer's name", peer);
        return new Invitation(peer, key);
    }

    /**
     * Reads what was scanned or typed.
     *
     * @throws DecodeException when it is no invitation, or was mistyped; its offset is that of the character, and its words do not
     *     repeat the key
     */
    public static Invitation parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new DecodeException("invitation", 0, "longer than " + MAX_TEXT + " characters");
        }
        if (!text.startsWith(PREFIX)) {
            throw new DecodeException("prefix", 0, "expected \"" + PREFIX + "\"");
        }
        int end = text.indexOf(':', PREFIX.length());
        if (end < 0) {
            throw new DecodeException("id", PREFIX.length(), "expected a colon behind it");
        }
        String peer = text.substring(PREFIX.length(), end);
        if (peer.length() > MAX_ID || !Ids.isId(peer)) {
            throw new DecodeException("id", PREFIX.length(), "expected 1 to 64 of A-Z a-z 0-9 _ -");
        }
        byte[] octets = decode(text, end + 1);
        byte[] key = Arrays.copyOf(octets, PairingKey.LENGTH);
        try {
            byte[] check = Arrays.copyOfRange(octets, PairingKey.LENGTH, OCTETS);
            if (!MessageDigest.isEqual(check, check(peer, key))) {
                throw new DecodeException("check sum", end + 1, "does not fit: a character was mistaken for another");
            }
            return new Invitation(peer, PairingKey.of(key));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("key", end + 1, "not random");
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Returns the id of the end that has shown it. */
    public String peer() {
        return peer;
    }

    /** Returns the key. */
    public PairingKey key() {
        return key;
    }

    /**
     * Returns the text for a QR code. It is as secret as the key, and the JDK cannot wipe it.
     *
     * @throws IllegalStateException when this is closed
     */
    public String text() {
        byte[] octets = Arrays.copyOf(key.octets(), OCTETS);
        byte[] own = Arrays.copyOf(octets, PairingKey.LENGTH);
        System.arraycopy(check(peer, own), 0, octets, PairingKey.LENGTH, CHECK_OCTETS);
        StringBuilder text = new StringBuilder(PREFIX).append(peer).append(':');
        int bits = 0;
        int count = 0;
        for (byte octet : octets) {
            bits = bits << Byte.SIZE | (octet & 0xFF);
            count += Byte.SIZE;
            while (count >= BITS) {
                count -= BITS;
                text.append(ALPHABET.charAt(bits >> count & 0x1F));
            }
            bits &= (1 << count) - 1;
        }
        text.append(ALPHABET.charAt(bits << (BITS - count) & 0x1F));
        Arrays.fill(octets, (byte) 0);
        Arrays.fill(own, (byte) 0);
        return text.toString();
    }

    /** Wipes the key. */
    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "Invitation[" + peer + ", hidden]";
    }

    private static byte[] decode(String text, int from) {
        byte[] octets = new byte[OCTETS];
        int bits = 0;
        int count = 0;
        int characters = 0;
        int at = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ' ' || character == '-') {
                continue;
            }
            int value =
                    ALPHABET.indexOf(character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character);
            if (value < 0) {
                throw new DecodeException("key", i, "expected a letter or a digit from 2 to 7");
            }
            if (++characters > CHARACTERS) {
                throw new DecodeException("key", i, "more than " + CHARACTERS + " characters");
            }
            bits = bits << BITS | value;
            count += BITS;
            if (count >= Byte.SIZE) {
                count -= Byte.SIZE;
                octets[at++] = (byte) (bits >> count);
                bits &= (1 << count) - 1;
            }
        }
        if (characters < CHARACTERS) {
            throw new DecodeException(
                    "key", text.length(), "cut short, " + (CHARACTERS - characters) + " characters missing");
        }
        if (bits != 0) {
            throw new DecodeException("key", text.length() - 1, "the last " + SPARE_BITS + " bits are not 0");
        }
        return octets;
    }

    private static byte[] check(String peer, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((PREFIX + peer + ':').getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(key), CHECK_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
