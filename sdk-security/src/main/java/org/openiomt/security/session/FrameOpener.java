package org.openiomt.security.session;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;

/**
 * The receiving half of a session: frames become content again, each at most once, of a stream in order only. Calls wait for
 * each other, but not for the other half.
 *
 * <p>The order of the checks is the defence: length, session, key, window asked, opened, window told, handed out. A frame that
 * fails on the way changes nothing, and the genuine one of the same number still opens.
 */
public final class FrameOpener {
    /** So many renewals of the sender's key may go by without a frame arriving. */
    static final int MAX_EPOCHS_AHEAD = 4;

    private final FrameForm form;
    private final int headerLength;
    private final int ownIndex;
    private final SessionLimits limits;
    private final SessionAge age;
    private final Consumer<byte[]> identityUpdates;

    private FrameKey key;
    private ReplayWindow window = new ReplayWindow();
    private long epoch;
    private long streamSeq;
    private long frames;

    private @Nullable FrameKey earlierKey;
    private ReplayWindow earlierWindow = new ReplayWindow();
    private long earlierUntil;

    /** The keys after {@link #key}, as far as a frame has named them; made once each, whoever made that frame. */
    private final @Nullable FrameKey[] laterKeys = new FrameKey[MAX_EPOCHS_AHEAD];

    private boolean isEnded;
    private boolean isClosed;

    /**
     * What a frame held.
     *
     * @param type what it was for
     * @param length how many octets of the application; 0 unless {@code type} is {@link FrameType#DATA}
     */
    public record Opened(FrameType type, int length) {}

    /**
     * Takes over the key.
     *
     * @param identityUpdates is called with what an identity frame brings; throws when that is refused
     */
    FrameOpener(
            FrameForm form,
            FrameKey key,
            int ownIndex,
            SessionLimits limits,
            SessionAge age,
            Consumer<byte[]> identityUpdates) {
        this.form = form;
        this.headerLength = form.headerLength();
        this.ownIndex = ownIndex;
        this.limits = limits;
        this.age = age;
        this.identityUpdates = identityUpdates;
        this.key = key;
    }

    /** Returns how many octets {@code content} must have room for, for a frame of this length; 0 when there is none. */
    public int maxContentLength(int frameLength) {
        return Math.max(0, frameLength - form.overhead());
    }

    /**
     * Opens a frame.
     *
     * @param associatedData what the carrier says that the frame is bound to
     * @param content another array than {@code frame}, with room for {@link #maxContentLength(int)} octets from {@code at} on;
     *     zeros stand there when this throws after the room was checked, never anything unproven
     * @throws IllegalArgumentException when there is not enough room
     * @throws AuthenticationException when the frame is forged, changed, repeated, too old, for another place or beyond a limit
     *     of the session, or the half is closed; nothing has changed then
     */
    public synchronized Opened open(
            byte[] frame, int offset, int length, byte[] associatedData, byte[] content, int at) {
        Objects.checkFromIndexSize(offset, length, frame.length);
        Objects.checkFromIndexSize(at, maxContentLength(length), content.length);
        if (content == frame) {
            throw new IllegalArgumentException("a frame is opened from one array into another");
        }
        if (length < form.overhead() || length > form.overhead() + FrameSealer.maxContentLength(form)) {
            throw new AuthenticationException();
        }
        requireOpen();
        FrameType type = form == FrameForm.STREAM
                ? openNext(frame, offset, length, associatedData, content, at)
                : openAny(frame, offset, length, associatedData, content, at);
        frames++;
        return deliver(type, content, at, length - form.overhead());
    }

    /** Returns the content of a frame as a new array, and nothing of frames that hold none; for frames of data only. */
    byte[] openData(byte[] frame, byte[] associatedData) {
        byte[] content = new byte[maxContentLength(frame.length)];
        if (frame.length < form.overhead() || type(frame, 0) != FrameType.DATA) {
            throw new AuthenticationException();
        }
        open(frame, 0, frame.length, associatedData, content, 0);
        return content;
    }

    /** Returns whether the peer has said that nothing more comes. */
    public synchronized boolean isEnded() {
        return isEnded;
    }

    /** Forgets the key before the current one, if its time is over. */
    synchronized void onDeadline() {
        if (earlierKey != null && age.millis() >= earlierUntil) {
            forgetEarlier();
        }
    }

    /** Returns when {@link #onDeadline()} has something to do, as an age; the largest number when never. */
    synchronized long deadline() {
        return earlierKey == null ? Long.MAX_VALUE : earlierUntil;
    }

    /** Wipes the keys. */
    synchronized void close() {
        isClosed = true;
        key.close();
        forgetEarlier();
        for (int i = 0; i < laterKeys.length; i++) {
            FrameKey later = laterKeys[i];
            if (later != null) {
                later.close();
                laterKeys[i] = null;
            }
        }
    }

    @Override
    public String toString() {
        return "FrameOpener[" + form + ", keys hidden]";
    }

    private void requireOpen() {
        if (frames % FrameSealer.ASK_TIME_EVERY == FrameSealer.ASK_TIME_EVERY - 1) {
            age.update();
        }
        if (isClosed || isEnded || frames >= limits.maxFrames() || age.isOver()) {
            throw new AuthenticationException();
        }
    }

    private FrameType openNext(byte[] frame, int offset, int length, byte[] associatedData, byte[] content, int at) {
        FrameType type = type(frame, offset);
        if (type == null
                || ((short) FrameSealer.SHORT.get(frame, offset) & 0xFFFF) != length - Short.BYTES
                || streamSeq >= SessionLimits.MAX_SEQ) {
            throw new AuthenticationException();
        }
        key.open(streamSeq, frame, offset, length, headerLength, associatedData, content, at);
        streamSeq++;
        if (frame[offset + 2] < 0) { // the bit FrameSealer.STREAM_LAST_OF_KEY
            FrameKey next = key.next();
            key.close();
            key = next;
            epoch++;
            streamSeq = 0;
        }
        return type;
    }

    private FrameType openAny(byte[] frame, int offset, int length, byte[] associatedData, byte[] content, int at) {
        FrameType type = type(frame, offset);
        if (type == null || (form == FrameForm.INDEXED && (int) FrameSealer.INT.get(frame, offset + 12) != ownIndex)) {
            throw new AuthenticationException();
        }
        int ahead = epochsAhead(frame, offset);
        FrameKey used = keyOf(ahead);
        ReplayWindow seen = ahead < 0 ? earlierWindow : window;
        long seq = form == FrameForm.COMPACT
                ? rebuilt((short) FrameSealer.SHORT.get(frame, offset + 1) & 0xFFFF, ahead > 0 ? -1 : seen.highest())
                : (long) FrameSealer.LONG.get(frame, offset + 4);
        if (seq < 0 || seq >= SessionLimits.MAX_SEQ || (ahead <= 0 && !seen.isNew(seq))) {
            throw new AuthenticationException();
        }
        used.open(seq, frame, offset, length, headerLength, associatedData, content, at);
        if (ahead > 0) {
            advance(ahead);
            window.commit(seq);
        } else {
            seen.commit(seq);
        }
        return type;
    }

    private @Nullable FrameType type(byte[] frame, int offset) {
        return switch (form) {
            case STREAM -> FrameType.ofId(frame[offset + 2] & ~FrameSealer.STREAM_LAST_OF_KEY & 0xFF);
            case COMPACT -> FrameType.ofId((frame[offset] >> 6 & 3) + 1);
            case DATAGRAM, INDEXED ->
                frame[offset + 2] == 0 && frame[offset + 3] == 0 ? FrameType.ofId(frame[offset] & 0xFF) : null;
        };
    }

    /** Returns by how much the frame's key is ahead of the current one: -1 to {@link #MAX_EPOCHS_AHEAD}. */
    private int epochsAhead(byte[] frame, int offset) {
        int modulus = form == FrameForm.COMPACT ? FrameSealer.COMPACT_EPOCHS : 256;
        int ahead = (frame[form == FrameForm.COMPACT ? offset : offset + 1] - (int) epoch) & (modulus - 1);
        if (ahead == modulus - 1) {
            return -1;
        }
        if (ahead > MAX_EPOCHS_AHEAD) {
            throw new AuthenticationException();
        }
        return ahead;
    }

    private FrameKey keyOf(int ahead) {
        if (ahead == 0) {
            return key;
        }
        if (ahead < 0) {
            if (earlierKey == null || age.update() >= earlierUntil) {
                throw new AuthenticationException();
            }
            return earlierKey;
        }
        FrameKey last = key;
        for (int i = 0; i < ahead; i++) {
            FrameKey next = laterKeys[i];
            if (next == null) {
                next = last.next();
                laterKeys[i] = next;
            }
            last = next;
        }
        return last;
    }

    /** Goes on to a later key, and keeps the one before it for a while. Those that were skipped had no frame that arrived. */
    private void advance(int by) {
        forgetEarlier();
        FrameKey before = key;
        for (int i = 0; i < by; i++) {
            if (i > 0) {
                before.close();
                window.clear(); // nothing was seen under a key that was skipped
                before = key;
            }
            key = Objects.requireNonNull(laterKeys[i]);
        }
        System.arraycopy(laterKeys, by, laterKeys, 0, laterKeys.length - by);
        Arrays.fill(laterKeys, laterKeys.length - by, laterKeys.length, null);
        ReplayWindow free = earlierWindow;
        earlierKey = before;
        earlierWindow = window;
        earlierUntil = age.update() + limits.grace().toMillis();
        window = free;
        window.clear();
        epoch += by;
    }

    private void forgetEarlier() {
        if (earlierKey != null) {
            earlierKey.close();
            earlierKey = null;
        }
    }

    /** Returns the number nearest to the one expected next that has these lower 16 bits. */
    static long rebuilt(int lower, long highest) {
        long expected = highest + 1;
        long candidate = (expected & ~0xFFFFL) | lower;
        if (candidate > expected + 0x7FFF && candidate > 0xFFFF) {
            return candidate - 0x1_0000;
        }
        return candidate < expected - 0x8000 ? candidate + 0x1_0000 : candidate;
    }

    private Opened deliver(FrameType type, byte[] content, int at, int length) {
        if (type == FrameType.DATA) {
            return new Opened(type, length);
        }
        byte[] brought = Arrays.copyOfRange(content, at, at + length);
        Arrays.fill(content, at, at + length, (byte) 0);
        if (type == FrameType.CLOSE) {
            isEnded = true;
        } else if (brought.length > 0) {
            identityUpdates.accept(brought);
        }
        return new Opened(type, 0);
    }
}
