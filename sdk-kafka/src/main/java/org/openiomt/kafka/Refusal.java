package org.openiomt.kafka;

import org.openiomt.core.IomtException;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;

/** Why a record, or an observation of it, was refused: a closed list, for counts, alarms and audit logs. */
public enum Refusal {
    /** Its key, headers or octets are no message, or no sealed one where sealed ones are taken. */
    NOT_UNDERSTOOD("not understood"),
    /** The gateway that its key names has not made it so for this place: it was changed, moved, or made by a stranger. */
    NOT_AUTHENTIC("not authentic"),
    /** It is genuine, and sealed for other readers. */
    SEALED_FOR_OTHERS("sealed for others"),
    /** It is genuine, and what opens it was not announced in time. */
    KEY_NOT_ANNOUNCED("key not announced"),
    /** It belongs to a run of the gateway's outbox that is older than all that is remembered. */
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
