package org.openiomt.security.identity.peer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.AuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells this side why a peer was refused, and the other side nothing. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(PeerVerifier.class);

    private final Consumer<Refusal> listener;

    Refusals(Consumer<Refusal> listener) {
        this.listener = listener;
    }

    /** Logs at debug, for strangers may cause as many of these as they like; counting and reporting is the listener's. */
    AuthenticationException refuse(Refusal reason, @Nullable String detail) {
        LOG.debug("peer refused, {}: {}", reason, detail);
        listener.accept(reason);
        return new AuthenticationException();
    }
}
