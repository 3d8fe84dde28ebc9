package org.openiomt.security.sealed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.openiomt.security.identity.Signer;

/**
 * Seals one large object in chunks of 64 KiB, with memory for one. It is whole only after {@link #finish()}: closed without, it is
 * cut off, and its readers find that. So an object whose making failed half-way does not pass for a shorter one.
 *
 * <p>For one thread at a time. Closing it wipes the key of the content and closes the stream behind it.
 */
public final class SealedOutputStream extends OutputStream {
    private final OutputStream out;
    private final Signer signer;
    private final String name;
    private final EpochHeader header;
    private final ContentKey key;
    private final byte[] associatedData;
    private final byte[] buffer = new byte[SealedChunk.CONTENT];
    private int filled;
    private long index;
    private boolean isFinished;
    private boolean isClosed;

    private SealedOutputStream(OutputStream out, Signer signer, String name, EpochHeader header, ContentKey key) {
        this.out = out;
        this.signer = signer;
        this.name = name;
        this.header = header;
        this.key = key;
        this.associatedData = SealedChunk.associatedData(header, name);
    }

    /**
     * Begins an object.
     *
     * @param out takes what is sealed
     * @param publisher who seals it, by ids between slashes
     * @param signer signs each chunk; stays the caller's
     * @param readers who may read: 1 to 256, all of one suite
     * @param name what it is: its readers must say the same
     */
    public static SealedOutputStream open(
            OutputStream out,
            String publisher,
            Signer signer,
            Collection<ReaderPublicKey> readers,
            String name,
            Clock clock)
            throws IOException {
        Objects.requireNonNull(out, "out");
        byte[] key = ContentKey.random();
        try {
            EpochHeader header = EpochHeader.create(
                    EpochHeader.Purpose.OBJECT,
                    clock.millis(),
                    Instant.ofEpochMilli(clock.millis()),
                    publisher,
                    readers,
                    key,
                    signer);
            byte[] octets = header.octets();
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array());
            out.write(octets);
            return new SealedOutputStream(out, signer, name, header, ContentKey.of(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        requireOpen();
        int done = 0;
        while (done < length) {
            if (filled == buffer.length) {
                chunk(SealedChunk.MORE);
            }
            int part = Math.min(length - done, buffer.length - filled);
            System.arraycopy(source, offset + done, buffer, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Passes on whole chunks; what fills none waits. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends the object: it is whole. Nothing can be written afterwards. */
    public void finish() throws IOException {
        requireOpen();
        chunk(SealedChunk.LAST);
        isFinished = true;
        out.flush();
    }

    private void chunk(int kind) throws IOException {
        long nonce = SealedChunk.nonce(index++, kind == SealedChunk.LAST);
        byte[] plain = Arrays.copyOf(buffer, filled);
        byte[] sealed = key.seal(nonce, associatedData, plain);
        Arrays.fill(plain, (byte) 0);
        Arrays.fill(buffer, (byte) 0);
        filled = 0;
        out.write(ByteBuffer.allocate(SealedChunk.HEAD)
                .putInt(kind << 24 | sealed.length)
                .array());
        out.write(sealed);
        out.write(signer.sign(SealedChunk.digest(header, name, nonce, sealed)));
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            key.close();
            Arrays.fill(buffer, (byte) 0);
            out.close();
        }
    }

    private void requireOpen() throws IOException {
        if (isFinished || isClosed) {
            throw new IOException("the sealed object is finished or closed");
        }
    }
}
