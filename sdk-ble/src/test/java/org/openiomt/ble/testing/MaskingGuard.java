package org.openiomt.ble.testing;

import java.util.Arrays;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;

/** No protection at all, but shows what was bound to what: the octets behind one octet of the channel's hash. */
public final class MaskingGuard implements FrameGuard {
    /** Makes a guard; all are equal. */
    public MaskingGuard() {}

    @Override
    public byte[] seal(byte[] octets, byte[] associatedData) {
        byte[] frame = new byte[octets.length + 1];
        frame[0] = (byte) Arrays.hashCode(associatedData);
        System.arraycopy(octets, 0, frame, 1, octets.length);
        return frame;
    }

    @Override
    public byte[] open(byte[] frame, byte[] associatedData) {
        if (frame.length == 0 || frame[0] != (byte) Arrays.hashCode(associatedData)) {
            throw new AuthenticationException();
        }
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    @Override
    public int overhead() {
        return 1;
    }

    @Override
    public void close() {}
}
