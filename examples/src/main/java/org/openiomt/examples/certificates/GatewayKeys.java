package org.openiomt.examples.certificates;

import java.util.List;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.sealed.ReaderPublicKey;

/**
 * What a gateway seals with: it can sign, and it can open nothing.
 *
 * @param signer signs what it sends
 * @param readers who may read it
 */
public record GatewayKeys(Signer signer, List<ReaderPublicKey> readers) implements AutoCloseable {
    /** Copies the list. */
    public GatewayKeys {
        readers = List.copyOf(readers);
    }

    @Override
    public void close() {
        signer.close();
    }
}
