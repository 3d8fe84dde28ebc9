package org.openiomt.security.session;

import org.openiomt.core.spi.FrameGuard;

/** Both ends of one session, with new keys. */
record Ends(FrameGuard gateway, FrameGuard device) implements AutoCloseable {
    static Ends fresh() {
        return startingAt(0);
    }

    static Ends startingAt(long firstNumber) {
        try (SessionKeys keys = SessionKeys.fromPreSharedKey(SessionKeys.newPreSharedKey(), "gateway-1", "cuff-1")) {
            return new Ends(
                    new DatagramFrames(keys, Role.INITIATOR, firstNumber),
                    new DatagramFrames(keys, Role.RESPONDER, firstNumber));
        }
    }

    @Override
    public void close() {
        gateway.close();
        device.close();
    }
}
