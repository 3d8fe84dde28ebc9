package org.openiomt.mqtt.consume;

import org.openiomt.core.IomtException;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;

/** Why a message, or an observation of it, was refused: a closed list, for counts, alarms and audit logs. */
public enum Refusal {
    /** It is not from the sites and gateways that the consumer listens to, or of a kind that it does not take. */
    NOT_EXPECTED("not expected"),
    /** It has more octets than the consumer takes. */
    TOO_LARGE("too large"),
    /** Its octets are no message, or no sealed one where sealed ones are taken. */
    NOT_UNDERSTOOD("not understood"),
    /**
     * The gateway that its topic names has not made it so for this topic and device: it was changed, moved to another topic, or made
     * by a stranger or a fellow reader.
     */
    NOT_AUTHENTIC("not authentic"),
    /** It is genuine, and sealed for other readers. */
    SEALED_FOR_OTHERS("sealed for others"),
    /** It is genuine, and its gateway has not announced in time what opens it. */
    KEY_NOT_ANNOUNCED("key not announced"),
    /** It belongs to a run of the gateway's outbox that is older than all that the consumer remembers. */
    TOO_OLD("too old");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** Returns the words that an audit log has for it. */
    String words() {
        return words;
    }

    /** Returns why a fault of an opener or decoder refuses what came. */
    static Refusal of(RuntimeException fault) {
        if (fault instanceof AuthenticationException) {
            return NOT_AUTHENTIC;
        }
        boolean isOthers = fault instanceof IomtException && !(fault instanceof DecodeException);
        return isOthers ? SEALED_FOR_OTHERS : NOT_UNDERSTOOD;
    }
}
