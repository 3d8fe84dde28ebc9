package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.wire.DecodeException;

/*
 * One pass over a log. An entry must be whole, in its one form, and bear its number; a checkpoint must count the entries before it and
 * bear their root. Checkpoints from elsewhere (the file beside the log, an anchor) are compared when their size is reached; one that is
 * never reached says that the log was cut.
 */
/** Checks a log from its first octet to its last. One thread. */
final class LogCheck {
    /**
     * The first thing that is wrong.
     *
     * @param first the first entry that may be the bad one; -1 for the header
     * @param last the last one that may be
     * @param isTorn whether a crash could have done this: it is about octets and not about what they say
     */
    record Fault(long first, long last, boolean isTorn, String message) {}

    private final Path file;
    private final List<Checkpoint> known;
    private final boolean checksEverySignature;
    private final MerkleFrontier frontier = new MerkleFrontier();

    @Nullable
    VerifierKey key;

    /** The last checkpoint in the file, with its signature. */
    @Nullable
    Checkpoint signed;

    byte[] signature = new byte[0];

    /** The last whole entry. */
    @Nullable
    AuditEntry last;

    /** Where the last good record ends. */
    long end;

    @Nullable
    Fault fault;

    /**
     * Prepares a check.
     *
     * @param known checkpoints from elsewhere whose signatures were checked
     */
    LogCheck(Path file, List<Checkpoint> known, boolean checksEverySignature) {
        this.file = file;
        this.known = new ArrayList<>(known);
        this.checksEverySignature = checksEverySignature;
    }

    MerkleFrontier frontier() {
        return frontier;
    }

    long size() {
        return frontier.size();
    }

    /** Reads the header and no more. */
    LogCheck header() throws IOException {
        try (LogReader reader = LogReader.open(file)) {
            header(reader);
        }
        return this;
    }

    private void header(LogReader reader) throws IOException {
        try {
            key = reader.header();
            end = reader.offset();
        } catch (DecodeException e) {
            fault = new Fault(-1, -1, false, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads the log until its end or its first fault.
     *
     * @param each hears of every good entry and its octets
     */
    LogCheck run(BiConsumer<AuditEntry, byte[]> each) throws IOException {
        try (LogReader reader = LogReader.open(file)) {
            header(reader);
            if (fault != null) {
                return this;
            }
            compareKnown();
            while (fault == null) {
                switch (reader.next()) {
                    case ENTRY -> entry(reader, each);
                    case CHECKPOINT -> checkpoint(reader);
                    case END -> {
                        finish();
                        return this;
                    }
                    case TORN -> bad(true, "(or the checkpoint before it) is cut short at octet " + reader.offset());
                    case BAD ->
                        bad(
                                true,
                                "(or the checkpoint before it) was changed: no whole record begins at octet "
                                        + reader.offset());
                }
                if (fault == null) {
                    end = reader.offset() + LogFormat.RECORD_HEADER + reader.contentLength() + LogFormat.CHECK;
                }
            }
            checkLastSignature();
        }
        return this;
    }

    private void entry(LogReader reader, BiConsumer<AuditEntry, byte[]> each) {
        byte[] octets = reader.content();
        AuditEntry entry;
        try {
            entry = AuditEntry.decode(octets);
        } catch (DecodeException e) {
            bad(false, "is no entry: " + e.getMessage());
            return;
        }
        if (entry.sequence() != size()) {
            bad(false, "bears the number " + entry.sequence() + ": entries were left out, put in or moved");
            return;
        }
        frontier.append(octets, 0, octets.length);
        last = entry;
        each.accept(entry, octets);
        compareKnown();
    }

    private void checkpoint(LogReader reader) {
        ByteBuffer content = ByteBuffer.wrap(reader.content());
        long size = content.getLong();
        byte[] root = new byte[TreeHash.LENGTH];
        content.get(root);
        if (size < 0 || size > size()) {
            bad(false, "is missing: a checkpoint over " + Long.toUnsignedString(size) + " entries follows");
            return;
        }
        if (size < size()) {
            fault = new Fault(
                    size,
                    size() - 1,
                    false,
                    "entry " + size + " lies before a checkpoint over " + size
                            + " entries: records were put in or moved");
            return;
        }
        Checkpoint checkpoint = Checkpoint.of(name(), size, TreeHash.of(root));
        byte[] its = Arrays.copyOfRange(content.array(), content.position(), content.capacity());
        if (!compare(checkpoint, "the checkpoint behind it")) {
            return;
        }
        if (checksEverySignature && !isSigned(checkpoint, its)) {
            forged(size);
            return;
        }
        signed = checkpoint;
        signature = its;
    }

    private void checkLastSignature() {
        if (signed != null && !checksEverySignature && !isSigned(signed, signature)) {
            forged(signed.size());
        }
    }

    private void finish() {
        checkLastSignature();
        if (fault != null) {
            return;
        }
        for (Checkpoint checkpoint : known) {
            if (checkpoint.size() > size()) {
                fault = new Fault(
                        size(),
                        checkpoint.size() - 1,
                        false,
                        "entry " + size()
                                + " is missing: the log was cut, a signed checkpoint counts " + checkpoint.size()
                                + " entries");
                return;
            }
            if (checkpoint.size() > 0 && (signed == null || checkpoint.size() > signed.size())) {
                long at = checkpoint.size() - 1;
                fault = new Fault(at, at, false, "the checkpoint behind entry " + at + " is missing: the log was cut");
                return;
            }
        }
    }

    private void forged(long size) {
        long at = Math.max(0, size - 1);
        fault = new Fault(at, at, false, "the checkpoint behind entry " + at + " is not signed by " + key);
    }

    private void compareKnown() {
        for (Checkpoint checkpoint : known) {
            if (checkpoint.size() == size() && fault == null) {
                compare(checkpoint, "a signed checkpoint over " + size() + " entries");
            }
        }
    }

    /** Whether a checkpoint has the root of what was read; if not, one of the entries since the last good one was changed. */
    private boolean compare(Checkpoint checkpoint, String what) {
        if (checkpoint.root().equals(frontier.root())) {
            return true;
        }
        long from = signed == null ? 0 : Math.min(signed.size(), Math.max(0, size() - 1));
        long to = Math.max(from, size() - 1);
        String which = from == to ? "entry " + from : "one of the entries " + from + " to " + to;
        fault = new Fault(from, to, false, which + " was changed: " + what + " has another root");
        return false;
    }

    private boolean isSigned(Checkpoint checkpoint, byte[] its) {
        return key().isSigned(checkpoint.text().getBytes(StandardCharsets.UTF_8), its);
    }

    private void bad(boolean isTorn, String what) {
        fault = new Fault(size(), size(), isTorn, "entry " + size() + " " + what);
    }

    private String name() {
        return key().name();
    }

    /** Returns the key in the header, which must have been read. */
    VerifierKey key() {
        return Optional.ofNullable(key).orElseThrow();
    }
}
