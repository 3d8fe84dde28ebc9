package org.openiomt.ble.profile.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class BodyCompositionMeasurementPropertyTest extends CodecLaws<BodyCompositionMeasurement> {
    @Override
    protected Codec<BodyCompositionMeasurement> codec() {
        return BodyCompositionMeasurement.CODEC;
    }

    @Override
    protected Arbitrary<BodyCompositionMeasurement> values() {
        Arbitrary<MedicalFloat> fats = Arbitraries.integers()
                .between(0, 0xFFFF)
                .map(count -> count == 0xFFFF ? MedicalFloat.NAN : MedicalFloat.of(count, -1));
        return Combinators.combine(
                        Arbitraries.of(UnitSystem.class),
                        fats,
                        optional(dateTimes()),
                        optionalInts(0, 255),
                        Arbitraries.maps(
                                Arbitraries.of(Part.class),
                                Arbitraries.integers().between(0, 0xFFFF)),
                        Arbitraries.of(true, false))
                .as((units, fat, takenAt, user, counts, isOneOfTwo) -> new BodyCompositionMeasurement(
                        units, fat, takenAt, user, parts(units, counts), isOneOfTwo, Remainder.NONE));
    }

    @Provide
    Arbitrary<BodyCompositionMeasurement> measurements() {
        return values();
    }

    private static final Instant NOW = Instant.parse("2024-06-23T10:35:10Z");

    @Property
    void twoHalvesAreTheWholeWhicheverPartsTheyHold(
            @ForAll("measurements") BodyCompositionMeasurement whole, @ForAll Set<Part> second) {
        BodyCompositionParts parts = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
        assertThat(parts.accept(half(whole, second, false), NOW)).isEmpty();
        assertThat(parts.accept(half(whole, second, true), NOW)).singleElement().satisfies(joined -> {
            assertThat(joined.isComplete()).isTrue();
            assertThat(joined.measurement()).isEqualTo(complete(whole, whole.parts()));
        });
        assertThat(parts.end()).isEmpty();
    }

    @Property
    void noNumberIsLostOrInventedWhateverComes(
            @ForAll("measurements") BodyCompositionMeasurement first,
            @ForAll("measurements") BodyCompositionMeasurement second,
            @ForAll("measurements") BodyCompositionMeasurement third) {
        BodyCompositionParts parts = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
        List<BodyCompositionParts.Joined> joined = new ArrayList<>(parts.accept(first, NOW));
        joined.addAll(parts.accept(second, NOW));
        joined.addAll(parts.accept(third, NOW));
        joined.addAll(parts.end());
        assertThat(numbers(joined.stream()
                        .map(BodyCompositionParts.Joined::measurement)
                        .toList()))
                .isEqualTo(numbers(List.of(first, second, third)));
    }

    private static Map<String, Integer> numbers(List<BodyCompositionMeasurement> measurements) {
        Map<String, Integer> numbers = new HashMap<>();
        measurements.forEach(one ->
                one.parts().forEach((part, value) -> numbers.merge(one.units() + " " + part + value, 1, Integer::sum)));
        return numbers;
    }

    private static BodyCompositionMeasurement half(
            BodyCompositionMeasurement whole, Set<Part> second, boolean isSecond) {
        Map<Part, MedicalFloat> parts = new EnumMap<>(Part.class);
        whole.parts().forEach((part, value) -> {
            if (second.contains(part) == isSecond) {
                parts.put(part, value);
            }
        });
        return new BodyCompositionMeasurement(
                whole.units(), whole.bodyFat(), whole.takenAt(), whole.userId(), parts, true, Remainder.NONE);
    }

    private static BodyCompositionMeasurement complete(
            BodyCompositionMeasurement whole, Map<Part, MedicalFloat> parts) {
        return new BodyCompositionMeasurement(
                whole.units(), whole.bodyFat(), whole.takenAt(), whole.userId(), parts, false, Remainder.NONE);
    }

    private static Map<Part, MedicalFloat> parts(UnitSystem units, Map<Part, Integer> counts) {
        Map<Part, MedicalFloat> parts = new EnumMap<>(Part.class);
        counts.forEach((part, count) -> parts.put(part, number(units, part, count)));
        return parts;
    }

    private static MedicalFloat number(UnitSystem units, Part part, int count) {
        return switch (part) {
            case BASAL_METABOLISM -> MedicalFloat.of(count, 0);
            case MUSCLE_PERCENTAGE, IMPEDANCE -> MedicalFloat.of(count, -1);
            case HEIGHT -> MedicalFloat.of(count, units == UnitSystem.SI ? -3 : -1);
            case MUSCLE_MASS, FAT_FREE_MASS, SOFT_LEAN_MASS, BODY_WATER_MASS, WEIGHT ->
                MedicalFloat.of(units == UnitSystem.SI ? 5 * count : count, units == UnitSystem.SI ? -3 : -2);
        };
    }
}
