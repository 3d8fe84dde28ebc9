package org.openiomt.security.session;

import java.time.Duration;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.handshake.Split;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.primitive.Aead;

/**
 * An established session: both ends are authenticated, and each has shown that it has the keys. Only a {@link SessionHandshake}
 * makes one. Sending and receiving are two halves for two threads; neither waits for the other. Nothing here reads or writes a
 * carrier or starts a thread: octets go in, octets come out.
 *
 * <p>A session ends when it is closed here, when the peer says so, at a limit, or when the peer's certificate does, unless an update
 * has brought a newer one; it does not come back.
 */
public final class SecureSession implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final SessionSettings settings;
    private final Role role;
    private final SessionPattern pattern;
    private final CipherSuite suite;
    private final FrameForm form;
    private final boolean isPostQuantum;
    private final byte[] handshakeHash;
    private final SessionAge age;
    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final ResumptionTicket ticket;
    private volatile VerifiedPeer peer;
    private volatile boolean isClosed;

    /** Takes what a handshake has left, and wipes it. */
    SecureSession(
            SessionSettings settings,
            Agreement agreement,
            Role role,
            Split split,
            VerifiedPeer peer,
            ResumptionTicket ticket) {
        this.settings = settings;
        this.role = role;
        this.pattern = agreement.pattern();
        this.suite = agreement.suite();
        this.form = agreement.form();
        this.isPostQuantum = agreement.isPostQuantum();
        this.handshakeHash = split.handshakeHash().clone();
        this.age = new SessionAge(settings.clock());
        this.peer = peer;
        this.ticket = ticket;
        age.endAt(settings.limits().maxAge(), peer.validUntil());
        Aead aead = suite.in(settings.primitives()).aead();
        SessionLimits limits = settings.limits();
        this.sealer = new FrameSealer(
                form,
                new FrameKey(aead, split.sendKey(), 0),
                agreement.remoteIndex(),
                limits,
                age,
                agreement.firstSeq());
        this.opener = new FrameOpener(
                form, new FrameKey(aead, split.receiveKey(), 0), agreement.localIndex(), limits, age, this::update);
        split.close();
    }

    /** What the ends have agreed on. {@code firstSeq} is 0 but in tests of what comes late. */
    record Agreement(
            SessionPattern pattern,
            CipherSuite suite,
            boolean isPostQuantum,
            FrameForm form,
            int localIndex,
            int remoteIndex,
            long firstSeq) {}

    /** Returns who the peer is and, by its class, how that was verified: a pin, a certificate, the key of a pairing. */
    public VerifiedPeer peer() {
        return peer;
    }

    /** Returns whether the peer was verified in an earlier session, which this one goes on from. */
    public boolean isResumed() {
        return pattern == SessionPattern.RESUME;
    }

    /** Returns which handshake has opened the session. */
    public SessionPattern pattern() {
        return pattern;
    }

    /** Returns what it computes with. */
    public CipherSuite suite() {
        return suite;
    }

    /** Returns whether a hybrid key agreement is behind it, in this handshake or in the one that it was resumed from. */
    public boolean isPostQuantum() {
        return isPostQuantum;
    }

    /** Returns which end of the handshake this was. */
    public Role role() {
        return role;
    }

    /** Returns the hash of the whole handshake, a new array: equal at both ends, and in no other session. Not secret. */
    public byte[] handshakeHash() {
        return handshakeHash.clone();
    }

    /** Returns the half that sends. */
    public FrameSealer sealer() {
        return sealer;
    }

    /** Returns the half that receives. */
    public FrameOpener opener() {
        return opener;
    }

    /**
     * Returns a guard for the links of a gateway; frames of data only. Closing it closes the session.
     *
     * @throws IllegalStateException when the session is a stream
     */
    public FrameGuard guard() {
        return new DatagramFrames(this, form);
    }

    /** Returns what a later session may begin with, once, as the initiator; the responder has the same in its store. */
    public ResumptionTicket ticket() {
        return ticket;
    }

    /**
     * Seals what this end goes on with: a new certificate or static key, as the peer's {@link UpdateVerifier} expects it.
     *
     * @throws IllegalArgumentException when there is nothing in it
     */
    public byte[] sealIdentityUpdate(byte[] update, byte[] associatedData) {
        if (update.length == 0) {
            throw new IllegalArgumentException("an identity update is not empty");
        }
        return sealer.seal(FrameType.IDENTITY, update, associatedData);
    }

    /** Seals the last frame of this end, and nothing more after it. */
    public byte[] sealClose(byte[] associatedData) {
        byte[] frame = sealer.seal(FrameType.CLOSE, NOTHING, associatedData);
        sealer.close();
        return frame;
    }

    /**
     * Says that the carrier will bring nothing more.
     *
     * @throws AuthenticationException when the peer has not said that it was finished: what it meant to send may be cut off
     */
    public void endOfCarrier() {
        if (!opener.isEnded()) {
            throw new AuthenticationException();
        }
    }

    /** Returns in what time {@link #onDeadline()} is to be called, at the latest; zero when the session is over. */
    public Duration untilDeadline() {
        SessionLimits limits = settings.limits();
        long now = age.update();
        long next = Math.min(age.end().toMillis(), opener.deadline());
        next = Math.min(next, now + limits.rekeyAge().toMillis());
        return isClosed || age.isOver() ? Duration.ZERO : Duration.ofMillis(Math.max(0, next - now));
    }

    /** Looks at the clock: keys that are too old go, and a session that is too old refuses from now on. */
    public void onDeadline() {
        age.update();
        opener.onDeadline();
        if (age.isOver()) {
            close();
        }
    }

    /** Returns whether nothing can be sealed or opened any more because of the session's age, or because it is closed. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Writes down that a frame on this session's carrier was refused; for carriers, which see what belongs to nobody. */
    public void refusedFrame() {
        settings.audit().refusedFrame(peer);
    }

    /** Wipes all keys, but for the ticket, which is its owner's. */
    @Override
    public void close() {
        isClosed = true;
        sealer.close();
        opener.close();
    }

    /** Shows names and fingerprints only. */
    @Override
    public String toString() {
        return "SecureSession[" + pattern + ", " + suite + ", " + role + ", " + peer + (isClosed ? ", closed" : "")
                + "]";
    }

    /** Says that this end has the keys. */
    byte[] sealConfirmation(byte[] associatedData) {
        return sealer.seal(FrameType.IDENTITY, NOTHING, associatedData);
    }

    private void update(byte[] octets) {
        VerifiedPeer known = peer;
        VerifiedPeer fresh;
        try {
            fresh = updated(known, octets);
        } catch (AuthenticationException e) {
            settings.audit().updateRefused(known);
            throw e;
        }
        peer = fresh;
        age.endAt(settings.limits().maxAge(), fresh.validUntil());
        settings.audit().updated(fresh);
        settings.inventory().ifPresent(inventory -> inventory.seen(this, false));
    }

    private VerifiedPeer updated(VerifiedPeer known, byte[] octets) {
        Role other = role == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR;
        VerifiedPeer fresh = settings.updates().verify(known, other, handshakeHash.clone(), octets);
        if (!fresh.name().equals(known.name())
                || !fresh.roles().contains(settings.roles().peer())) {
            throw new AuthenticationException();
        }
        return fresh;
    }
}
