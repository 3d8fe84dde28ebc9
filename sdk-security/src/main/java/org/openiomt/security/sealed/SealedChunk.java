package org.openiomt.security.sealed;

/**
 * One chunk of a large object, on its way.
 * <pre>
 * object
 *   length     uint32  4        of the header, at most 512 KiB
 *   header                      {@link EpochHeader} with purpose 2
 *   chunks                      each of 65,536 octets before sealing; the last of 1 to 65,536, of 0 where the object is empty
 * chunk
 *   kind       uint8   1        0 more follow, 1 the last; others refused
 *   length     uint24  3        octets of ciphertext and tag
 *   sealed     octets  length
 *   signature  octets  64       of the publisher, over a digest of a label, the header's digest, the name, the nonce and sealed
 * </pre>
 * Big-endian. The nonce is the chunk's index, from 0, with the highest bit set in the last chunk; authenticated with the content
 * are a label, the header's digest and the object's name. So no chunk passes for another, or for one of another object.
 */
final class SealedChunk {
    static final int CONTENT = 65_536;
    static final int HEAD = 4;
    static final int MORE = 0;
    static final int LAST = 1;

    private static final long LAST_BIT = Long.MIN_VALUE;
    private static final String CONTENT_LABEL = "OpenIoMT-sealed/1 chunk";
    private static final String SIGNATURE_LABEL = "OpenIoMT-sealed/1 chunk signature";

    private SealedChunk() {}

    static long nonce(long index, boolean isLast) {
        return isLast ? index | LAST_BIT : index;
    }

    static byte[] associatedData(EpochHeader header, String name) {
        return Bound.octets(CONTENT_LABEL, header.digest(), Bound.text(name));
    }

    /** Returns what is signed. */
    static byte[] digest(EpochHeader header, String name, long nonce, byte[] sealed) {
        return Bound.digest(SIGNATURE_LABEL, header.digest(), Bound.text(name), Bound.number(nonce), sealed);
    }
}
