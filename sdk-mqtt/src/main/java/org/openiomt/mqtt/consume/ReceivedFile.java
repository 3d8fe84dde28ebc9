package org.openiomt.mqtt.consume;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import org.openiomt.core.IomtException;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.outbox.Lane;

/**
 * The file of a {@link FileReceivedLog}. Numbers have their most significant octet first.
 *
 * <pre>
 * field    type    octets   meaning
 * magic    uint64  8        "OIMTRCV1"
 * entries                   one behind the other:
 *   length uint8   1        octets of the content
 *   check  uint32  4        CRC-32C of length and content
 *   kind   uint8   1        what the rest of the content is:
 *
 * 1 source     number uint32; site, gateway and device as ASCII with a zero between; before the first entry that has the number
 * 2 taken      source uint32, lane uint8, epoch int64, sequence int64, id 16 octets
 * 3 range      source uint32, lane uint8, epoch int64, first int64, last int64: all of them were taken
 * 4 id         source uint32, id 16 octets: was taken
 * 5 forgotten  source uint32, lane uint8, epoch int64: what was taken in it and before is not known
 * </pre>
 *
 * Kinds 3 to 5 stand in front of the first entry of kind 2. Lane 0 is the clinical one, 1 that of wave forms. Used by one thread at a
 * time.
 */
final class ReceivedFile implements Closeable {
    private static final long MAGIC = 0x4F49_4D54_5243_5631L;
    private static final int SOURCE = 1;
    private static final int TAKEN = 2;
    private static final int RANGE = 3;
    private static final int ID = 4;
    private static final int FORGOTTEN = 5;
    private static final int HEAD = 1 + Integer.BYTES;
    private static final int MAX_CONTENT = 255;
    private static final String NAMES_END = "\0";
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Out out;
    private final long damagedOctets;
    private final Map<Source, Long> numbers;
    private long next;
    private long size;

    /** The machine below; the seam at which tests put a full disk. */
    interface Disk {
        Disk MACHINE = (path, isNew) -> {
            boolean isPosix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] owners = isPosix && isNew
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            FileChannel channel = FileChannel.open(path, isNew ? NEW : Set.of(StandardOpenOption.WRITE), owners);
            return new Out() {
                @Override
                public void write(byte[] octets, long position) throws IOException {
                    ByteBuffer left = ByteBuffer.wrap(octets);
                    while (left.hasRemaining()) {
                        channel.write(left, position + left.position());
                    }
                    channel.force(false);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        };

        /** Opens a file to be written, emptied where it shall be a new one. */
        Out open(Path path, boolean isNew) throws IOException;

        /** Makes the name of a file durable. */
        default void forceDirectory(Path path) throws IOException {
            Path directory = path.getParent();
            if (directory != null
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
        }
    }

    /** A file that is written to. */
    interface Out extends Closeable {
        /** Writes all, and returns when it is durable. */
        void write(byte[] octets, long position) throws IOException;
    }

    private ReceivedFile(Out out, long size, Map<Source, Long> numbers, long damagedOctets) {
        this.out = out;
        this.size = size;
        this.numbers = numbers;
        this.damagedOctets = damagedOctets;
    }

    /** Makes a file of all that is remembered. */
    static ReceivedFile make(Path path, ReceivedMemory memory, Disk disk) throws IOException {
        Map<Source, Long> numbers = new HashMap<>();
        byte[] octets = snapshot(memory, numbers);
        Out out = disk.open(path, true);
        try {
            out.write(octets, 0);
            ReceivedFile file = new ReceivedFile(out, octets.length, numbers, 0);
            file.next = numbers.size();
            return file;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /**
     * Reads a file into a memory that is empty.
     *
     * @throws IomtException when it is no such file
     */
    static ReceivedFile read(Path path, ReceivedMemory memory, Disk disk) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
        if (in.remaining() < Long.BYTES || in.getLong() != MAGIC) {
            throw new IomtException(path + " is no memory of what was received");
        }
        Map<Long, Source> sources = new HashMap<>();
        long damaged = 0;
        int end = in.position();
        for (int at = end; in.limit() - at >= HEAD; ) {
            int length = in.get(at) & MAX_CONTENT;
            if (isEntry(in, at, length) && take(in.slice(at + HEAD, length), sources, memory)) {
                damaged += at - end;
                at += HEAD + length;
                end = at;
            } else {
                at++; // the next entry may be anywhere
            }
        }
        Map<Source, Long> numbers = new HashMap<>();
        sources.forEach((number, source) -> numbers.put(source, number));
        ReceivedFile file = new ReceivedFile(disk.open(path, false), end, numbers, damaged);
        file.next = sources.keySet().stream().mapToLong(Long::longValue).max().orElse(-1) + 1;
        return file;
    }

    /** Returns how many octets between entries were none when it was read. */
    long damagedOctets() {
        return damagedOctets;
    }

    /** Returns how long it is, in octets. */
    long size() {
        return size;
    }

    /** Adds what was taken, and returns when it is durable. When this fails, none of it counts. */
    void append(List<Delivery> deliveries) throws IOException {
        if (deliveries.isEmpty()) {
            return;
        }
        Map<Source, Long> added = new HashMap<>();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (Delivery delivery : deliveries) {
            Source source = delivery.source();
            Long number = numbers.get(source);
            if (number == null) {
                // A number is used once, whatever becomes of this: an entry that is left behind must not count for
                // another source.
                number = added.computeIfAbsent(source, key -> {
                    source(octets, next, key);
                    return next++;
                });
            }
            ByteBuffer content = content(TAKEN, number);
            content.put(octet(delivery.lane())).putLong(delivery.epoch()).putLong(delivery.sequence());
            entry(octets, id(content, delivery.observation().id()));
        }
        out.write(octets.toByteArray(), size);
        size += octets.size();
        numbers.putAll(added);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    // --- entries

    private static byte[] snapshot(ReceivedMemory memory, Map<Source, Long> numbers) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
        synchronized (memory) {
            memory.sources().forEach((source, taken) -> {
                long number = numbers.size();
                numbers.put(source, number);
                source(octets, number, source);
                for (Lane lane : Lane.values()) {
                    numbers(octets, number, lane, taken.numbers(lane));
                }
                taken.ids().all().forEach(id -> entry(octets, id(content(ID, number), id)));
            });
        }
        return octets.toByteArray();
    }

    private static void numbers(ByteArrayOutputStream octets, long number, Lane lane, SeenNumbers seen) {
        if (seen.forgotten() != Long.MIN_VALUE) {
            entry(octets, content(FORGOTTEN, number).put(octet(lane)).putLong(seen.forgotten()));
        }
        seen.ranges()
                .forEach((epoch, ranges) -> ranges.forEach((first, last) -> entry(
                        octets,
                        content(RANGE, number)
                                .put(octet(lane))
                                .putLong(epoch)
                                .putLong(first)
                                .putLong(last))));
    }

    private static void source(ByteArrayOutputStream octets, long number, Source source) {
        String names = String.join(
                NAMES_END, source.site(), source.gateway(), source.device().value());
        entry(octets, content(SOURCE, number).put(names.getBytes(StandardCharsets.US_ASCII)));
    }

    private static ByteBuffer content(int kind, long source) {
        return ByteBuffer.allocate(MAX_CONTENT).put((byte) kind).putInt((int) source);
    }

    private static ByteBuffer id(ByteBuffer content, ObservationId id) {
        return content.putLong(id.high()).putLong(id.low());
    }

    private static void entry(ByteArrayOutputStream octets, ByteBuffer content) {
        int length = content.flip().remaining();
        ByteBuffer entry = ByteBuffer.allocate(HEAD + length);
        entry.put((byte) length).putInt(check(length, content)).put(content);
        octets.writeBytes(entry.array());
    }

    private static int check(int length, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(length);
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }

    private static boolean isEntry(ByteBuffer in, int at, int length) {
        return length > 0
                && in.limit() - at - HEAD >= length
                && in.getInt(at + 1) == check(length, in.slice(at + HEAD, length));
    }

    /** Takes an entry whose check is right, and returns whether it is one; one of a later version's kind is left out. */
    private static boolean take(ByteBuffer content, Map<Long, Source> sources, ReceivedMemory memory) {
        try {
            int kind = content.get();
            long number = Integer.toUnsignedLong(content.getInt());
            if (kind == SOURCE) {
                sources.put(number, source(content));
            } else if (sources.containsKey(number)) { // otherwise the entry that names it is damaged
                take(kind, content, Objects.requireNonNull(sources.get(number)), memory);
            }
            return true;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return false; // damage whose check is right by chance
        }
    }

    private static void take(int kind, ByteBuffer content, Source source, ReceivedMemory memory) {
        switch (kind) {
            case TAKEN -> memory.add(source, lane(content), content.getLong(), content.getLong(), id(content));
            case RANGE ->
                memory.of(source)
                        .numbers(lane(content))
                        .addRange(content.getLong(), content.getLong(), content.getLong());
            case ID -> memory.of(source).ids().add(id(content));
            case FORGOTTEN -> memory.of(source).numbers(lane(content)).forget(content.getLong());
            default -> {}
        }
    }

    private static Source source(ByteBuffer content) {
        String[] names = StandardCharsets.US_ASCII.decode(content).toString().split(NAMES_END, -1);
        return new Source(names[0], names[1], DeviceId.of(names[2]));
    }

    private static byte octet(Lane lane) {
        return switch (lane) {
            case CLINICAL -> 0;
            case WAVEFORM -> 1;
        };
    }

    private static Lane lane(ByteBuffer content) {
        return switch (content.get()) {
            case 0 -> Lane.CLINICAL;
            case 1 -> Lane.WAVEFORM;
            default -> throw new IllegalArgumentException("no lane");
        };
    }

    private static ObservationId id(ByteBuffer content) {
        return ObservationId.of(content.getLong(), content.getLong());
    }
}
