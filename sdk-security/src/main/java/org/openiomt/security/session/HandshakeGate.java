package org.openiomt.security.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.primitive.Hash;
import org.openiomt.security.primitive.Kdf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the responders of one place, so that strangers cannot make them compute or remember much. A hello that passes
 * costs key agreements and memory; one that does not costs a hash, at most, and leaves nothing behind.
 *
 * <p>Where few hellos come, all pass. Under load (many handshakes half open, or many hellos in a second) a hello passes only with
 * the cookie that was sent to its address, and each address is let through so many times a second only; that is counted in a
 * table of fixed size under a secret hash, so that neighbours in the table cannot be chosen. May be used by several threads.
 */
public final class HandshakeGate {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeGate.class);
    private static final int SECRET_LENGTH = 32;
    private static final long ROTATE_MILLIS = 60_000;
    private static final long REPORT_MILLIS = 10_000;
    private static final int BUCKETS = 4096;
    private static final byte[] NOTHING = {};

    private final Limits limits;
    private final SessionAge age;
    private final Kdf kdf;
    private final SecureRandom random = new SecureRandom();
    private final byte[] bucketSecret = new byte[SECRET_LENGTH];
    private byte[] secret = new byte[SECRET_LENGTH];
    private byte[] earlierSecret = new byte[SECRET_LENGTH];
    private long secretSince;

    /** For each bucket the time in milliseconds up to which its allowance is used. */
    private final long[] usedUpTo = new long[BUCKETS];

    private int halfOpen;
    private long second = -1;
    private int hellosInSecond;
    private Counts counts = new Counts(0, 0, 0, 0, 0);
    private Counts reported = counts;
    private long reportedAt;

    /**
     * What is too much.
     *
     * @param halfOpen so many handshakes may be half open at once
     * @param loadHalfOpen from so many on, hellos need a cookie
     * @param loadPerSecond from so many hellos in a second on, hellos need a cookie
     * @param perAddressPerSecond so many hellos with a cookie pass for each address
     * @param burst so many of them at once
     */
    public record Limits(int halfOpen, int loadHalfOpen, int loadPerSecond, int perAddressPerSecond, int burst) {
        /** 1,024 half open, load from 128 or 200 a second on; 20 a second for each address, 5 at once. */
        public static final Limits DEFAULT = new Limits(1024, 128, 200, 20, 5);

        /** Checks that all are positive. */
        public Limits {
            if (halfOpen < 1 || loadHalfOpen < 0 || loadPerSecond < 0 || perAddressPerSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("a gate lets something through, but got " + halfOpen + ", "
                        + loadHalfOpen + ", " + loadPerSecond + ", " + perAddressPerSecond + ", " + burst);
            }
        }
    }

    /**
     * What has come so far.
     *
     * @param admitted hellos that have passed
     * @param sentBack hellos that were answered with a cookie
     * @param malformed packets that are no hello
     * @param limited hellos of an address that has sent too many
     * @param full hellos for which there was no place
     */
    public record Counts(long admitted, long sentBack, long malformed, long limited, long full) {
        private Counts with(Verdict verdict) {
            return switch (verdict) {
                case ADMIT -> new Counts(admitted + 1, sentBack, malformed, limited, full);
                case SEND_BACK -> new Counts(admitted, sentBack + 1, malformed, limited, full);
                case MALFORMED -> new Counts(admitted, sentBack, malformed + 1, limited, full);
                case LIMITED -> new Counts(admitted, sentBack, malformed, limited + 1, full);
                case FULL -> new Counts(admitted, sentBack, malformed, limited, full + 1);
            };
        }

        private long refused() {
            return sentBack + malformed + limited + full;
        }
    }

    /** What becomes of a hello. */
    public enum Verdict {
        /** A responder may be made for it; {@link #release()} is owed. */
        ADMIT,
        /** Send the reply, and forget it. */
        SEND_BACK,
        /** No hello: forget it. */
        MALFORMED,
        /** Too many from there: forget it. */
        LIMITED,
        /** Too many at all: forget it. */
        FULL
    }

    /**
     * A verdict.
     *
     * @param reply what to send, when it is {@link Verdict#SEND_BACK}: shorter than what has come
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way from one method to its caller
    public record Admission(Verdict verdict, Optional<byte[]> reply) {
        @Override
        public String toString() {
            return "Admission[" + verdict + "]";
        }
    }

    /** Makes a gate. */
    public HandshakeGate(Limits limits, Hash hash, Clock clock) {
        this.limits = limits;
        this.age = new SessionAge(clock);
        this.kdf = new Kdf(hash);
        random.nextBytes(secret);
        random.nextBytes(earlierSecret);
        random.nextBytes(bucketSecret);
        Arrays.fill(usedUpTo, Long.MIN_VALUE);
    }

    /**
     * Decides about the first packet of somebody.
     *
     * @param address where it is from, as the carrier says it
     * @param packet a datagram, or of a stream what {@link StreamReader} gives
     * @param form whose packets these are
     */
    public synchronized Admission admit(byte[] address, byte[] packet, FrameForm form) {
        long now = age.update();
        rotate(now);
        Admission admission = decide(address, packet, form, now);
        counts = counts.with(admission.verdict());
        if (admission.verdict() == Verdict.ADMIT) {
            halfOpen++;
        }
        report(now);
        return admission;
    }

    /** Gives back the place of a handshake that was admitted, when it is established or given up. */
    public synchronized void release() {
        if (halfOpen == 0) {
            throw new IllegalStateException("no handshake is half open");
        }
        halfOpen--;
    }

    /** Returns how many handshakes are half open. */
    public synchronized int halfOpen() {
        return halfOpen;
    }

    /** Returns what has come so far. */
    public synchronized Counts counts() {
        return counts;
    }

    private Admission decide(byte[] address, byte[] packet, FrameForm form, long now) {
        Hello hello;
        try {
            hello = Hello.read(form == FrameForm.STREAM ? StreamReader.body(packet) : packet);
        } catch (AuthenticationException e) {
            return without(Verdict.MALFORMED);
        }
        if (isUnderLoad(now)) {
            if (!hasCookie(address, hello)) {
                byte[] retry = Reply.retry(hello.index(), hello.suite(), cookie(secret, address, hello))
                        .encode();
                return new Admission(
                        Verdict.SEND_BACK, Optional.of(form == FrameForm.STREAM ? StreamReader.framed(retry) : retry));
            }
            if (!isWithinLimit(address, now)) {
                return without(Verdict.LIMITED);
            }
        }
        return without(halfOpen >= limits.halfOpen() ? Verdict.FULL : Verdict.ADMIT);
    }

    private boolean isUnderLoad(long now) {
        if (now / 1000 != second) {
            second = now / 1000;
            hellosInSecond = 0;
        }
        hellosInSecond++;
        return halfOpen >= limits.loadHalfOpen() || hellosInSecond > limits.loadPerSecond();
    }

    private boolean hasCookie(byte[] address, Hello hello) {
        return MessageDigest.isEqual(hello.cookie(), cookie(secret, address, hello))
                || MessageDigest.isEqual(hello.cookie(), cookie(earlierSecret, address, hello));
    }

    private byte[] cookie(byte[] key, byte[] address, Hello hello) {
        byte[] mac = new byte[SECRET_LENGTH];
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(address.length).array();
        kdf.hmac(key, mac, 0, length, address, hello.identity());
        return Arrays.copyOf(mac, Hello.COOKIE_LENGTH);
    }

    /** A leaky bucket: each hello uses up some time, and the time used may be ahead by a burst. */
    private boolean isWithinLimit(byte[] address, long now) {
        byte[] mac = new byte[SECRET_LENGTH];
        kdf.hmac(bucketSecret, mac, 0, address, NOTHING);
        int bucket = (((mac[0] & 0xFF) << 8) | (mac[1] & 0xFF)) % BUCKETS;
        long each = 1000 / Math.min(1000, limits.perAddressPerSecond());
        long used = Math.max(usedUpTo[bucket], now) + each;
        if (used > now + each * limits.burst()) {
            return false;
        }
        usedUpTo[bucket] = used;
        return true;
    }

    private void rotate(long now) {
        if (now - secretSince >= ROTATE_MILLIS) {
            boolean isLongAgo = now - secretSince >= 2 * ROTATE_MILLIS;
            byte[] oldest = earlierSecret;
            earlierSecret = secret;
            secret = oldest;
            random.nextBytes(secret);
            if (isLongAgo) {
                random.nextBytes(earlierSecret);
            }
            secretSince = now;
        }
    }

    /** Strangers cause these: they are counted together, and a line is written now and then. */
    private void report(long now) {
        if (now - reportedAt >= REPORT_MILLIS && counts.refused() > reported.refused()) {
            LOG.warn(
                    "handshakes refused since the last report: {} without a cookie, {} malformed, {} too often, {} for"
                            + " want of room",
                    counts.sentBack() - reported.sentBack(),
                    counts.malformed() - reported.malformed(),
                    counts.limited() - reported.limited(),
                    counts.full() - reported.full());
            reported = counts;
            reportedAt = now;
        }
    }

    private static Admission without(Verdict verdict) {
        return new Admission(verdict, Optional.empty());
    }

    @Override
    public String toString() {
        return "HandshakeGate[" + halfOpen() + " half open, " + counts() + "]";
    }
}
