package org.openiomt.security.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The sending half of a session: content becomes frames of the session's {@link FrameForm}. It renews its key by frames, octets
 * and time. Calls wait for each other, but not for the other half.
 *
 * <p>The time is asked with every 16th frame and in {@link SecureSession#onDeadline()}.
 */
public final class FrameSealer {
    /** The longest frame of any form, in octets, without the two of a stream's length. */
    public static final int MAX_FRAME_LENGTH = 65_535;

    static final int STREAM_LAST_OF_KEY = 0x80;
    static final int COMPACT_EPOCHS = 64;
    static final int ASK_TIME_EVERY = 16;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final FrameForm form;
    private final int headerLength;
    private final int receiverIndex;
    private final SessionLimits limits;
    private final SessionAge age;
    private final long rekeyMillis;
    private FrameKey key;
    private long epoch;
    private long seq;
    private long octets;
    private long keySince;
    private long frames;
    private boolean isRekeyAsked;
    private boolean isClosed;

    /** Takes over the key. {@code seq} is 0 but in tests of what comes late. */
    FrameSealer(FrameForm form, FrameKey key, int receiverIndex, SessionLimits limits, SessionAge age, long seq) {
        this.form = form;
        this.headerLength = form.headerLength();
        this.receiverIndex = receiverIndex;
        this.limits = limits;
        this.age = age;
        this.rekeyMillis = limits.rekeyAge().toMillis();
        this.key = key;
        this.seq = seq;
        this.frames = seq;
    }

    /** Returns the longest content of a frame, in octets. */
    public int maxContentLength() {
        return maxContentLength(form);
    }

    static int maxContentLength(FrameForm form) {
        return MAX_FRAME_LENGTH - form.overhead() + (form == FrameForm.STREAM ? Short.BYTES : 0);
    }

    /**
     * Seals content of the application.
     *
     * @param associatedData what the carrier binds the frame to, and the peer says again
     * @param frame another array than {@code content}; gets {@code length} octets and the overhead from {@code at} on
     * @return how many octets that were
     * @throws IllegalArgumentException when the content is longer than {@link #maxContentLength()} or does not fit
     * @throws IllegalStateException when the half is closed, or the session has reached a limit
     */
    public int seal(byte[] content, int offset, int length, byte[] associatedData, byte[] frame, int at) {
        return seal(FrameType.DATA, content, offset, length, associatedData, frame, at);
    }

    /** Returns a frame as a new array; see {@link #seal(byte[], int, int, byte[], byte[], int)}. */
    public byte[] seal(byte[] content, byte[] associatedData) {
        return seal(FrameType.DATA, content, associatedData);
    }

    /** Makes the next frame the last under its key. */
    public synchronized void rekey() {
        isRekeyAsked = true;
    }

    byte[] seal(FrameType type, byte[] content, byte[] associatedData) {
        requireLength(content.length);
        byte[] frame = new byte[content.length + form.overhead()];
        seal(type, content, 0, content.length, associatedData, frame, 0);
        return frame;
    }

    synchronized int seal(
            FrameType type, byte[] content, int offset, int length, byte[] associatedData, byte[] frame, int at) {
        requireLength(length);
        Objects.checkFromIndexSize(offset, length, content.length);
        Objects.checkFromIndexSize(at, length + form.overhead(), frame.length);
        if (content == frame) {
            throw new IllegalArgumentException("a frame is sealed from one array into another");
        }
        requireOpen();
        frames++;
        boolean isLastOfKey = isRekeyAsked
                || seq + 1 >= limits.rekeyFrames()
                || octets + length >= limits.rekeyOctets()
                || age.millis() - keySince >= rekeyMillis;
        writeHeader(type, isLastOfKey, length, frame, at);
        long number = seq++; // before the cipher runs: a number is never used twice, whatever happens
        octets += length;
        key.seal(number, content, offset, length, associatedData, frame, at, headerLength);
        if (isLastOfKey) {
            advance();
        }
        return length + form.overhead();
    }

    /** Wipes the key. */
    synchronized void close() {
        isClosed = true;
        key.close();
    }

    /** Returns the number of the key, from 0. */
    synchronized long epoch() {
        return epoch;
    }

    @Override
    public String toString() {
        return "FrameSealer[" + form + ", keys hidden]";
    }

    private void requireLength(int length) {
        if (length > maxContentLength()) {
            throw new IllegalArgumentException(
                    "a frame protects at most " + maxContentLength() + " octets, but got " + length);
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the session is closed");
        }
        if (frames % ASK_TIME_EVERY == 0) {
            age.update();
        }
        if (age.isOver()) {
            throw new IllegalStateException("the session has lasted " + age.end() + ": begin a new one");
        }
        if (frames >= limits.maxFrames() || seq >= SessionLimits.MAX_SEQ) {
            throw new IllegalStateException("all " + Math.min(limits.maxFrames(), SessionLimits.MAX_SEQ)
                    + " frames of this session are used: begin a new one");
        }
    }

    private void advance() {
        FrameKey next = key.next();
        key.close();
        key = next;
        epoch++;
        seq = 0;
        octets = 0;
        keySince = age.millis();
        isRekeyAsked = false;
    }

    private void writeHeader(FrameType type, boolean isLastOfKey, int length, byte[] frame, int at) {
        switch (form) {
            case STREAM -> {
                SHORT.set(frame, at, (short) (1 + length + FrameKey.TAG_LENGTH));
                frame[at + 2] = (byte) (type.id() | (isLastOfKey ? STREAM_LAST_OF_KEY : 0));
            }
            case DATAGRAM, INDEXED -> {
                INT.set(frame, at, (type.id() << 24) | (((int) epoch & 0xFF) << 16));
                LONG.set(frame, at + 4, seq);
                if (form == FrameForm.INDEXED) {
                    INT.set(frame, at + 12, receiverIndex);
                }
            }
            case COMPACT -> {
                frame[at] = (byte) (((type.id() - 1) << 6) | ((int) epoch & (COMPACT_EPOCHS - 1)));
                SHORT.set(frame, at + 1, (short) seq);
            }
        }
    }
}
