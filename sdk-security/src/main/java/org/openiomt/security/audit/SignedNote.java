package org.openiomt.security.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.openiomt.core.wire.DecodeException;

/**
 * A text with signatures below it, as {@code <text> LF — <name> <base64> LF ...}: the text ends in a line end, an empty line follows,
 * and each signature is 4 octets of key id and what the key has made of the text.
 *
 * @param text without control characters but line ends, and ending in one
 * @param signatures 1 to 100
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public record SignedNote(String text, List<Signature> signatures) {
    private static final String MARK = "— ";
    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_OCTETS = 1 << 20;
    private static final int ID_LENGTH = 4;

    /**
     * One line below the text.
     *
     * @param name the name of the key
     * @param base64 the key's id and the signature
     */
    public record Signature(String name, String base64) {
        /** Checks the name, and that there is more than an id. */
        public Signature {
            if (!VerifierKey.isName(name) || TreeHash.base64("signature", 0, base64).length <= ID_LENGTH) {
                throw new IllegalArgumentException("a signature has a key's name, its id and octets");
            }
        }

        /** Returns the signature of a key. */
        static Signature of(VerifierKey key, byte[] signature) {
            ByteBuffer octets = ByteBuffer.allocate(ID_LENGTH + signature.length);
            octets.putInt(key.id()).put(signature);
            return new Signature(key.name(), Base64.getEncoder().encodeToString(octets.array()));
        }

        /** Returns whether it says that this key has made it. It may still be wrong. */
        boolean isOf(VerifierKey key) {
            return name.equals(key.name()) && int32(Base64.getDecoder().decode(base64), 0) == key.id();
        }

        byte[] octets() {
            byte[] all = Base64.getDecoder().decode(base64);
            return Arrays.copyOfRange(all, ID_LENGTH, all.length);
        }
    }

    /** Checks the text and the number of signatures. */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || !isPlain(text)) {
            throw new IllegalArgumentException("a note ends in a line end and has no other control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "a note has 1 to " + MAX_SIGNATURES + " signatures, but got " + signatures.size());
        }
    }

    /**
     * Reads what {@link #octets} writes, at most 1 MiB. What it says is not to be believed before {@link #isSignedBy}.
     *
     * @throws DecodeException when it is something else
     */
    public static SignedNote parse(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            throw new DecodeException("note", 0, "longer than " + MAX_OCTETS + " octets");
        }
        String all = utf8(octets);
        int end = all.lastIndexOf("\n\n");
        if (end < 0 || !isPlain(all) || !all.endsWith("\n")) {
            throw new DecodeException("note", 0, "no text with an empty line and signatures behind it");
        }
        List<Signature> signatures = new ArrayList<>();
        for (int at = end + 2; at < all.length(); ) {
            int lineEnd = all.indexOf('\n', at);
            signatures.add(signature(at, all.substring(at, lineEnd)));
            if (signatures.size() > MAX_SIGNATURES) {
                throw new DecodeException("signature", at, "more than " + MAX_SIGNATURES);
            }
            at = lineEnd + 1;
        }
        if (signatures.isEmpty()) {
            throw new DecodeException("signature", all.length(), "there is none");
        }
        return new SignedNote(all.substring(0, end + 1), signatures);
    }

    /** Reads a note that is text already. */
    public static SignedNote parse(String note) {
        return parse(note.getBytes(StandardCharsets.UTF_8));
    }

    private static Signature signature(int at, String line) {
        int space = line.indexOf(' ', MARK.length());
        if (!line.startsWith(MARK) || space < 0) {
            throw new DecodeException("signature", at, "expected a dash, a name and base64");
        }
        String name = line.substring(MARK.length(), space);
        String base64 = line.substring(space + 1);
        if (!VerifierKey.isName(name)) {
            throw new DecodeException("signature", at, "no name of a key");
        }
        if (TreeHash.base64("signature", at, base64).length <= ID_LENGTH) {
            throw new DecodeException("signature", at, "no more than an id");
        }
        return new Signature(name, base64);
    }

    /**
     * Returns whether a key has signed the text.
     *
     * @return false when no signature says that it is this key's, or one that says so is wrong
     */
    public boolean isSignedBy(VerifierKey key) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        List<Signature> its =
                signatures.stream().filter(signature -> signature.isOf(key)).toList();
        return !its.isEmpty() && its.stream().allMatch(signature -> key.isSigned(signed, signature.octets()));
    }

    /** Returns the note as it travels: UTF-8 text. */
    public byte[] octets() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the note as it travels. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(MARK)
                .append(signature.name())
                .append(' ')
                .append(signature.base64())
                .append('\n'));
        return note.toString();
    }

    /** Reads 4 octets, most significant first. */
    static int int32(byte[] octets, int at) {
        Objects.checkFromIndexSize(at, ID_LENGTH, octets.length);
        return ByteBuffer.wrap(octets).getInt(at);
    }

    /** Whether a text has no control characters but line ends, and can be UTF-8. */
    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\n')
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DecodeException("note", 0, "not valid UTF-8");
        }
    }
}
