package org.openiomt.ble.profile.healthsensor;

import static org.openiomt.ble.conformance.ProfileValues.floats;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.ble.profile.healthsensor.HealthObservation.Length;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.wire.Remainder;

class HealthSensorPropertyTest extends Laws {
    private static final Arbitrary<Long> CODES = Arbitraries.longs().between(0, 0xFFFF_FFFFL);

    @Override
    protected List<Law<?>> laws() {
        Arbitrary<HealthObservation> observations =
                Arbitraries.of(Length.class).flatMap(length -> Arbitraries.oneOf(single(length), bundles(length)));
        Arbitrary<HealthRecord> live = observations.map(HealthRecord::live);
        Arbitrary<HealthRecord> stored =
                Combinators.combine(CODES, observations).as(HealthRecord::stored);
        Arbitrary<Integer> counters = Arbitraries.integers().between(0, 63);
        return List.of(
                new Law<>(HealthRecord.LIVE_CODEC, live, true),
                new Law<>(HealthRecord.STORED_CODEC, stored, true),
                new Law<>(
                        HealthRecord.LIVE_PACKET_CODEC,
                        Combinators.combine(counters, live).as(Segmented::whole),
                        true),
                new Law<>(
                        HealthRecord.STORED_PACKET_CODEC,
                        Combinators.combine(counters, stored).as(Segmented::whole),
                        true),
                new Law<>(HealthSensorFeatures.CODEC, features(), true),
                new Law<>(
                        HealthSensorControlPoint.CODEC,
                        Arbitraries.of(HealthSensorControlPoint.Meaning.class).map(HealthSensorControlPoint::of),
                        true),
                new Law<>(
                        ObservationSchedule.CODEC,
                        Combinators.combine(CODES, floats(), floats())
                                .as((type, period, interval) ->
                                        new ObservationSchedule(type, period, interval, Remainder.NONE)),
                        true),
                new Law<>(
                        ValidRangeAndAccuracy.CODEC,
                        Combinators.combine(
                                        CODES, Arbitraries.integers().between(0, 0xFFFF), floats(), floats(), floats())
                                .as((type, unit, lower, upper, accuracy) ->
                                        new ValidRangeAndAccuracy(type, unit, lower, upper, accuracy, Remainder.NONE)),
                        true),
                new Law<>(
                        SecurityLevels.CODEC,
                        Arbitraries.of(
                                        new SecurityLevels.Level(1, 4),
                                        new SecurityLevels.Level(2, 2),
                                        new SecurityLevels.Level(3, 3))
                                .list()
                                .ofMaxSize(4)
                                .map(SecurityLevels::new),
                        false));
    }

    private static Arbitrary<HealthSensorFeatures> features() {
        Arbitrary<HealthSensorFeatures.Specialization> specializations = Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 255))
                .as(HealthSensorFeatures.Specialization::new);
        return Combinators.combine(
                        CODES.list().ofMaxSize(4),
                        optional(specializations.list().ofMaxSize(3)))
                .as((types, list) -> new HealthSensorFeatures(types, list, Remainder.NONE));
    }

    private static Arbitrary<HealthObservation> bundles(Length length) {
        return single(length)
                .list()
                .ofMaxSize(3)
                .flatMap(members -> observation(length, Arbitraries.just(new HealthValue.Bundle(members))));
    }

    private static Arbitrary<HealthObservation> single(Length length) {
        Arbitrary<Integer> units = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<HealthValue> numeric = Combinators.combine(units, floats()).as(HealthValue.Numeric::new);
        Arbitrary<HealthValue> discrete = CODES.map(HealthValue.Discrete::new);
        Arbitrary<HealthValue> text =
                Arbitraries.strings().alpha().ofMaxLength(6).map(words -> new HealthValue.Text(DeviceText.of(words)));
        Arbitrary<HealthValue> samples = Combinators.combine(
                        units,
                        floats(),
                        floats(),
                        floats(),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(0, 5))
                .as((unit, scale, offset, period, perPeriod, size, count) -> new HealthValue.Samples(
                        unit, scale, offset, period, perPeriod, size, Remainder.of(0, new byte[size * count])));
        Arbitrary<HealthValue> events = CODES.list().ofMaxSize(3).map(HealthValue.Events::new);
        Arbitrary<HealthValue> states = Arbitraries.integers()
                .between(0, 3)
                .map(size -> new HealthValue.States(
                        Remainder.of(0, new byte[size]),
                        Remainder.of(0, new byte[size]),
                        Remainder.of(0, new byte[size])));
        Arbitrary<HealthValue> parts = Arbitraries.oneOf(numeric, discrete, text, samples, events, states);
        Arbitrary<HealthValue> compound = Combinators.combine(CODES, parts)
                .as(HealthValue.Component::new)
                .list()
                .ofMaxSize(3)
                .map(HealthValue.Compound::new);
        Arbitrary<HealthValue> entries = entries().list().ofMaxSize(3).map(HealthValue.Entries::new);
        return observation(length, Arbitraries.oneOf(parts, compound, entries));
    }

    private static Arbitrary<HealthEntry> entries() {
        return Arbitraries.oneOf(
                Combinators.combine(CODES, CODES).as(HealthEntry::of),
                Combinators.combine(CODES, Arbitraries.strings().alpha().ofMaxLength(5))
                        .as((type, text) -> HealthEntry.of(type, text)),
                Combinators.combine(CODES, Arbitraries.integers().between(0, 255))
                        .as((type, format) -> new HealthEntry(type, format, Remainder.of(0, new byte[] {1, 2}))));
    }

    private static Arbitrary<HealthObservation> observation(Length length, Arbitrary<? extends HealthValue> values) {
        Arbitrary<Optional<List<Long>>> lists = optional(CODES.list().ofMaxSize(2));
        Arbitrary<Head> heads = Combinators.combine(
                        optional(CODES),
                        optional(ProfileValues.elapsedTimes()),
                        optionalInts(0, 0xFFFF),
                        optional(CODES),
                        optionalInts(0, 255))
                .as(Head::new);
        return Combinators.combine(
                        heads,
                        optional(floats()),
                        lists,
                        lists,
                        lists,
                        optional(entries().list().ofMaxSize(2)),
                        values)
                .as((head, duration, supplemental, derivedFrom, members, entries, value) -> new HealthObservation(
                        length,
                        head.type.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        head.time,
                        duration,
                        head.status,
                        head.objectId.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        head.patient,
                        supplemental,
                        derivedFrom,
                        members,
                        entries,
                        value,
                        Remainder.NONE));
    }

    private record Head(
            Optional<Long> type,
            Optional<ElapsedTime> time,
            OptionalInt status,
            Optional<Long> objectId,
            OptionalInt patient) {}
}
