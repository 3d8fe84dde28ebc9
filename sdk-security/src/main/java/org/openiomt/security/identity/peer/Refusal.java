package org.openiomt.security.identity.peer;

import java.util.Optional;
import java.util.function.Consumer;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.spi.AuditSink;

/** Why a peer was refused: for logs, counters and the audit log of this side. The peer is told nothing of it. */
public enum Refusal {
    /** The payload is not a credential, or not in its one form. */
    MALFORMED,
    /** A pin list that does not have this key. */
    UNKNOWN_KEY,
    /** No key came, or one came where none belongs. */
    KEY_MISSING,
    /** A chain too long, a certificate too large, or with rules that are not processed here (policy mappings). */
    UNSUPPORTED_CHAIN,
    /** The chain does not lead to one of our anchors, or breaks a rule of RFC 5280. */
    UNTRUSTED,
    /** A certificate is not valid yet. */
    NOT_YET_VALID,
    /** A certificate or a delegation is over. */
    EXPIRED,
    /** The certificate may not be used for this. */
    WRONG_PURPOSE,
    /** No name in the certificate is on the list, or several are. */
    UNKNOWN_NAME,
    /** A name in the certificate has a form that two readers could understand differently: a dot at the end, a NUL. */
    AMBIGUOUS_NAME,
    /** The certificate, or one above it, was revoked. */
    REVOKED,
    /** Nothing current says that the certificate was not revoked. */
    REVOCATION_UNKNOWN,
    /** What came along about revocation is about another certificate, or not from its authority. */
    FOREIGN_STAPLE,
    /** The signature is not by the certificate's key over this role, handshake and static key. */
    NOT_SIGNED,
    /** A delegation that lasts longer than is allowed here, or gives roles that its owner does not have. */
    EXCESSIVE_DELEGATION,
    /** An update by somebody else than the peer of the session. */
    OTHER_PEER;

    /** Returns a listener for verifiers that writes each refusal down, by its name alone: nothing that a stranger has sent. */
    public static Consumer<Refusal> auditing(AuditSink audit) {
        return refusal ->
                audit.record(new AuditEvent(AuditEventType.KEY_REFUSED, Optional.empty(), "", "", refusal.name()));
    }
}
