package org.openiomt.examples.certificates;

import java.security.PublicKey;
import java.util.Map;
import org.openiomt.security.sealed.ReaderKey;

/**
 * What an application opens with, and whom it believes.
 *
 * @param reader opens
 * @param gateways the keys that gateways sign with, by their names in topics
 */
public record ApplicationKeys(ReaderKey reader, Map<String, PublicKey> gateways) implements AutoCloseable {
    /** Copies the map. */
    public ApplicationKeys {
        gateways = Map.copyOf(gateways);
    }

    @Override
    public void close() {
        reader.close();
    }
}
