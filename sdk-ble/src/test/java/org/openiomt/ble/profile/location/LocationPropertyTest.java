package org.openiomt.ble.profile.location;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.ControlPointValues;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.location.LocationAndSpeed.Dimensions;
import org.openiomt.ble.profile.location.LocationAndSpeed.ElevationSource;
import org.openiomt.ble.profile.location.LocationAndSpeed.Place;
import org.openiomt.core.wire.Remainder;

class LocationPropertyTest extends Laws {
    private static final int INT24_MAX = 0x7FFFFF;

    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>(ControlPointValues.laws(LocationControlPoint.POINT));
        laws.add(new Law<>(LocationAndSpeed.CODEC, locations(), true));
        laws.add(new Law<>(Navigation.CODEC, navigations(), true));
        laws.add(new Law<>(PositionQuality.CODEC, qualities(), true));
        laws.add(new Law<>(
                LocationFeature.CODEC,
                ProfileValues.bits(LocationFeature.class).map(bits -> Features.of(LocationFeature.class, 32, bits)),
                true));
        return laws;
    }

    private static Arbitrary<LocationAndSpeed> locations() {
        return Combinators.combine(
                        Combinators.combine(optionalInts(0, 0xFFFF), optionalInts(0, 0xFFFFFF))
                                .as(List::of),
                        optional(Combinators.combine(Arbitraries.integers(), Arbitraries.integers())
                                .as(Place::new)),
                        Combinators.combine(
                                        optionalInts(-INT24_MAX - 1, INT24_MAX),
                                        optionalInts(0, 0xFFFF),
                                        optionalInts(0, 0xFF))
                                .as((elevation, heading, time) -> List.of(elevation, heading, time)),
                        optional(dateTimes()),
                        Arbitraries.of(PositionStatus.class),
                        Arbitraries.of(Dimensions.class),
                        Arbitraries.of(ElevationSource.class),
                        Arbitraries.of(HeadingSource.class))
                .as((first, place, second, time, status, dimensions, elevation, heading) -> new LocationAndSpeed(
                        first.get(0),
                        first.get(1),
                        place,
                        second.get(0),
                        second.get(1),
                        second.get(2),
                        time,
                        status,
                        dimensions,
                        elevation,
                        heading,
                        Remainder.NONE));
    }

    private static Arbitrary<Navigation> navigations() {
        Arbitrary<Integer> uint16 = Arbitraries.integers().between(0, 0xFFFF);
        return Combinators.combine(
                        uint16,
                        uint16,
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(-INT24_MAX - 1, INT24_MAX),
                        optional(dateTimes()),
                        Arbitraries.of(PositionStatus.class),
                        Arbitraries.of(HeadingSource.class),
                        ProfileValues.bits(Navigation.Sign.class))
                .as((bearing, heading, way, climb, arrival, status, source, signs) ->
                        new Navigation(bearing, heading, way, climb, arrival, status, source, signs, Remainder.NONE));
    }

    private static Arbitrary<PositionQuality> qualities() {
        Arbitrary<OptionalLong> uint32 = optional(Arbitraries.longs().between(0, 0xFFFFFFFFL))
                .map(number -> number.map(OptionalLong::of).orElseGet(OptionalLong::empty));
        return Combinators.combine(
                        optionalInts(0, 0xFF),
                        optionalInts(0, 0xFF),
                        optionalInts(0, 0xFFFF),
                        uint32,
                        uint32,
                        optionalInts(0, 0xFF),
                        optionalInts(0, 0xFF),
                        Arbitraries.of(PositionStatus.class))
                .as((solution, view, fix, horizontal, vertical, hdop, vdop, status) -> new PositionQuality(
                        solution, view, fix, horizontal, vertical, hdop, vdop, status, Remainder.NONE));
    }
}
