package org.openiomt.core.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.DeviceId;

/*
 * Whose records a segment holds: for each device and epoch, runs of sequences. It is written behind the last record when a segment
 * is closed, so that what damage took is told by device and number and not by count alone.
 *
 * A run, most significant octet first: epoch uint64, first uint64, count uint32, deviceLength uint8, device ASCII. Their number is the
 * sequence of the record's header.
 */
final class SegmentContents {
    private static final int RUN = 2 * Long.BYTES + Integer.BYTES + 1;

    private record Stream(DeviceId device, long epoch) {}

    /** Sequences without a gap, and the positions of the first and last of them where they were read from records. */
    private static final class Span {
        private final long first;
        private final long firstPosition;
        private long last;
        private long lastPosition;

        Span(long sequence, long position) {
            this.first = sequence;
            this.last = sequence;
            this.firstPosition = position;
            this.lastPosition = position;
        }
    }

    private final Map<Stream, List<Span>> streams = new LinkedHashMap<>();
    private long octets;
    private int runs;

    /** Adds a record; those of a device come in order. */
    void add(OutboxEntry entry) {
        add(new Stream(entry.record().device(), entry.epoch()), entry.sequence(), entry.sequence(), entry.position());
    }

    private void add(Stream stream, long first, long last, long position) {
        List<Span> spans = streams.computeIfAbsent(stream, key -> new ArrayList<>(1));
        Span open = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (open == null || open.last + 1 != first) {
            open = new Span(first, position);
            spans.add(open);
            runs++;
            octets += RUN + stream.device().value().length();
        }
        open.last = last;
        open.lastPosition = position;
    }

    /** Reads what is whole in a segment. */
    static SegmentContents of(Storage.File file, Segment segment, Lane lane, long size) throws IOException {
        SegmentContents contents = new SegmentContents();
        SegmentScanner scanner =
                new SegmentScanner(file, segment.salt, RecordFormat.SEGMENT_HEADER, size, segment.first);
        while (scanner.advance()) {
            if (scanner.header().kind() == RecordFormat.KIND_RECORD && scanner.isBodyWhole()) {
                contents.add(scanner.entry(lane));
            }
        }
        return contents;
    }

    /** Reads the list of a segment's contents; empty when there is none that is whole. */
    static Optional<SegmentContents> listed(Storage.File file, Segment segment) throws IOException {
        SegmentScanner scanner = new SegmentScanner(file, segment.salt, segment.end, file.size(), segment.first);
        return scanner.advance() && scanner.header().kind() == RecordFormat.KIND_CONTENTS && scanner.isBodyWhole()
                ? Optional.of(scanner.contents())
                : Optional.empty();
    }

    // --- as octets
    // -------------------------------------------------------------------------------------------------------------

    /** Returns it as a record that takes no position; empty when there is nothing in it, or too much. */
    Optional<byte[]> encode(long salt, long position) {
        if (runs == 0 || octets > OutboxRecord.MAX_PAYLOAD) {
            return Optional.empty();
        }
        ByteBuffer body = ByteBuffer.allocate((int) octets);
        streams.forEach((stream, spans) -> spans.forEach(span -> {
            byte[] device = stream.device().value().getBytes(StandardCharsets.US_ASCII);
            body.putLong(stream.epoch()).putLong(span.first).putInt((int) (span.last - span.first + 1));
            body.put((byte) device.length).put(device);
        }));
        return Optional.of(RecordFormat.contents(salt, position, runs, body.array()));
    }

    /** Reads {@link #encode}; the body is whole. */
    static SegmentContents decode(byte[] body, long runs) {
        SegmentContents contents = new SegmentContents();
        ByteBuffer in = ByteBuffer.wrap(body);
        for (long i = 0; i < runs; i++) {
            long epoch = in.getLong();
            long first = in.getLong();
            long last = first + in.getInt() - 1;
            byte[] device = new byte[in.get()];
            in.get(device);
            contents.add(new Stream(DeviceId.of(new String(device, StandardCharsets.US_ASCII)), epoch), first, last, 0);
        }
        return contents;
    }

    // --- what is missing
    // -------------------------------------------------------------------------------------------------------

    /** Some positions that are lost, one after another. */
    record Lost(long from, long to) {
        long count() {
            return to - from + 1;
        }
    }

    /**
     * Says whose the lost positions of a segment were.
     *
     * @param listed what the segment held, by its own list, if that is whole
     * @param lost at least one
     */
    OutboxDamage missing(Optional<SegmentContents> listed, Lane lane, Segment segment, List<Lost> lost) {
        List<OutboxDamage.Run> missing = new ArrayList<>();
        Map<Stream, List<Span>> expected =
                listed.map(contents -> contents.streams).orElse(streams);
        expected.forEach((stream, spans) -> {
            List<Span> found = streams.getOrDefault(stream, List.of());
            if (listed.isEmpty()) {
                Span all = new Span(found.get(0).first, 0);
                all.last = found.get(found.size() - 1).last;
                holes(stream, all, found, segment, lost, missing);
            } else {
                spans.forEach(span -> holes(stream, span, found, segment, lost, missing));
            }
        });
        long count = lost.stream().mapToLong(Lost::count).sum();
        return new OutboxDamage(
                lane, lost.get(0).from(), lost.get(lost.size() - 1).to(), count, missing);
    }

    /** Adds what of one span was not found, where it lies between positions of which some are lost. */
    private static void holes(
            Stream stream,
            Span span,
            List<Span> found,
            Segment segment,
            List<Lost> lost,
            List<OutboxDamage.Run> missing) {
        long next = span.first;
        long after = segment.first - 1;
        for (Span there : found) {
            if (there.last < span.first || there.first > span.last) {
                continue;
            }
            hole(stream, next, there.first - 1, after, there.firstPosition, lost, missing);
            next = there.last + 1;
            after = there.lastPosition;
        }
        hole(stream, next, span.last, after, Long.MAX_VALUE, lost, missing);
    }

    private static void hole(
            Stream stream,
            long first,
            long last,
            long after,
            long before,
            List<Lost> lost,
            List<OutboxDamage.Run> missing) {
        if (first <= last && lost.stream().anyMatch(range -> range.to() > after && range.from() < before)) {
            missing.add(new OutboxDamage.Run(stream.device(), stream.epoch(), first, last));
        }
    }
}
