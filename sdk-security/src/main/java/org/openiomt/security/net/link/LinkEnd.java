package org.openiomt.security.net.link;

/** Why a link over a secure connection is over. The first ones can be said to the peer, in {@code END}. */
public enum LinkEnd {
    /** An end has closed it and had no complaint. */
    CLOSED(0, "closed"),
    /** An end has sent what the protocol does not know, or what has no place there. */
    PROTOCOL(1, "the protocol was broken"),
    /** The ends have no version of the protocol in common. */
    VERSION(2, "no version in common"),
    /** What stands behind the device's end is gone. */
    DEVICE_LOST(3, "the device is gone"),
    /** A request or an indication was not answered in time. */
    NO_ANSWER(4, "no answer in time"),
    /** The same peer has come with a new connection. */
    REPLACED(5, "the peer has connected again"),
    /** Nothing was heard for several times the keep-alive. */
    SILENT(6, "nothing was heard"),
    /** The connection has broken, and neither end had said that it was finished. */
    CUT_OFF(-1, "the connection was cut off"),
    /** What came was not authentic. */
    NOT_AUTHENTIC(-1, "what came was not authentic"),
    /** The secure session has reached its age, or the socket has failed. */
    FAILED(-1, "the connection has failed");

    private final int code;
    private final String words;

    LinkEnd(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** Returns the code on the wire; -1 for what cannot be said any more. */
    int code() {
        return code;
    }

    String words() {
        return words;
    }

    /** Returns what a code means; a code of a later version is no complaint that this one understands. */
    static LinkEnd of(int code) {
        for (LinkEnd end : values()) {
            if (end.code == code) {
                return end;
            }
        }
        return CLOSED;
    }
}
