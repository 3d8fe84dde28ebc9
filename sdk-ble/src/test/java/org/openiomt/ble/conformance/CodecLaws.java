package org.openiomt.ble.conformance;

import java.util.List;
import net.jqwik.api.Arbitrary;
import org.openiomt.core.wire.Codec;

/**
 * The laws of one codec. A profile's {@code XPropertyTest} extends this and says two things: the codec, and values that
 * the standard foresees (no reserved codes, no unknown flags, no tail).
 *
 * @param <T> the type of the values
 */
public abstract class CodecLaws<T> extends Laws {

    /** Returns the codec. */
    protected abstract Codec<T> codec();

    /** Returns values that the standard foresees. */
    protected abstract Arbitrary<T> values();

    /** Whether octets after a whole value are a tail; false for values that go on to the end, such as texts. */
    protected boolean isClosed() {
        return true;
    }

    @Override
    protected final List<Law<?>> laws() {
        return List.of(new Law<>(codec(), values(), isClosed()));
    }
}
