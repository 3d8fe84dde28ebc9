package org.openiomt.core.outbox;

import java.util.Objects;

/**
 * A record that waits in an outbox, with its place.
 *
 * @param position its place in its lane; grows by at least one with each record, also across restarts
 * @param epoch names the run of the outbox that took the record; a later run has a greater one
 * @param sequence counts the records of its device and lane within the epoch, from 1 without gaps
 * @param record the record
 */
public record OutboxEntry(long position, long epoch, long sequence, OutboxRecord record) {
    /** Checks that the record is there. */
    public OutboxEntry {
        Objects.requireNonNull(record, "record");
    }
}
