package org.openiomt.ble.profile.time;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.scalars;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.core.wire.Remainder;

class TimePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        Arbitrary<Integer> days = Arbitraries.integers().between(0, 7);
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 0xFF);
        Arbitrary<Integer> zones =
                Arbitraries.oneOf(Arbitraries.integers().between(-48, 56), Arbitraries.just(TimeZone.UNKNOWN));
        Arbitrary<Integer> summers = Arbitraries.of(0, 2, 4, 8, DstOffset.UNKNOWN);
        return List.of(
                new Law<>(DayOfWeek.CODEC, Arbitraries.of(DayOfWeek.Day.class).map(DayOfWeek::of), true),
                new Law<>(
                        DayDateTime.CODEC,
                        Combinators.combine(dateTimes(), days)
                                .as((time, day) -> new DayDateTime(time, day, Remainder.NONE)),
                        true),
                new Law<>(
                        ExactTime256.CODEC,
                        Combinators.combine(dateTimes(), days, octets)
                                .as((time, day, part) -> new ExactTime256(time, day, part, Remainder.NONE)),
                        true),
                new Law<>(DstOffset.CODEC, summers.map(code -> new DstOffset(code, Remainder.NONE)), true),
                new Law<>(TimeZone.CODEC, zones.map(code -> new TimeZone(code, Remainder.NONE)), true),
                new Law<>(
                        LocalTimeInformation.CODEC,
                        Combinators.combine(zones, summers)
                                .as((zone, summer) -> new LocalTimeInformation(zone, summer, Remainder.NONE)),
                        true),
                new Law<>(
                        TimeWithDst.CODEC,
                        Combinators.combine(dateTimes(), summers)
                                .as((time, summer) -> new TimeWithDst(time, summer, Remainder.NONE)),
                        true),
                new Law<>(
                        TimeAccuracy.CODEC,
                        scalars(TimeAccuracy.SCALAR).map(value -> new TimeAccuracy(value, Remainder.NONE)),
                        true),
                new Law<>(
                        TimeSource.CODEC,
                        Arbitraries.of(TimeSource.Source.class).map(TimeSource::of),
                        true),
                new Law<>(
                        ReferenceTimeInformation.CODEC,
                        Combinators.combine(
                                        days,
                                        scalars(TimeAccuracy.SCALAR),
                                        octets,
                                        Arbitraries.oneOf(Arbitraries.integers().between(0, 23), Arbitraries.just(255)))
                                .as((source, accuracy, since, hours) ->
                                        new ReferenceTimeInformation(source, accuracy, since, hours, Remainder.NONE)),
                        true),
                new Law<>(
                        TimeUpdateControlPoint.CODEC,
                        Arbitraries.of(TimeUpdateControlPoint.Command.class).map(TimeUpdateControlPoint::of),
                        true),
                new Law<>(
                        TimeUpdateState.CODEC,
                        Combinators.combine(
                                        Arbitraries.of(TimeUpdateState.State.class),
                                        Arbitraries.of(TimeUpdateState.Result.class))
                                .as(TimeUpdateState::of),
                        true),
                new Law<>(
                        CurrentTime.CODEC,
                        Combinators.combine(dateTimes(), days, octets, bits(CurrentTime.Reason.class))
                                .as((time, day, part, reasons) ->
                                        new CurrentTime(time, day, part, reasons, Remainder.NONE)),
                        true));
    }
}
