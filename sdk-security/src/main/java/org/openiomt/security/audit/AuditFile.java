package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A log as a file, for whoever checks it. Reads only. A log that is being written may end in half a record: then ask again, or ask a copy.
 *
 * @param file the log; its newest checkpoint is expected beside it, in {@code FILE.checkpoint}
 */
public record AuditFile(Path file) {

    /** What a check found. */
    public sealed interface Verification {
        /**
         * Every entry is as it was written.
         *
         * @param size the number of entries
         * @param root the root over them
         * @param key who signs the log, by the log's own words unless a key was given
         * @param unsigned how many of the last entries no checkpoint covers yet, which happens when a machine stops
         */
        record Good(long size, TreeHash root, VerifierKey key, long unsigned) implements Verification {}

        /**
         * The log is not as it was written.
         *
         * @param first the first entry that is bad, from 0; -1 when the log's header is
         * @param last the last one that may be the bad one instead; most often the same
         * @param message names entry and reason
         */
        record Bad(long first, long last, String message) implements Verification {}
    }

    /** Checks everything with the key that the log names: whoever can write the file could have put another one there. */
    public Verification verify() {
        return verify(Optional.empty(), List.of());
    }

    /**
     * Checks every entry, every checkpoint and every signature, and that the log leads to its newest checkpoint.
     *
     * @param key who must have signed the log, known from elsewhere
     * @param anchored checkpoints of this log that were kept elsewhere; with any of them, the one beside the file may be missing
     * @throws AuditException when the file cannot be read
     */
    public Verification verify(Optional<VerifierKey> key, List<SignedNote> anchored) {
        try {
            return check(key, anchored);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Verification check(Optional<VerifierKey> expected, List<SignedNote> notes) throws IOException {
        LogCheck header = new LogCheck(file, List.of(), false).header();
        if (header.fault != null) {
            return bad(header.fault);
        }
        VerifierKey key = header.key();
        if (expected.isPresent() && !expected.get().equals(key)) {
            return new Verification.Bad(-1, -1, "the log is signed by " + key + " and not by " + expected.get());
        }
        Path beside = LogFile.beside(file, ".checkpoint");
        List<Checkpoint> known = new ArrayList<>();
        try {
            if (Files.exists(beside)) {
                known.add(LogRecovery.checkpoint(beside.toString(), LogRecovery.note(beside), key));
            } else if (notes.isEmpty()) {
                return new Verification.Bad(-1, -1, beside + " is missing: without it, a cut cannot be found");
            }
            for (SignedNote note : notes) {
                known.add(LogRecovery.checkpoint("the given checkpoint", note, key));
            }
        } catch (AuditException e) {
            return new Verification.Bad(-1, -1, String.valueOf(e.getMessage()));
        }
        LogCheck check = new LogCheck(file, known, true).run((entry, octets) -> {});
        if (check.fault != null) {
            return bad(check.fault);
        }
        long signed = check.signed == null ? 0 : check.signed.size();
        return new Verification.Good(check.size(), check.frontier().root(), key, check.size() - signed);
    }

    private static Verification bad(LogCheck.Fault fault) {
        return new Verification.Bad(fault.first(), fault.last(), fault.message());
    }

    /**
     * Reads the entries in order, until the end or the first bad one.
     *
     * @return what is bad; only what can be seen without the checkpoint beside the file
     * @throws AuditException when the file cannot be read
     */
    public Optional<Verification.Bad> read(Consumer<AuditEntry> each) {
        LogCheck check = pass((entry, octets) -> each.accept(entry));
        return Optional.ofNullable(check.fault)
                .map(fault -> new Verification.Bad(fault.first(), fault.last(), fault.message()));
    }

    /**
     * Proves that one entry is in the log, under its last checkpoint.
     *
     * @param index the entry's number
     * @throws AuditException when the file cannot be read, the log is bad, or no checkpoint covers the entry
     */
    public InclusionProof prove(long index) {
        MerkleTree tree = new MerkleTree();
        LogCheck check = pass((entry, octets) -> tree.append(octets));
        Checkpoint signed = check.signed;
        if (check.fault != null) {
            throw new AuditException(file + ": " + check.fault.message());
        }
        if (signed == null || index < 0 || index >= signed.size()) {
            throw new AuditException(file + ": no checkpoint covers an entry " + index);
        }
        SignedNote note = new SignedNote(signed.text(), List.of(SignedNote.Signature.of(check.key(), check.signature)));
        return new InclusionProof(Optional.empty(), index, tree.inclusionProof(index, signed.size()), note);
    }

    private LogCheck pass(BiConsumer<AuditEntry, byte[]> each) {
        try {
            return new LogCheck(file, List.of(), false).run(each);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private AuditException unreadable(IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
        return new AuditException(file + ": cannot be read: " + why, e);
    }
}
