package org.openiomt.security.identity.pairing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.security.session.Role;

/**
 * Gives out short codes and counts what becomes of them, so that nobody can guess for long: a code serves for one try and a short
 * time; after three tries in a row that failed there is a pause, which doubles with each further one. May be used by several
 * threads.
 */
public final class PairingDesk {
    /** The number of tries that may fail before there is a pause. */
    public static final int TRIES = 3;

    /** For how long a try may begin with a code. */
    public static final Duration CODE_LIFETIME = Duration.ofMinutes(3);

    /** The first pause. */
    public static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** The longest pause. */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final int DOUBLINGS = 6; // 64 minutes are more than the longest pause

    private final Clock clock;
    private final int digits;
    private final AuditSink audit;
    private int failures;
    private Instant pausedUntil = Instant.MIN;
    private Instant latest = Instant.MIN;
    private @Nullable ShortCode open;

    /** Gives out codes of {@value ShortCode#MIN_DIGITS} digits. */
    public PairingDesk(Clock clock) {
        this(clock, ShortCode.MIN_DIGITS);
    }

    /**
     * Gives out codes.
     *
     * @param digits {@value ShortCode#MIN_DIGITS} to {@value ShortCode#MAX_DIGITS}
     */
    public PairingDesk(Clock clock, int digits) {
        this(clock, digits, AuditSink.NONE);
    }

    /**
     * Gives out codes, and writes down which tries succeed and which fail; those that are never ended are not heard of again.
     *
     * @param digits {@value ShortCode#MIN_DIGITS} to {@value ShortCode#MAX_DIGITS}
     */
    public PairingDesk(Clock clock, int digits, AuditSink audit) {
        if (digits < ShortCode.MIN_DIGITS || digits > ShortCode.MAX_DIGITS) {
            throw new IllegalArgumentException("a code has " + ShortCode.MIN_DIGITS + " to " + ShortCode.MAX_DIGITS
                    + " digits, but " + digits + " were asked for");
        }
        this.clock = clock;
        this.digits = digits;
        this.audit = audit;
    }

    /** Returns when the next code may be given out: now or earlier when there is no pause. */
    public synchronized Instant pausedUntil() {
        return pausedUntil;
    }

    /**
     * Returns a new code to show; the one before is void.
     *
     * @throws IllegalStateException during a pause; the message says until when
     */
    public synchronized ShortCode newCode() {
        Instant now = now();
        if (now.isBefore(pausedUntil)) {
            throw new IllegalStateException("too many tries have failed: no code before " + pausedUntil);
        }
        discard();
        ShortCode code = ShortCode.random(digits, now.plus(CODE_LIFETIME));
        open = code;
        return code;
    }

    /**
     * Begins the one try that the code serves for.
     *
     * @param own this end's role
     * @throws IllegalStateException when there is no code, it was used, or its time is over
     */
    public synchronized CodePairing begin(Role own) {
        ShortCode code = open;
        open = null;
        if (code == null || now().isAfter(code.until())) {
            throw new IllegalStateException("no code is open: one code serves for one try, for " + CODE_LIFETIME);
        }
        char[] shown = code.digits();
        code.close();
        try {
            // Counted before it begins, so that a try which is never ended counts too.
            fail();
            return new CodePairing(own, shown, this::ended);
        } finally {
            Arrays.fill(shown, '\0');
        }
    }

    @Override
    public synchronized String toString() {
        return "PairingDesk[" + failures + " tries have failed, paused until " + pausedUntil + "]";
    }

    private synchronized void ended(boolean isDone) {
        AuditEventType type = isDone ? AuditEventType.PEER_IDENTIFIED : AuditEventType.PEER_REFUSED;
        audit.record(new AuditEvent(type, Optional.empty(), "", "", "code"));
        if (isDone) {
            failures = 0;
            pausedUntil = Instant.MIN;
        }
    }

    private void fail() {
        failures++;
        if (failures >= TRIES) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - TRIES, DOUBLINGS));
            pausedUntil = now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        }
    }

    /** The clock, which may be set back but not to end a pause that began later: time stands still here until it catches up. */
    private Instant now() {
        Instant now = clock.instant();
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    private void discard() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
