package org.openiomt.security.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How a log lies in a file: a header, then records without gaps. Most significant octet first.
 * <pre>
 * header      octets  meaning
 * magic       8       "IOMTLOG" and the version, 0x01
 * length      2       of the key
 * key         n       {@link VerifierKey} as text: who signs this log; its name is the log's
 * check       4       CRC-32C of all before
 *
 * record      octets  meaning
 * kind        1       1 an entry, 2 a checkpoint; 0 is none, so that zeros are no record
 * length      2       of the content
 * content     n       an entry; or size (8), root (32) and signature (64) of a checkpoint over all entries before it
 * check       4       CRC-32C of all before, from the kind on
 * </pre>
 * A checkpoint is signed and written only when all before it is durable: damage before a checkpoint is never the work of a crash.
 */
final class LogFormat {
    static final byte ENTRY = 1;
    static final byte CHECKPOINT = 2;
    static final int RECORD_HEADER = 3;
    static final int CHECK = 4;
    static final int SIGNATURE = 64;
    static final int CHECKPOINT_CONTENT = Long.BYTES + TreeHash.LENGTH + SIGNATURE;
    static final int CHECKPOINT_RECORD = RECORD_HEADER + CHECKPOINT_CONTENT + CHECK;

    private static final byte[] MAGIC = {'I', 'O', 'M', 'T', 'L', 'O', 'G', 1};
    static final int HEADER_START = MAGIC.length + 2;

    private LogFormat() {}

    static byte[] header(VerifierKey key) {
        byte[] text = key.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(HEADER_START + text.length + CHECK);
        out.put(MAGIC).putShort((short) text.length).put(text);
        return out.putInt(check(out.array(), 0, out.position())).array();
    }

    /** Whether these octets begin a log of this version. */
    static boolean isMagic(byte[] octets) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (octets[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** Begins a record; {@link #end} ends it. Until then the length is 0, and so is the octet before the content. */
    static void begin(ByteBuffer out, byte kind) {
        out.put(kind).putShort((short) 0);
    }

    /** Ends the record that began at {@code start}, with its length and its check. */
    static void end(ByteBuffer out, int start, CRC32C crc) {
        out.putShort(start + 1, (short) (out.position() - start - RECORD_HEADER));
        crc.reset();
        crc.update(out.array(), out.arrayOffset() + start, out.position() - start);
        out.putInt((int) crc.getValue());
    }

    static byte[] checkpoint(Checkpoint checkpoint, byte[] signature) {
        ByteBuffer out = ByteBuffer.allocate(CHECKPOINT_RECORD);
        begin(out, CHECKPOINT);
        out.putLong(checkpoint.size()).put(checkpoint.root().array()).put(signature);
        end(out, 0, new CRC32C());
        return out.array();
    }

    static int check(byte[] octets, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(octets, offset, length);
        return (int) crc.getValue();
    }
}
