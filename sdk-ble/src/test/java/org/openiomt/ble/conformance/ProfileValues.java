package org.openiomt.ble.conformance;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.time.api.DateTimes;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.MedicalFloat;

/** Arbitrary fields that many profiles share. */
public final class ProfileValues {
    private ProfileValues() {}

    /** Medical floats that fit 16 bits, special values included. */
    public static Arbitrary<MedicalFloat> sfloats() {
        return floats(2045, 7);
    }

    /** Medical floats that fit 32 bits, special values included. */
    public static Arbitrary<MedicalFloat> floats() {
        return floats(0x7FFFFD, 127);
    }

    /** Readings of a sound clock. */
    public static Arbitrary<DeviceDateTime> dateTimes() {
        return DateTimes.dateTimes()
                .between(LocalDateTime.of(1900, 1, 1, 0, 0), LocalDateTime.of(2199, 12, 31, 23, 59))
                .map(DeviceDateTime::from);
    }

    /** Moments of the Elapsed Time Service. */
    public static Arbitrary<ElapsedTime> elapsedTimes() {
        return Combinators.combine(
                        bits(ElapsedTime.Flag.class),
                        Arbitraries.of(ElapsedTime.Resolution.class),
                        Arbitraries.longs().between(0, (1L << 48) - 1),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(-128, 127))
                .as((flags, resolution, count, source, offset) ->
                        new ElapsedTime(flags, resolution, count, source, offset, 0));
    }

    /** Whole numbers, present or not. */
    public static Arbitrary<OptionalInt> optionalInts(int min, int max) {
        return Arbitraries.integers()
                .between(min, max)
                .map(OptionalInt::of)
                .injectNull(0.3)
                .map(value -> value == null ? OptionalInt.empty() : value);
    }

    /** Values, present or not. */
    public static <T> Arbitrary<Optional<T>> optional(Arbitrary<T> values) {
        return values.optional(0.7);
    }

    /** Any of the bits of a bit field that have a name. */
    public static <E extends Enum<E> & Bit> Arbitrary<Set<E>> bits(Class<E> type) {
        return Arbitraries.longs().between(0, Bits.known(type)).map(bits -> Bits.set(type, bits));
    }

    /** Numbers that the standard foresees for a scalar, "not known" and "more than can be said" included where it has them. */
    public static Arbitrary<MedicalFloat> scalars(Scalar scalar) {
        if (scalar.form().isEmpty()) {
            return sfloats();
        }
        Arbitrary<MedicalFloat> numbers = Arbitraries.longs()
                .between(scalar.min(), scalar.max())
                .filter(octets -> !isCode(scalar.unknown(), octets) && !isCode(scalar.above(), octets))
                .map(octets -> MedicalFloat.of(
                        (octets + scalar.first()) * scalar.step().mantissa(),
                        scalar.step().exponent()));
        List<MedicalFloat> specials = new ArrayList<>();
        scalar.unknown().ifPresent(octets -> specials.add(MedicalFloat.NAN));
        scalar.above().ifPresent(octets -> specials.add(MedicalFloat.POSITIVE_INFINITY));
        return specials.isEmpty()
                ? numbers
                : Arbitraries.frequencyOf(Tuple.of(9, numbers), Tuple.of(1, Arbitraries.of(specials)));
    }

    /** Texts that end without a NUL and whose characters UTF-8 can hold. */
    public static Arbitrary<DeviceText> texts(int maxLength) {
        return Arbitraries.strings()
                .ofMaxLength(maxLength)
                .filter(text ->
                        !text.endsWith("\0") && DeviceText.of(text).text().equals(text))
                .map(DeviceText::of);
    }

    private static boolean isCode(OptionalLong code, long octets) {
        return code.isPresent() && code.getAsLong() == octets;
    }

    private static Arbitrary<MedicalFloat> floats(int maxMantissa, int maxExponent) {
        Arbitrary<MedicalFloat> finite = Arbitraries.integers()
                .between(-maxMantissa, maxMantissa)
                .flatMap(mantissa -> Arbitraries.integers()
                        .between(-maxExponent - 1, maxExponent)
                        .map(exponent -> MedicalFloat.of(mantissa, exponent)));
        return Arbitraries.frequencyOf(
                Tuple.of(9, finite),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                MedicalFloat.NAN,
                                MedicalFloat.NRES,
                                MedicalFloat.POSITIVE_INFINITY,
                                MedicalFloat.NEGATIVE_INFINITY,
                                MedicalFloat.RESERVED)));
    }
}
