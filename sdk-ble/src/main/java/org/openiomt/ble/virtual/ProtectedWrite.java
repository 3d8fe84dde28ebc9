package org.openiomt.ble.virtual;

import java.util.function.Function;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/** What a client writes to a device whose values are protected end to end. */
final class ProtectedWrite {
    private static final String CRC = "crc";

    private ProtectedWrite() {}

    /**
     * Decodes what was written, leniently, so that the device itself can say what it does not know.
     *
     * @param codecs the codec for a way of protection
     * @throws RefusedException with the service's ATT error when the check sum is missing or wrong
     * @throws DecodeException when the octets are not understood
     */
    static <T> T decode(byte[] octets, E2eContext context, Function<E2eContext, Codec<T>> codecs) {
        try {
            return codecs.apply(context).decode(octets);
        } catch (DecodeException e) {
            if (!e.field().equals(CRC)) {
                throw e;
            }
            throw isWhole(octets, codecs.apply(E2eContext.ABSENT))
                    ? new RefusedException(AttError.MISSING_CRC, "a check sum is missing")
                    : new RefusedException(AttError.INVALID_CRC, "a check sum is wrong");
        }
    }

    private static boolean isWhole(byte[] octets, Codec<?> unprotected) {
        try {
            unprotected.decode(octets, DecodeMode.STRICT);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }
}
