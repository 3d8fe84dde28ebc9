package org.openiomt.security.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.Primitives;

/**
 * Guarded frames of a datagram {@link FrameForm} for the links of a gateway, of a session or of keys that both ends share. Only
 * frames of data are opened.
 *
 * <p>Each frame opens at most once, if it is not older than {@value ReplayWindow#SIZE} frames. A guard belongs to a session
 * and not to a link: after a reconnection the same two guards go on. Sealing and opening do not
 * wait for each other. After {@link #close()} opening throws {@link AuthenticationException} and sealing {@link
 * IllegalStateException}.
 */
public final class DatagramFrames implements FrameGuard {
    /** Without a clock, time is no limit. */
    private static final SessionLimits WITHOUT_TIME = new SessionLimits(
            Duration.ofDays(36_500),
            SessionLimits.MAX_SEQ,
            SessionLimits.MAX_SEQ,
            1L << 56,
            Duration.ofDays(36_500),
            Duration.ofDays(1));

    private final FrameForm form;
    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final Runnable onClose;

    /** Guards one end. {@code firstNumber} is 0 but in tests of the limit. */
    DatagramFrames(SessionKeys keys, Role role, long firstNumber) {
        Aead aead = Primitives.preferred().aesGcm();
        SessionAge age = new SessionAge(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        try (SessionKeys.Directions directions = keys.take(role)) {
            this.form = FrameForm.DATAGRAM;
            this.sealer =
                    new FrameSealer(form, new FrameKey(aead, directions.send(), 0), 0, WITHOUT_TIME, age, firstNumber);
            this.opener =
                    new FrameOpener(form, new FrameKey(aead, directions.receive(), 0), 0, WITHOUT_TIME, age, update -> {
                        throw new AuthenticationException();
                    });
        }
        this.onClose = () -> {};
    }

    /** Guards with the halves of a session. */
    DatagramFrames(SecureSession session, FrameForm form) {
        if (form == FrameForm.STREAM) {
            throw new IllegalStateException("the frames of a stream keep an order that a link does not promise");
        }
        this.form = form;
        this.sealer = session.sealer();
        this.opener = session.opener();
        this.onClose = session::close;
    }

    /**
     * Guards one end with keys that both ends share, in frames of the form {@link FrameForm#DATAGRAM} with AES-256-GCM. All
     * 2^40 frames are under these keys: renew them by a new salt.
     *
     * @param keys stay the caller's, and may be closed once both ends are made
     * @throws IllegalStateException when {@code keys} are closed, or {@code role} has taken them before
     */
    public static DatagramFrames of(SessionKeys keys, Role role) {
        return new DatagramFrames(keys, role, 0);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the frame would be longer than {@link FrameSealer#MAX_FRAME_LENGTH}
     * @throws IllegalStateException when the guard is closed or has sealed all the frames of its session
     */
    @Override
    public byte[] seal(byte[] octets, byte[] associatedData) {
        return sealer.seal(octets, associatedData);
    }

    @Override
    public byte[] open(byte[] frame, byte[] associatedData) {
        return opener.openData(frame, associatedData);
    }

    @Override
    public int overhead() {
        return form.overhead();
    }

    @Override
    public void close() {
        sealer.close();
        opener.close();
        onClose.run();
    }

    @Override
    public String toString() {
        return "DatagramFrames[keys hidden]";
    }
}
