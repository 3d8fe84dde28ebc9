package org.openiomt.core.outbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One number in a file of its own, whole after any end of the process or of the power: it is written in turn to two places that
 * share no page, each with a count and a check.
 *
 * <pre>
 * field    type    octets
 * magic    uint64  8       "OIMTNUM1"
 * count    uint64  8       grows by 1 with each write; the greater one counts
 * number   int64   8
 * check    uint32  4       CRC-32C of the three
 * </pre>
 *
 * The file never grows after it was made, so that a full disk does not stop it. Used by one thread at a time.
 */
final class DurableNumber implements Closeable {
    private static final long MAGIC = 0x4F49_4D54_4E55_4D31L;
    private static final int SLOT = 4_096;
    private static final int LENGTH = 28;
    private static final int CHECKED = 24;

    private final Storage.File file;
    private long count;
    private OptionalLong number = OptionalLong.empty();
    private boolean isForced = true;

    private DurableNumber(Storage.File file) {
        this.file = file;
    }

    /** Opens the number, or makes a file that has none yet. */
    static DurableNumber open(Storage storage, Path path, boolean exists) throws IOException {
        if (exists) {
            DurableNumber opened = new DurableNumber(storage.open(path, Storage.Access.READ_WRITE));
            opened.readSlot(0);
            opened.readSlot(1);
            opened.fill();
            return opened;
        }
        DurableNumber made = new DurableNumber(storage.create(path));
        made.fill();
        return made;
    }

    /** Returns the number; empty when none was written, or both places are damaged. */
    OptionalLong value() {
        return number;
    }

    boolean isForced() {
        return isForced;
    }

    /** Writes the number; it survives the end of the process now, and that of the power after {@link #force}. */
    void write(long value) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(LENGTH);
        slot.putLong(MAGIC).putLong(count + 1).putLong(value);
        slot.putInt(check(slot.array()));
        file.write(slot.array(), 0, LENGTH, SLOT * ((count + 1) % 2));
        count++;
        number = OptionalLong.of(value);
        isForced = false;
    }

    void force() throws IOException {
        if (!isForced) {
            file.force();
            isForced = true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void readSlot(int slot) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(LENGTH);
        int length = file.read(octets.array(), 0, LENGTH, (long) SLOT * slot);
        if (length < LENGTH || octets.getLong(0) != MAGIC || octets.getInt(CHECKED) != check(octets.array())) {
            return;
        }
        long written = octets.getLong(Long.BYTES);
        if (number.isEmpty() || written > count) {
            count = written;
            number = OptionalLong.of(octets.getLong(2 * Long.BYTES));
        }
    }

    /** Gives the file its full size. */
    private void fill() throws IOException {
        long size = file.size();
        if (size < 2L * SLOT) {
            file.write(new byte[2 * SLOT], 0, (int) (2 * SLOT - size), size);
            file.force();
        }
    }

    private static int check(byte[] slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot, 0, CHECKED);
        return (int) crc.getValue();
    }
}
