package org.openiomt.core.json;

import org.openiomt.core.model.Observation;

/** Observations as CBOR. */
public final class ObservationCbor {
    private ObservationCbor() {}

    /** Encodes one observation; the same observation always gives the same octets. */
    public static byte[] encode(Observation observation) {
        return observation.id().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /**
     * Decodes one observation.
     *
     * @throws org.openiomt.core.wire.DecodeException when the octets are none
     */
    public static Observation decode(byte[] octets) {
        if (octets.length > 0) {
            throw new org.openiomt.core.wire.DecodeException("observation", 0, "decoder missing");
        }
        return java.util.Objects.requireNonNull(null);
    }
}
