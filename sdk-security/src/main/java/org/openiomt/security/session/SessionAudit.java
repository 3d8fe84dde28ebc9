package org.openiomt.security.session;

import java.util.Optional;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;

/** Tells the audit log who a session was with, in the words of a closed list. */
final class SessionAudit {
    private final AuditSink sink;

    SessionAudit(AuditSink sink) {
        this.sink = sink;
    }

    /** A peer has proven who it is and that it has the keys. */
    void identified(VerifiedPeer peer, boolean isResumed) {
        record(AuditEventType.PEER_IDENTIFIED, peer, isResumed ? "ticket" : proof(peer));
    }

    /** A packet of a handshake was not acceptable. */
    void refused() {
        sink.record(AuditEvent.of(AuditEventType.PEER_REFUSED, ""));
    }

    /** A frame was not authentic that came where this peer's do. */
    void refusedFrame(VerifiedPeer peer) {
        record(AuditEventType.FRAME_NOT_AUTHENTIC, peer, "");
    }

    /** A peer goes on with another certificate or key. */
    void updated(VerifiedPeer fresh) {
        record(AuditEventType.KEY_ROTATED, fresh, proof(fresh));
    }

    /** A peer could not go on with what it has sent; the key is the one that it has so far. */
    void updateRefused(VerifiedPeer known) {
        record(AuditEventType.KEY_REFUSED, known, proof(known));
    }

    private void record(AuditEventType type, VerifiedPeer peer, String detail) {
        String key = peer.staticKey().map(StaticKey::fingerprint).orElse("");
        sink.record(new AuditEvent(type, Optional.empty(), key, peer.name(), detail));
    }

    static String proof(VerifiedPeer peer) {
        if (peer instanceof VerifiedPeer.Certified certified) {
            return certified.isDelegated() ? "delegated certificate" : "certificate";
        }
        return peer instanceof VerifiedPeer.Pinned ? "pin" : "pairing";
    }
}
