package org.openiomt.benchmarks.security;

import com.southernstorm.noise.protocol.CipherStatePair;
import com.southernstorm.noise.protocol.HandshakeState;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Two ends of noise-java with the static keys that they keep. */
final class NoisePeers {
    private final byte[] privateKey = filled(1);
    private final byte[] otherPrivateKey = filled(2);
    private final String protocol;

    /** Shakes hands by {@code Noise_XX_25519_} and the cipher: {@code AESGCM} or {@code ChaChaPoly}. */
    NoisePeers(String cipher) {
        this.protocol = "Noise_XX_25519_" + cipher + "_SHA256";
    }

    /** What both ends have after a handshake. */
    record Pair(CipherStatePair initiator, CipherStatePair responder) {
        void destroy() {
            initiator.destroy();
            responder.destroy();
        }
    }

    /** Shakes hands. */
    Pair connect() throws GeneralSecurityException {
        HandshakeState initiator = new HandshakeState(protocol, HandshakeState.INITIATOR);
        HandshakeState responder = new HandshakeState(protocol, HandshakeState.RESPONDER);
        try {
            initiator.getLocalKeyPair().setPrivateKey(privateKey, 0);
            responder.getLocalKeyPair().setPrivateKey(otherPrivateKey, 0);
            initiator.start();
            responder.start();
            byte[] message = new byte[256];
            byte[] payload = new byte[256];
            int length = initiator.writeMessage(message, 0, payload, 0, 0);
            responder.readMessage(message, 0, length, payload, 0);
            length = responder.writeMessage(message, 0, payload, 0, 0);
            initiator.readMessage(message, 0, length, payload, 0);
            length = initiator.writeMessage(message, 0, payload, 0, 0);
            responder.readMessage(message, 0, length, payload, 0);
            return new Pair(initiator.split(), responder.split());
        } finally {
            initiator.destroy();
            responder.destroy();
        }
    }

    static byte[] filled(int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        return key;
    }
}
