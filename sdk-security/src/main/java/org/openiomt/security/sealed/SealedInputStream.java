package org.openiomt.security.sealed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openiomt.core.IomtException;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.SignatureVerifier;

/**
 * Opens what {@link SealedOutputStream} has sealed, with memory for one chunk. Octets leave it only after the signature and the tag
 * of their chunk were found to be right. Chunks that were changed, cut, repeated, exchanged, left out or added throw {@link
 * AuthenticationException}; that the object ends too early is found at its end, so what was read is the whole object only when
 * {@code read} has returned -1.
 *
 * <p>For one thread at a time. Closing it wipes the key of the content and closes the stream behind it.
 */
public final class SealedInputStream extends InputStream {
    private final InputStream in;
    private final List<PublicKey> publisherKeys;
    private final String name;
    private final EpochHeader header;
    private final ContentKey key;
    private final byte[] associatedData;
    private byte[] content = new byte[0];
    private int taken;
    private long index;
    private boolean isLast;
    private boolean isBroken;

    private SealedInputStream(
            InputStream in, List<PublicKey> publisherKeys, String name, EpochHeader header, ContentKey key) {
        this.in = in;
        this.publisherKeys = publisherKeys;
        this.name = name;
        this.header = header;
        this.key = key;
        this.associatedData = SealedChunk.associatedData(header, name);
    }

    /**
     * Begins to open an object.
     *
     * @param in gives what was sealed
     * @param publisher who must have sealed it
     * @param publisherKeys the keys of that publisher that are believed
     * @param reader opens; stays the caller's
     * @param name what it must be
     * @throws AuthenticationException when the publisher has not made it
     * @throws DecodeException when it does not begin as a sealed object
     * @throws IomtException when it was sealed for others
     */
    public static SealedInputStream open(
            InputStream in, String publisher, List<PublicKey> publisherKeys, ReaderKey reader, String name)
            throws IOException {
        Objects.requireNonNull(name, "name");
        List<PublicKey> keys = List.copyOf(publisherKeys);
        long length = Integer.toUnsignedLong(
                ByteBuffer.wrap(exactly(Integer.BYTES, in)).getInt());
        if (length > EpochHeader.MAX_OCTETS) {
            throw new DecodeException(
                    "length", 0, "expected at most " + EpochHeader.MAX_OCTETS + ", but came " + length);
        }
        EpochHeader header = EpochHeader.parse(exactly((int) length, in));
        boolean isGenuine = header.purpose() == EpochHeader.Purpose.OBJECT
                && header.publisher().equals(publisher)
                && keys.stream().anyMatch(header::isSignedBy);
        if (!isGenuine) {
            throw new AuthenticationException();
        }
        byte[] contentKey = header.unwrap(reader)
                .orElseThrow(() -> new IomtException("sealed for others: this reader is none of the object's"));
        try {
            return new SealedInputStream(in, keys, name, header, ContentKey.of(contentKey));
        } finally {
            Arrays.fill(contentKey, (byte) 0);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (taken == content.length) {
            if (isLast) {
                return -1;
            }
            next();
        }
        int part = Math.min(length, content.length - taken);
        System.arraycopy(content, taken, target, offset, part);
        taken += part;
        return part;
    }

    private void next() throws IOException {
        if (isBroken) {
            throw new AuthenticationException();
        }
        isBroken = true; // until this chunk was found to be right
        Arrays.fill(content, (byte) 0);
        int head = ByteBuffer.wrap(exactly(SealedChunk.HEAD, in)).getInt();
        int kind = head >>> 24;
        int length = head & 0xFFFFFF;
        boolean isEnd = kind == SealedChunk.LAST;
        int most = SealedChunk.CONTENT + ContentKey.TAG_LENGTH;
        int least = isEnd ? ContentKey.TAG_LENGTH + (index == 0 ? 0 : 1) : most;
        if (kind > SealedChunk.LAST || length < least || length > most) {
            throw new AuthenticationException();
        }
        byte[] sealed = exactly(length, in);
        byte[] signature = exactly(SignatureAlgorithm.SIGNATURE_LENGTH, in);
        long nonce = SealedChunk.nonce(index, isEnd);
        byte[] digest = SealedChunk.digest(header, name, nonce, sealed);
        if (publisherKeys.stream()
                .noneMatch(publisher -> SignatureVerifier.standard().isGenuine(publisher, digest, signature))) {
            throw new AuthenticationException();
        }
        byte[] opened = key.open(nonce, associatedData, sealed);
        if (isEnd && in.read() >= 0) {
            Arrays.fill(opened, (byte) 0);
            throw new AuthenticationException();
        }
        content = opened;
        taken = 0;
        index++;
        isLast = isEnd;
        isBroken = false;
    }

    /** Reads so many octets; the array grows with what comes, not with what was promised. */
    private static byte[] exactly(int count, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new AuthenticationException();
        }
        return octets;
    }

    @Override
    public void close() throws IOException {
        isBroken = true;
        isLast = false;
        key.close();
        Arrays.fill(content, (byte) 0);
        content = new byte[0];
        taken = 0;
        in.close();
    }
}
