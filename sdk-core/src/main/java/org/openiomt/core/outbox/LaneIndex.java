package org.openiomt.core.outbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What a file outbox knows of one lane in memory: its segments, and which positions wait. No file is touched under its lock, so
 * that appending, reading and acknowledging wait for each other only for moments.
 *
 * Invariants: segments are in order of position and never overlap; no position at or before `cursor` waits; positions between
 * segments do not wait.
 */
final class LaneIndex {
    private static final Logger LOG = LoggerFactory.getLogger(LaneIndex.class);
    private static final int MAX_DAMAGES = 256;

    private final List<Segment> segments = new ArrayList<>();
    private final Tally tally = new Tally();
    private final List<OutboxDamage> damages = new ArrayList<>();
    private long cursor;
    private long nextPosition;

    LaneIndex(long cursor) {
        this.cursor = cursor;
        this.nextPosition = cursor + 1;
    }

    /** Where a search for a position goes on: a segment, an offset in it, and what was durable then. */
    record Place(Segment segment, long offset, long position, long end, long next) {}

    /** Adds a segment behind all others. */
    synchronized void add(Segment segment) {
        segments.add(segment);
        nextPosition = Math.max(nextPosition, segment.next);
    }

    /** Brings the cursor to where it belongs when all segments are there. */
    synchronized void settle() {
        advance();
    }

    /** Makes records readable that are now durable at the end of a segment. */
    synchronized void publish(Segment segment, int[] sizes, int count) {
        for (int i = 0; i < count; i++) {
            segment.add(nextPosition++, segment.end, segment.end + sizes[i]);
        }
        tally.appended(count);
    }

    /** Leaves out positions that nobody knows what they hold. */
    synchronized void skip(int positions) {
        nextPosition += positions;
    }

    synchronized long nextPosition() {
        return nextPosition;
    }

    synchronized long cursor() {
        return cursor;
    }

    synchronized long waiting() {
        return segments.stream().mapToLong(segment -> segment.waiting).sum();
    }

    synchronized long allocated() {
        return segments.stream().mapToLong(segment -> segment.allocated).sum();
    }

    /** Returns what the segments take that something waits in. */
    synchronized long octets() {
        return segments.stream()
                .mapToLong(segment -> segment.waiting > 0 ? segment.end : 0)
                .sum();
    }

    synchronized long appended() {
        return tally.appended();
    }

    synchronized long acknowledged() {
        return tally.acknowledged();
    }

    synchronized Map<String, Long> dropped() {
        return tally.dropped();
    }

    /** Notes, counts and reports records that are lost and no longer wait, or never did. */
    void damaged(OutboxDamage damage, String how, Path file) {
        synchronized (this) {
            tally.dropped(OutboxStats.DAMAGED, damage.count());
            note(damage);
        }
        LOG.warn(
                "{} records from position {} to {} are {} {} and are lost: {}; the rest is delivered",
                damage.count(),
                damage.from(),
                damage.to(),
                how,
                file,
                damage.words());
    }

    private void note(OutboxDamage damage) {
        if (damages.size() == MAX_DAMAGES) {
            damages.remove(0);
        }
        damages.add(damage);
    }

    synchronized List<OutboxDamage> damages() {
        return List.copyOf(damages);
    }

    /** Counts records that were dropped and never waited. */
    synchronized void count(String reason, long records) {
        tally.dropped(reason, records);
    }

    /** Returns where the first position behind {@code after} is that waits. */
    synchronized Optional<Place> firstWaiting(long after) {
        long from = Math.max(after, cursor) + 1;
        for (int i = Math.max(0, find(from)); i < segments.size(); i++) {
            Segment segment = segments.get(i);
            long position = segment.nextWaiting(from);
            if (position < segment.next) {
                return Optional.of(
                        new Place(segment, segment.offsetNear(position), position, segment.end, segment.next));
            }
        }
        return Optional.empty();
    }

    synchronized boolean isWaiting(Segment segment, long position) {
        return segment.isWaiting(position);
    }

    /** Takes what waits of these. */
    synchronized void acknowledge(Collection<OutboxEntry> entries) {
        long count = 0;
        for (OutboxEntry entry : entries) {
            int index = find(entry.position());
            if (index >= 0 && segments.get(index).take(entry.position())) {
                count++;
            }
        }
        tally.acknowledged(count);
        advance();
    }

    /** Whether any of the positions {@code from} to before {@code to} waits. */
    synchronized boolean isAnyWaiting(Segment segment, long from, long to) {
        return segment.nextWaiting(from) < Math.min(to, segment.next);
    }

    /** Takes what waits of the positions {@code from} to before {@code to} without counting it; returns it in runs. */
    synchronized List<SegmentContents.Lost> takeLost(Segment segment, long from, long to) {
        List<SegmentContents.Lost> lost = new ArrayList<>();
        for (long position = segment.nextWaiting(from); position < Math.min(to, segment.next); ) {
            long first = position;
            while (position < Math.min(to, segment.next) && segment.take(position)) {
                position++;
            }
            lost.add(new SegmentContents.Lost(first, position - 1));
            position = segment.nextWaiting(position);
        }
        advance();
        return lost;
    }

    /** Gives up what waits of the positions {@code from} to before {@code to}; returns how many. */
    synchronized long drop(Segment segment, long from, long to, String reason) {
        long count = 0;
        for (long position = segment.nextWaiting(from); position < Math.min(to, segment.next); ) {
            segment.take(position);
            count++;
            position = segment.nextWaiting(position + 1);
        }
        tally.dropped(reason, count);
        advance();
        return count;
    }

    /** Gives up the oldest until no more than {@code most} wait. */
    synchronized void dropBeyond(long most, String reason) {
        long excess = waiting() - most;
        for (int i = 0; i < segments.size() && excess > 0; i++) {
            Segment segment = segments.get(i);
            long to = segment.next;
            if (segment.waiting > excess) {
                to = segment.first;
                for (long left = excess; left > 0; left--) {
                    to = segment.nextWaiting(to) + 1;
                }
            }
            excess -= drop(segment, segment.first, to, reason);
        }
    }

    /** Returns the steady time at which the youngest segment was made; 0 when none says it. */
    synchronized long youngest() {
        return segments.stream()
                .mapToLong(segment -> Math.max(0, segment.born))
                .max()
                .orElse(0);
    }

    /** Notes until when each segment was written at the latest: until the next was made, or the last until {@code now}. */
    synchronized void age(long now) {
        long latest = now;
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.get(i);
            segment.closed = latest;
            latest = segment.born < 0 ? latest : segment.born;
        }
    }

    /** Gives up all that waits in segments other than {@code active} that were written before {@code limit}. */
    synchronized void dropBefore(long limit, @Nullable Segment active) {
        for (Segment segment : segments) {
            if (segment != active && segment.closed < limit) {
                drop(segment, segment.first, segment.next, OutboxStats.OVER_AGE);
            }
        }
    }

    /** Returns the oldest segment. */
    synchronized Optional<Segment> oldest() {
        return segments.isEmpty() ? Optional.empty() : Optional.of(segments.get(0));
    }

    /** Returns the segments at the beginning of which all positions are taken for good, but not {@code active}. */
    synchronized List<Segment> removable(@Nullable Segment active) {
        List<Segment> removable = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment == active || segment.next > cursor + 1) {
                break;
            }
            removable.add(segment);
        }
        return removable;
    }

    /**
     * Returns neighbours that nothing waits in, which an older segment keeps from being deleted; empty when there are none that
     * take room.
     */
    synchronized List<Segment> taken(@Nullable Segment active) {
        return neighbours(
                segment -> segment != active && segment.waiting == 0 && segment.next > cursor + 1,
                Long.MAX_VALUE,
                run -> run.size() > 1 || (run.size() == 1 && run.get(0).end > LaneCondenser.LEAST));
    }

    /**
     * Returns neighbours in which so few records still wait that putting them into one segment gains a good part of one; empty
     * when there are none.
     */
    synchronized List<Segment> sparse(@Nullable Segment active, long segmentOctets) {
        return neighbours(
                segment -> segment != active && segment.waitingOctets() <= segment.end / 2,
                segmentOctets,
                run -> run.stream()
                                .mapToLong(segment -> segment.end - segment.waitingOctets())
                                .sum()
                        >= segmentOctets / 4);
    }

    /** Returns the first run of neighbours that are all of this kind, wait with at most {@code most} octets, and are worth it. */
    private List<Segment> neighbours(Predicate<Segment> kind, long most, Predicate<List<Segment>> isWorthIt) {
        List<Segment> run = new ArrayList<>();
        long octets = 0;
        for (Segment segment : segments) {
            boolean isOfKind = kind.test(segment);
            if (!isOfKind || octets + segment.waitingOctets() > most) {
                if (isWorthIt.test(run)) {
                    return run;
                }
                run.clear();
                octets = 0;
            }
            if (isOfKind) {
                run.add(segment);
                octets += segment.waitingOctets();
            }
        }
        return isWorthIt.test(run) ? run : List.of();
    }

    /**
     * Puts one segment in the place of several. What was taken of them meanwhile is taken of it; what waits in them and is not in
     * it was found damaged.
     *
     * @return the positions that were damaged, which are not counted yet
     */
    synchronized List<SegmentContents.Lost> replace(List<Segment> run, Segment made) {
        List<SegmentContents.Lost> damaged = new ArrayList<>();
        for (Segment segment : run) {
            for (long at = segment.nextWaiting(segment.first); at < segment.next; at = segment.nextWaiting(at + 1)) {
                if (!made.isWaiting(at)) {
                    damaged.add(new SegmentContents.Lost(at, at));
                }
            }
            for (long at = made.nextWaiting(segment.first); at < segment.next; at = made.nextWaiting(at + 1)) {
                if (!segment.isWaiting(at)) {
                    made.take(at);
                }
            }
        }
        segments.set(segments.indexOf(run.get(0)), made);
        segments.removeAll(run);
        advance();
        return damaged;
    }

    synchronized void remove(Segment segment) {
        segments.remove(segment);
    }

    /** Notes that a segment is written to no more. */
    synchronized void close(Segment segment, long now) {
        segment.closed = now;
    }

    /** Notes the size of a segment's file. */
    synchronized void resize(Segment segment, long allocated) {
        segment.allocated = allocated;
    }

    /** Moves the cursor to before the first position that waits. */
    private void advance() {
        for (int i = Math.max(0, find(cursor + 1)); i < segments.size(); i++) {
            Segment segment = segments.get(i);
            cursor = Math.max(cursor, segment.nextWaiting(Math.max(cursor + 1, segment.first)) - 1);
            if (cursor + 1 < segment.next) {
                return;
            }
        }
    }

    /** Returns the last segment that begins at or before this position, or -1. */
    private int find(long position) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).first <= position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
