package org.openiomt.security.session;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.spi.AuthenticationException;

/**
 * Cuts a stream of octets into what was sent: packets of the handshake and frames, each behind its length of two octets. However
 * the stream was chopped, the same comes out. Holds what has arrived of one packet, and never more for a length that was only
 * announced. For one thread at a time.
 */
public final class StreamReader {
    /** What a session sends at most in one piece, in octets, the length among them. */
    public static final int MAX_PACKET_LENGTH = Short.BYTES + FrameSealer.MAX_FRAME_LENGTH;

    private static final int INITIAL_CAPACITY = 256;

    private final int maxLength;
    private byte[] octets = new byte[INITIAL_CAPACITY];
    private int start;
    private int end;

    /**
     * Reads packets.
     *
     * @param maxLength the longest packet to be accepted, in octets, the length among them: less while the peer is a stranger
     */
    public StreamReader(int maxLength) {
        if (maxLength < Short.BYTES + 1 || maxLength > MAX_PACKET_LENGTH) {
            throw new IllegalArgumentException(
                    "a packet has 3 to " + MAX_PACKET_LENGTH + " octets, but got " + maxLength);
        }
        this.maxLength = maxLength;
    }

    /** Adds what has arrived; the octets are copied. */
    public void append(byte[] chunk, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, chunk.length);
        if (octets.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(chunk, offset, octets, end, length);
        end += length;
    }

    /**
     * Returns the next packet with its length in front, a new array; empty when it is not there as a whole.
     *
     * @throws AuthenticationException when it is empty or longer than accepted: the stream is of no use any more
     */
    public Optional<byte[]> next() {
        if (end - start < Short.BYTES) {
            return Optional.empty();
        }
        int length = Short.BYTES + ((short) FrameSealer.SHORT.get(octets, start) & 0xFFFF);
        if (length == Short.BYTES || length > maxLength) {
            throw new AuthenticationException();
        }
        if (end - start < length) {
            return Optional.empty();
        }
        byte[] packet = Arrays.copyOfRange(octets, start, start + length);
        start += length;
        return Optional.of(packet);
    }

    /** Returns whether a packet has begun that is not there as a whole: at the end of a stream, it was cut off. */
    public boolean hasPart() {
        return end > start;
    }

    /** Puts its length in front of a packet. */
    static byte[] framed(byte[] packet) {
        byte[] framed = new byte[Short.BYTES + packet.length];
        FrameSealer.SHORT.set(framed, 0, (short) packet.length);
        System.arraycopy(packet, 0, framed, Short.BYTES, packet.length);
        return framed;
    }

    /** Returns a packet without its length. */
    static byte[] body(byte[] framed) {
        if (framed.length <= Short.BYTES
                || ((short) FrameSealer.SHORT.get(framed, 0) & 0xFFFF) != framed.length - Short.BYTES) {
            throw new AuthenticationException();
        }
        return Arrays.copyOfRange(framed, Short.BYTES, framed.length);
    }

    private void makeRoom(int length) {
        int held = end - start;
        byte[] target = held + length <= octets.length ? octets : new byte[Math.max(held + length, 2 * octets.length)];
        System.arraycopy(octets, start, target, 0, held);
        octets = target;
        start = 0;
        end = held;
    }
}
