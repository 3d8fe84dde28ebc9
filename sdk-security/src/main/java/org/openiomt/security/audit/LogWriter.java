package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openiomt.security.file.OwnerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes groups of records to the file of a log, signs them when they are durable, and lets checkpoints out. In the log's mailbox. */
final class LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final Path file;
    private final LogFile disk;
    private final NoteSigner signer;
    private final AuditOptions options;
    private final Path beside;

    /** Up to here the file is durable. */
    private long forced;

    /** The record of the last checkpoint, while it may not be durable. */
    private byte[] unforced = new byte[0];

    private @Nullable Checkpoint written;
    private boolean isSigned = true;
    private boolean isPublished = true;
    private boolean isTimed;
    private boolean hasBegun;
    private boolean hasLoggedDisk;
    private boolean hasLoggedSigner;
    private volatile boolean isClosed;
    private volatile @Nullable SignedNote newest;

    LogWriter(Path file, LogFile disk, NoteSigner signer, AuditOptions options) {
        this.file = file;
        this.disk = disk;
        this.signer = signer;
        this.options = options;
        this.beside = LogFile.beside(file, ".checkpoint");
        this.forced = disk.end();
    }

    String origin() {
        return signer.key().name();
    }

    Optional<SignedNote> newest() {
        return Optional.ofNullable(newest);
    }

    /**
     * Makes a group durable.
     *
     * @param checkpoint what the log is with it
     * @return whether it is; if not, the same group must be tried again
     */
    boolean write(List<ByteBuffer> group, Checkpoint checkpoint) {
        try {
            restore();
            for (ByteBuffer part : group) {
                disk.append(part.duplicate().flip());
            }
            disk.force();
        } catch (IOException e) {
            if (!hasLoggedDisk) {
                LOG.error("{} cannot be written; tried again each second: {}", file, e.getMessage());
            }
            hasLoggedDisk = true;
            spoil();
            return false;
        }
        hasLoggedDisk = false;
        forced = disk.end();
        unforced = new byte[0];
        written = checkpoint;
        isSigned = false;
        return true;
    }

    /** What was appended since the last sync may be lost, whatever the next sync says: the next write begins there. */
    private void spoil() {
        try {
            disk.cutTo(forced);
        } catch (IOException e) {
            LOG.debug("{} cannot be cut either", file, e);
        }
    }

    /** Writes the last checkpoint again where it was spoiled. */
    private void restore() throws IOException {
        if (disk.end() != forced + unforced.length) {
            disk.cutTo(forced);
            disk.append(ByteBuffer.wrap(unforced));
        }
    }

    /**
     * Signs what is durable and writes the checkpoint behind it, without a sync of its own.
     *
     * @return after what time to {@link #publish}; zero for not at all
     */
    Duration sign() {
        trySigning();
        if (!hasBegun) {
            hasBegun = true;
            return publish();
        }
        return pause();
    }

    private Duration pause() {
        if (isTimed || isClosed || (isPublished && isSigned)) {
            return Duration.ZERO;
        }
        isTimed = true;
        return options.interval();
    }

    private void trySigning() {
        Checkpoint checkpoint = written;
        if (isSigned || checkpoint == null || isClosed) {
            return;
        }
        try {
            byte[] signature = signer.signature(checkpoint.text());
            byte[] record = LogFormat.checkpoint(checkpoint, signature);
            unforced = record;
            newest = new SignedNote(checkpoint.text(), List.of(SignedNote.Signature.of(signer.key(), signature)));
            isSigned = true;
            isPublished = false;
            hasLoggedSigner = false;
            disk.append(ByteBuffer.wrap(record));
        } catch (IOException e) {
            spoil();
        } catch (RuntimeException e) {
            if (!hasLoggedSigner) {
                LOG.error("{} cannot be signed; tried again in {}", file, options.interval(), e);
            }
            hasLoggedSigner = true;
        }
    }

    /**
     * Makes the last checkpoint durable, puts it beside the file, and gives it to the anchor.
     *
     * @return as {@link #sign}
     */
    Duration publish() {
        isTimed = false;
        trySigning();
        SignedNote note = newest;
        if (!isPublished && note != null && !isClosed) {
            try {
                restore();
                disk.force();
                forced = disk.end();
                unforced = new byte[0];
                OwnerFiles.replace(beside, note.octets());
                options.anchor().accept(note);
                isPublished = true;
            } catch (IOException | RuntimeException e) {
                LOG.warn("{}: a checkpoint could not be let out; tried again in {}", file, options.interval(), e);
                spoil();
            }
        }
        return pause();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Closes the file, whatever became of it. */
    void close() {
        if (!isClosed) {
            isClosed = true;
            try {
                disk.close();
            } catch (IOException e) {
                LOG.warn("{} failed while it was closed", file, e);
            }
        }
    }
}
