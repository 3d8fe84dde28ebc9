package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.file.OwnerFiles;

/**
 * What is found when a log is opened: a new one, one to go on with, or a fault. A fault is a torn tail only when it can be one: no signed checkpoint
 * lies behind it or counts what is missing.
 *
 * @param frontier the tree so far
 * @param cutOctets how many octets of a torn tail were cut off
 * @param unsignedEntries how many entries lie behind the last checkpoint
 */
record LogRecovery(MerkleFrontier frontier, long cutOctets, long unsignedEntries) {
    private static final long MAX_TORN = 1L << 28;

    static LogRecovery of(Path file, LogFile disk, VerifierKey key, CheckpointAnchor anchor, NoteSigner signer)
            throws IOException {
        Path beside = LogFile.beside(file, ".checkpoint");
        List<Checkpoint> known = new ArrayList<>();
        Optional<SignedNote> anchored = anchor.newest();
        if (anchored.isPresent()) {
            known.add(checkpoint("the anchored checkpoint", anchored.get(), key));
        }
        if (Files.exists(beside)) {
            known.add(checkpoint(beside.toString(), note(beside), key));
        } else if (disk.end() > 0) {
            throw new AuditException(beside + " is missing: whoever took it away may have cut " + file
                    + "; keep both, and begin another log");
        }
        boolean isNew = known.stream().allMatch(checkpoint -> checkpoint.size() == 0);
        byte[] header = LogFormat.header(key);
        if (isNew && disk.end() < header.length) {
            return begin(disk, beside, header, signer);
        }
        LogCheck check = new LogCheck(file, known, false).run((entry, octets) -> {});
        LogCheck.Fault fault = check.fault;
        if (fault != null && (fault.first() < 0 || !isTornTail(fault, check, file, known))) {
            throw new AuditException(file + " was changed or damaged: " + fault.message()
                    + "; keep it for those who look into it, and begin another log");
        }
        if (!check.key().equals(key)) {
            throw new AuditException(file + " is signed by " + check.key() + " and not by " + key);
        }
        long cut = disk.end() - check.end;
        if (cut > 0) {
            disk.cutTo(check.end);
            disk.force();
        }
        long signed = check.signed == null ? 0 : check.signed.size();
        return new LogRecovery(check.frontier(), cut, check.size() - signed);
    }

    /** Begins a log. The checkpoint over nothing comes first: a log without one beside it was not left so by us. */
    private static LogRecovery begin(LogFile disk, Path beside, byte[] header, NoteSigner signer) throws IOException {
        MerkleFrontier empty = new MerkleFrontier();
        Checkpoint nothing = Checkpoint.of(signer.key().name(), 0, empty.root());
        OwnerFiles.replace(beside, signer.sign(nothing.text()).octets());
        disk.cutTo(0);
        disk.append(ByteBuffer.wrap(header));
        disk.force();
        return new LogRecovery(empty, 0, 0);
    }

    static SignedNote note(Path file) throws IOException {
        try {
            return SignedNote.parse(Files.readAllBytes(file));
        } catch (DecodeException e) {
            throw new AuditException(file + " is no signed checkpoint: " + e.getMessage(), e);
        }
    }

    static Checkpoint checkpoint(String where, SignedNote note, VerifierKey key) {
        if (!note.isSignedBy(key)) {
            throw new AuditException(where + " is not signed by " + key);
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (checkpoint.origin().equals(key.name())) {
                return checkpoint;
            }
            throw new AuditException(where + " is of another log: " + checkpoint.origin());
        } catch (DecodeException e) {
            throw new AuditException(where + " is no checkpoint: " + e.getMessage(), e);
        }
    }

    private static boolean isTornTail(LogCheck.Fault fault, LogCheck check, Path file, List<Checkpoint> known)
            throws IOException {
        long signed = check.signed == null ? 0 : check.signed.size();
        return fault.isTorn()
                && known.stream().allMatch(checkpoint -> checkpoint.size() <= signed)
                && !hasCheckpointBehind(file, check.end);
    }

    /** Whether a whole checkpoint lies anywhere behind a place. */
    private static boolean hasCheckpointBehind(Path file, long place) throws IOException {
        if (Files.size(file) - place > MAX_TORN) {
            return true; // more than any group has
        }
        byte[] tail;
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(place);
            tail = in.readAllBytes();
        }
        byte[] length = {0, LogFormat.CHECKPOINT_CONTENT};
        int end = LogFormat.CHECKPOINT_RECORD - LogFormat.CHECK;
        for (int at = 0; at + LogFormat.CHECKPOINT_RECORD <= tail.length; at++) {
            if (tail[at] == LogFormat.CHECKPOINT
                    && Arrays.equals(tail, at + 1, at + LogFormat.RECORD_HEADER, length, 0, length.length)
                    && LogFormat.check(tail, at, end) == SignedNote.int32(tail, at + end)) {
                return true;
            }
        }
        return false;
    }
}
