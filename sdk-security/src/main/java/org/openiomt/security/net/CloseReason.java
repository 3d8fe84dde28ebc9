package org.openiomt.security.net;

/** Why a connection is over. */
public enum CloseReason {
    /** This end has closed it. */
    CLOSED_HERE,
    /** The peer has said that it was finished, and everything that it had sent has arrived. */
    CLOSED_BY_PEER,
    /** The carrier ended before the peer had said that it was finished: something may be missing. */
    CUT_OFF,
    /** The peer has sent what is not authentic, or a message that is too long. */
    NOT_AUTHENTIC,
    /** The session has reached its age or its number of frames. */
    SESSION_OVER,
    /** The socket has failed. */
    FAILED
}
