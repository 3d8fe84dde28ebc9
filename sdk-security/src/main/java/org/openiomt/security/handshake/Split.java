package org.openiomt.security.handshake;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a finished handshake leaves: the keys of the session as this end sees them. Each array is handed out once, by who made
 * the handshake to who runs the session; {@link #close()} wipes them here.
 *
 * @param sendKey 32 octets, the first of the hash's length
 * @param receiveKey 32 octets, likewise
 * @param resumptionSecret from which a later session may begin; of the hash's length
 * @param handshakeHash public: what binds other things to this session
 * @param remoteStatic the peer's static key, where it has one
 */
@SuppressWarnings("ArrayRecordComponent") // the owner of the keys passes on
public record Split(
        byte[] sendKey, byte[] receiveKey, byte[] resumptionSecret, byte[] handshakeHash, Optional<byte[]> remoteStatic)
        implements AutoCloseable {
    @Override
    public void close() {
        Arrays.fill(sendKey, (byte) 0);
        Arrays.fill(receiveKey, (byte) 0);
        Arrays.fill(resumptionSecret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Split[hidden]";
    }
}
