package org.openiomt.security.net.link;

import org.openiomt.core.spi.LinkException;

/** A link over a secure connection is over, and what waited on it fails with this. */
public final class LinkLostException extends LinkException {
    private static final long serialVersionUID = 1L;

    private final LinkEnd reason;

    LinkLostException(LinkEnd reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why it is over. */
    public LinkEnd reason() {
        return reason;
    }
}
