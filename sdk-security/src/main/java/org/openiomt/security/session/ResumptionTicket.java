package org.openiomt.security.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.openiomt.security.handshake.HandshakeSettings;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.openiomt.security.primitive.Hash;
import org.openiomt.security.primitive.Kdf;

/**
 * What lets one later session begin without static keys and signatures: both ends of a session derive the same, nothing is
 * sent. For one use. It ends with what was known of the peer, and with the age of the full handshake: a session begun with a
 * ticket gives another, but not another term.
 */
public final class ResumptionTicket implements AutoCloseable {
    private static final byte[] ID = "OpenIoMT ticket id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "OpenIoMT ticket key".getBytes(StandardCharsets.US_ASCII);

    private final byte[] id;
    private final byte[] key;
    private final CipherSuite suite;
    private final boolean isPostQuantum;
    private final VerifiedPeer peer;
    private final Instant notAfter;
    private boolean isSpent;

    private ResumptionTicket(
            byte[] id, byte[] key, CipherSuite suite, boolean isPostQuantum, VerifiedPeer peer, Instant notAfter) {
        this.id = id;
        this.key = key;
        this.suite = suite;
        this.isPostQuantum = isPostQuantum;
        this.peer = peer;
        this.notAfter = notAfter;
    }

    static ResumptionTicket derive(
            byte[] resumptionSecret,
            Hash hash,
            CipherSuite suite,
            boolean isPostQuantum,
            VerifiedPeer peer,
            Instant notAfter) {
        Kdf kdf = new Kdf(hash);
        byte[] none = {};
        Instant end = peer.validUntil().filter(notAfter::isAfter).orElse(notAfter);
        return new ResumptionTicket(
                kdf.derive(none, resumptionSecret, ID, Hello.TICKET_LENGTH),
                kdf.derive(none, resumptionSecret, KEY, HandshakeSettings.PRE_SHARED_KEY_LENGTH),
                suite.classical(),
                isPostQuantum,
                peer,
                end);
    }

    /** Returns whom the earlier session was with. */
    public VerifiedPeer peer() {
        return peer;
    }

    /** Returns up to when it may be used, inclusive. */
    public Instant notAfter() {
        return notAfter;
    }

    byte[] id() {
        return id.clone();
    }

    CipherSuite suite() {
        return suite;
    }

    boolean isPostQuantum() {
        return isPostQuantum;
    }

    String name() {
        return HexFormat.of().formatHex(id);
    }

    boolean isOver(Clock clock) {
        return clock.instant().isAfter(notAfter);
    }

    /**
     * Returns the key, a copy.
     *
     * @throws IllegalStateException when the ticket was used or closed
     */
    synchronized byte[] key() {
        if (isSpent) {
            throw new IllegalStateException("the ticket was used before");
        }
        return key.clone();
    }

    /** Wipes the key: nobody uses the ticket any more. */
    @Override
    public synchronized void close() {
        isSpent = true;
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "ResumptionTicket[" + peer.name() + ", until " + notAfter + ", key hidden]";
    }
}
