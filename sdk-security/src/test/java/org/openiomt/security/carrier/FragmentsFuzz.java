package org.openiomt.security.carrier;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The part of the fuzzing target that joins values to datagrams. */
public final class FragmentsFuzz {
    private static final int MAX_LENGTH = 200;

    private FragmentsFuzz() {}

    /** Takes values, each behind one octet with its length, and looks at what they become. */
    public static void join(byte[] input) {
        Fragments fragments = new Fragments(MAX_LENGTH);
        ByteBuffer values = ByteBuffer.wrap(input);
        int taken = 0;
        while (values.hasRemaining()) {
            byte[] value = new byte[Math.min(values.get() & 0xFF, values.remaining())];
            values.get(value);
            taken += value.length;
            byte[] before = value.clone();
            Optional<byte[]> datagram = fragments.join(value);
            require(Arrays.equals(value, before), "a value was changed");
            if (datagram.isPresent()) {
                int length = datagram.get().length;
                require(length > 0 && length <= MAX_LENGTH && length < taken, "a datagram has " + length + " octets");
                require((value[0] & 0x40) != 0, "a datagram ended before its last value");
                taken = 0;
            }
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new AssertionError(fault);
        }
    }
}
