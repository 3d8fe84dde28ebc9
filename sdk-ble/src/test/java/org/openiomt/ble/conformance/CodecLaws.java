package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

/**
 * The laws of every codec. A profile's {@code XPropertyTest} extends this and says two things: the codec, and values that
 * the standard foresees (no reserved codes, no unknown flags, no tail).
 *
 * @param <T> the type of the values
 */
public abstract class CodecLaws<T> {

    /** Returns the codec. */
    protected abstract Codec<T> codec();

    /** Returns values that the standard foresees. */
    protected abstract Arbitrary<T> values();

    /** Whether octets after a whole value are a tail; false for values that go on to the end, such as texts. */
    protected boolean isClosed() {
        return true;
    }

    @Provide
    Arbitrary<T> standardValues() {
        return values();
    }

    @Property
    void whatIsEncodedDecodesToItselfInBothModes(@ForAll("standardValues") T value) {
        for (DecodeMode mode : DecodeMode.values()) {
            Decoded<T> decoded = codec().decode(codec().encode(value), mode);
            assertThat(decoded.value()).isEqualTo(value);
            assertThat(decoded.warnings()).isEmpty();
        }
    }

    @Property
    void everyTruncationIsRefusedOrAValidShorterValue(@ForAll("standardValues") T value) {
        byte[] whole = codec().encode(value);
        for (int size = 0; size < whole.length; size++) {
            isRefusedOrKept(Arrays.copyOf(whole, size));
        }
    }

    @Property
    void anyOctetsAreRefusedOrKept(@ForAll @Size(max = 64) byte[] octets) {
        isRefusedOrKept(octets);
    }

    @Property
    void aValueWithAChangedOctetIsRefusedOrKept(
            @ForAll("standardValues") T value, @ForAll @IntRange(max = 63) int place, @ForAll byte changed) {
        byte[] octets = codec().encode(value);
        if (octets.length > 0) {
            octets[place % octets.length] = changed;
            isRefusedOrKept(octets);
        }
    }

    @Property
    void strictRefusesAnyTailAndLenientKeepsIt(
            @ForAll("standardValues") T value, @ForAll @Size(min = 1, max = 20) byte[] tail) {
        if (!isClosed()) {
            return;
        }
        byte[] octets = concat(codec().encode(value), tail);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> codec().decode(octets, DecodeMode.STRICT));
        Decoded<T> kept = codec().decode(octets, DecodeMode.LENIENT);
        assertThat(kept.warnings()).isNotEmpty();
        assertThat(codec().encode(kept.value())).isEqualTo(octets);
    }

    /** Both modes refuse with nothing but a DecodeException; what lenient takes, it gives back; strict is narrower. */
    private void isRefusedOrKept(byte[] octets) {
        Decoded<T> lenient;
        try {
            lenient = codec().decode(octets, DecodeMode.LENIENT);
        } catch (DecodeException e) {
            assertThatThrownBy(() -> codec().decode(octets, DecodeMode.STRICT)).isInstanceOf(DecodeException.class);
            return;
        }
        assertThat(codec().encode(lenient.value())).as("encoded back").isEqualTo(octets);
        assertThat(Fields.of(lenient.value())).isNotNull();
        assertThat(lenient.value())
                .hasSameHashCodeAs(codec().decode(octets, DecodeMode.LENIENT).value());
        try {
            Decoded<T> strict = codec().decode(octets, DecodeMode.STRICT);
            assertThat(strict.value()).isEqualTo(lenient.value());
        } catch (DecodeException e) {
            assertThat(lenient.warnings())
                    .as("what strict refuses, lenient reports: %s", e.getMessage())
                    .isNotEmpty();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
