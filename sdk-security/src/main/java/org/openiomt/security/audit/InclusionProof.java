package org.openiomt.security.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.wire.DecodeException;

/**
 * That one entry is in a log, as a text that can be checked with nothing but the log's public key.
 * <pre>
 * line                     present when  meaning
 * c2sp.org/tlog-proof@v1   always
 * extra BASE64             it was given  what the maker of the proof adds; proven by nobody
 * index N                  always        the entry's place, from 0
 * BASE64 ...               any number    the hashes from the entry's sibling up, at most 63
 * (empty)                  always
 * checkpoint               always        a signed note
 * </pre>
 *
 * @param extra as above; an empty text stands for a line without octets
 * @param index the entry's place
 * @param path the hashes
 * @param note the signed checkpoint
 * @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a>
 */
public record InclusionProof(Optional<String> extra, long index, List<TreeHash> path, SignedNote note) {
    private static final String FIRST = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_PATH = 63;

    /** Checks the ranges. */
    public InclusionProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > MAX_PATH) {
            throw new IllegalArgumentException("an index from 0 and at most " + MAX_PATH + " hashes are needed");
        }
        extra.ifPresent(base64 -> TreeHash.base64("extra", 0, base64));
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws DecodeException when it is something else, or the note is no checkpoint
     */
    public static InclusionProof parse(String text) {
        if (!text.startsWith(FIRST)) {
            throw new DecodeException("proof", 0, "expected " + FIRST.strip());
        }
        int at = FIRST.length();
        Optional<String> extra = Optional.empty();
        String line = line(text, at);
        if (line.startsWith(EXTRA)) {
            extra = Optional.of(line.substring(EXTRA.length()));
            TreeHash.base64("extra", at, extra.get());
            at += line.length() + 1;
            line = line(text, at);
        }
        if (!line.startsWith(INDEX)) {
            throw new DecodeException("index", at, "missing");
        }
        long index = Checkpoint.decimal("index", at, line.substring(INDEX.length()));
        at += line.length() + 1;
        List<TreeHash> path = new ArrayList<>();
        for (line = line(text, at); !line.isEmpty(); line = line(text, at)) {
            if (path.size() == MAX_PATH) {
                throw new DecodeException("path", at, "more than " + MAX_PATH + " hashes");
            }
            path.add(TreeHash.parse("path", at, line));
            at += line.length() + 1;
        }
        SignedNote note = SignedNote.parse(text.substring(at + 1).getBytes(StandardCharsets.UTF_8));
        Checkpoint.parse(note.text());
        return new InclusionProof(extra, index, path, note);
    }

    private static String line(String text, int at) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw new DecodeException("proof", at, "cut short");
        }
        return text.substring(at, end);
    }

    /** Returns the proof with something added, at the maker's word. */
    public InclusionProof withExtra(byte[] octets) {
        return new InclusionProof(Optional.of(Base64.getEncoder().encodeToString(octets)), index, path, note);
    }

    /** Returns whether this proves that the log of this key has the entry. */
    public boolean isProofOf(byte[] entry, VerifierKey key) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return note.isSignedBy(key)
                && checkpoint.origin().equals(key.name())
                && MerkleProofs.isIncluded(TreeHash.ofEntry(entry), index, checkpoint.size(), path, checkpoint.root());
    }

    /** Returns the text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FIRST);
        extra.ifPresent(base64 -> text.append(EXTRA).append(base64).append('\n'));
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(note).toString();
    }
}
