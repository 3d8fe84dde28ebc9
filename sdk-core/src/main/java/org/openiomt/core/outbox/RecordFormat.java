package org.openiomt.core.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;

/**
 * The octets of a segment: a header, then records one after another, each from a multiple of 8, then zeros. Most significant octet
 * first.
 *
 * <pre>
 * segment       type    octets  meaning
 * magic         uint64  8       "OIMTSEG1"
 * first         uint64  8       the position of its first record
 * salt          uint64  8       random; also in the file's name
 * born          uint64  8       when it was made: milliseconds of the outbox's steady time
 * check         uint32  4       CRC-32C of the four
 * (zeros)               28
 *
 * record        type    octets  meaning
 * headerCheck   uint32  4       CRC-32C of salt and the 60 octets that follow
 * bodyCheck     uint32  4       CRC-32C of device and payload
 * length        uint32  4       octets of the payload
 * kind          uint8   1       1 record; 2 gap: positions that no longer wait, as many as sequence says; 3 contents: what the
 *                               segment holds, behind its last record when it is closed ({@link SegmentContents})
 * deviceLength  uint8   1       octets of the device
 * (zeros)               2
 * position      uint64  8
 * epoch         uint64  8
 * sequence      uint64  8
 * id            uint64  16
 * appendedAt    int64   8       milliseconds since 1970
 * device        ASCII   1..64
 * payload               0..1 MiB
 * (zeros)               0..7
 * </pre>
 *
 * The salt is why a record inside a payload, from another segment or from another outbox is never taken for one of this segment.
 * A header has a check of its own so that a search behind damaged octets costs the same at each place, whatever stands there.
 */
final class RecordFormat {
    static final long SEGMENT_MAGIC = 0x4F49_4D54_5345_4731L;
    static final int SEGMENT_HEADER = 64;
    static final int SEGMENT_CHECKED = 32;
    static final int HEADER = 64;
    static final int ALIGNMENT = 8;
    static final int KIND_RECORD = 1;
    static final int KIND_GAP = 2;
    static final int KIND_CONTENTS = 3;

    private static final int MAX_DEVICE = 64;

    private RecordFormat() {}

    /** The fields of a record before its device. */
    record Header(
            int bodyCheck,
            int length,
            int kind,
            int deviceLength,
            long position,
            long epoch,
            long sequence,
            ObservationId id,
            long appendedAt) {
        /** The octets of the whole record. */
        int size() {
            return align(HEADER + deviceLength + length);
        }

        /** The first position behind it. */
        long next() {
            return switch (kind) {
                case KIND_GAP -> position + sequence;
                case KIND_CONTENTS -> position;
                default -> position + 1;
            };
        }
    }

    static int size(OutboxRecord record) {
        return align(HEADER + record.device().value().length() + record.payloadLength());
    }

    private static int align(int size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    static void writeSegmentHeader(byte[] target, long first, long salt, long born) {
        ByteBuffer out = ByteBuffer.wrap(target);
        out.putLong(SEGMENT_MAGIC).putLong(first).putLong(salt).putLong(born);
        CRC32C crc = new CRC32C();
        crc.update(target, 0, SEGMENT_CHECKED);
        out.putInt((int) crc.getValue());
    }

    /** Returns when a segment was made, by its header. */
    static long born(byte[] header) {
        return ByteBuffer.wrap(header).getLong(SEGMENT_CHECKED - Long.BYTES);
    }

    /** Writes a record and returns its octets. The target has room and may hold anything. */
    static int write(byte[] target, int at, long salt, OutboxEntry entry, long appendedAt) {
        OutboxRecord record = entry.record();
        byte[] device = record.device().value().getBytes(StandardCharsets.US_ASCII);
        byte[] payload = record.octets();
        ByteBuffer out = ByteBuffer.wrap(target).position(at + HEADER);
        out.put(device).put(payload);
        int size = size(record);
        while (out.position() < at + size) {
            out.put((byte) 0);
        }
        CRC32C crc = new CRC32C();
        crc.update(target, at + HEADER, device.length + payload.length);
        Header header = new Header(
                (int) crc.getValue(),
                payload.length,
                KIND_RECORD,
                device.length,
                entry.position(),
                entry.epoch(),
                entry.sequence(),
                record.id(),
                appendedAt);
        writeHeader(target, at, salt, header);
        return size;
    }

    /** Writes a gap and returns its octets. */
    static int writeGap(byte[] target, int at, long salt, long position, long positions) {
        Header header = new Header(0, 0, KIND_GAP, 0, position, 0, positions, ObservationId.of(0, 0), 0);
        writeHeader(target, at, salt, header);
        return header.size();
    }

    /** Returns the list of a segment's contents as octets. */
    static byte[] contents(long salt, long position, long runs, byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        Header header = new Header(
                (int) crc.getValue(), body.length, KIND_CONTENTS, 0, position, 0, runs, ObservationId.of(0, 0), 0);
        byte[] octets = new byte[header.size()];
        System.arraycopy(body, 0, octets, HEADER, body.length);
        writeHeader(octets, 0, salt, header);
        return octets;
    }

    private static void writeHeader(byte[] target, int at, long salt, Header header) {
        ByteBuffer out = ByteBuffer.wrap(target).position(at + Integer.BYTES);
        out.putInt(header.bodyCheck()).putInt(header.length());
        out.put((byte) header.kind()).put((byte) header.deviceLength()).putShort((short) 0);
        out.putLong(header.position()).putLong(header.epoch()).putLong(header.sequence());
        out.putLong(header.id().high()).putLong(header.id().low()).putLong(header.appendedAt());
        out.putInt(at, headerCheck(target, at, salt));
    }

    /** Whether a record of this salt begins here, as far as its header says. */
    static boolean isHeader(byte[] source, int at, long salt) {
        ByteBuffer in = ByteBuffer.wrap(source);
        return in.getLong(at) != 0 && in.getInt(at) == headerCheck(source, at, salt) && isSound(readHeader(source, at));
    }

    private static boolean isSound(Header header) {
        boolean isRecord = header.kind() == KIND_RECORD
                && header.length() >= 0
                && header.length() <= OutboxRecord.MAX_PAYLOAD
                && header.deviceLength() >= 1
                && header.deviceLength() <= MAX_DEVICE;
        boolean isGap = header.kind() == KIND_GAP
                && header.length() == 0
                && header.deviceLength() == 0
                && header.sequence() >= 1;
        boolean isContents = header.kind() == KIND_CONTENTS
                && header.length() >= 1
                && header.length() <= OutboxRecord.MAX_PAYLOAD
                && header.deviceLength() == 0
                && header.sequence() >= 1;
        return (isRecord || isGap || isContents) && header.position() >= 1;
    }

    static Header readHeader(byte[] source, int at) {
        ByteBuffer in = ByteBuffer.wrap(source).position(at + Integer.BYTES);
        int bodyCheck = in.getInt();
        int length = in.getInt();
        int kind = in.get();
        int deviceLength = in.get();
        in.getShort();
        return new Header(
                bodyCheck,
                length,
                kind,
                deviceLength,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                ObservationId.of(in.getLong(), in.getLong()),
                in.getLong());
    }

    /** Whether the device and payload behind a header are whole. */
    static boolean isBodyWhole(byte[] source, int at, Header header) {
        CRC32C crc = new CRC32C();
        crc.update(source, at + HEADER, header.deviceLength() + header.length());
        return (int) crc.getValue() == header.bodyCheck();
    }

    static OutboxEntry readEntry(byte[] source, int at, Header header, Lane lane) {
        DeviceId device =
                DeviceId.of(new String(source, at + HEADER, header.deviceLength(), StandardCharsets.US_ASCII));
        byte[] payload = new byte[header.length()];
        System.arraycopy(source, at + HEADER + header.deviceLength(), payload, 0, payload.length);
        return new OutboxEntry(
                header.position(),
                header.epoch(),
                header.sequence(),
                OutboxRecord.owning(header.id(), device, lane, payload));
    }

    private static int headerCheck(byte[] source, int at, long salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).flip());
        crc.update(source, at + Integer.BYTES, HEADER - Integer.BYTES);
        return (int) crc.getValue();
    }
}
