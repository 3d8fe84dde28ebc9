package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
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
 * What every codec is held to. A test of one codec extends {@link CodecLaws}; a test of a table of scalars extends this
 * and lists a {@link Law} for each codec. Its name ends in {@code PropertyTest}.
 */
public abstract class Laws {

    /**
     * A codec and its values.
     *
     * @param <T> the type of the values
     * @param codec the codec
     * @param values values that the standard foresees (no reserved codes, no unknown flags, no tail)
     * @param isClosed whether octets after a whole value are a tail; false for values that go on to the end, such as texts
     */
    public record Law<T>(Codec<T> codec, Arbitrary<T> values, boolean isClosed) {
        private Arbitrary<Example<?>> examples() {
            return values.map(value -> new Example<>(this, value));
        }
    }

    /** One value of a codec. */
    record Example<T>(Law<T> law, T value) {
        Codec<T> codec() {
            return law.codec;
        }

        boolean isClosed() {
            return law.isClosed;
        }

        byte[] octets() {
            return law.codec.encode(value);
        }

        @Override
        public String toString() {
            return value.getClass().getSimpleName() + " " + HexFormat.of().formatHex(octets());
        }
    }

    /** Returns the codecs and their values. */
    protected abstract List<Law<?>> laws();

    @Provide
    Arbitrary<Example<?>> examples() {
        return Arbitraries.of(laws()).flatMap(Law::examples);
    }

    @Provide
    Arbitrary<Codec<?>> codecs() {
        return Arbitraries.of(laws()).map(Law::codec);
    }

    @Property
    void whatIsEncodedDecodesToItselfInBothModes(@ForAll("examples") Example<?> example) {
        for (DecodeMode mode : DecodeMode.values()) {
            Decoded<?> decoded = example.codec().decode(example.octets(), mode);
            assertThat(decoded.value()).isEqualTo(example.value());
            assertThat(decoded.warnings()).isEmpty();
        }
    }

    @Property
    void everyTruncationIsRefusedOrAValidShorterValue(@ForAll("examples") Example<?> example) {
        byte[] whole = example.octets();
        for (int size = 0; size < whole.length; size++) {
            isRefusedOrKept(example.codec(), Arrays.copyOf(whole, size));
        }
    }

    @Property
    void anyOctetsAreRefusedOrKept(@ForAll("codecs") Codec<?> codec, @ForAll @Size(max = 64) byte[] octets) {
        isRefusedOrKept(codec, octets);
    }

    @Property
    void aValueWithAChangedOctetIsRefusedOrKept(
            @ForAll("examples") Example<?> example, @ForAll @IntRange(max = 63) int place, @ForAll byte changed) {
        byte[] octets = example.octets();
        if (octets.length > 0) {
            octets[place % octets.length] = changed;
            isRefusedOrKept(example.codec(), octets);
        }
    }

    @Property
    void strictRefusesAnyTailAndLenientKeepsIt(
            @ForAll("examples") Example<?> example, @ForAll @Size(min = 1, max = 20) byte[] tail) {
        if (!example.isClosed()) {
            return;
        }
        byte[] octets = concat(example.octets(), tail);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> example.codec().decode(octets, DecodeMode.STRICT));
        keeps(example.codec(), octets);
    }

    /** Both modes refuse with nothing but a DecodeException; what lenient takes, it gives back; strict is narrower. */
    private static <T> void isRefusedOrKept(Codec<T> codec, byte[] octets) {
        Decoded<T> lenient;
        try {
            lenient = codec.decode(octets, DecodeMode.LENIENT);
        } catch (DecodeException e) {
            assertThatThrownBy(() -> codec.decode(octets, DecodeMode.STRICT)).isInstanceOf(DecodeException.class);
            return;
        }
        assertThat(codec.encode(lenient.value())).as("encoded back").isEqualTo(octets);
        assertThat(Fields.of(lenient.value())).isNotNull();
        assertThat(lenient.value())
                .hasSameHashCodeAs(codec.decode(octets, DecodeMode.LENIENT).value());
        try {
            Decoded<T> strict = codec.decode(octets, DecodeMode.STRICT);
            assertThat(strict.value()).isEqualTo(lenient.value());
        } catch (DecodeException e) {
            assertThat(lenient.warnings())
                    .as("what strict refuses, lenient reports: %s", e.getMessage())
                    .isNotEmpty();
        }
    }

    private static <T> void keeps(Codec<T> codec, byte[] octets) {
        Decoded<T> kept = codec.decode(octets, DecodeMode.LENIENT);
        assertThat(kept.warnings()).isNotEmpty();
        assertThat(codec.encode(kept.value())).isEqualTo(octets);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
