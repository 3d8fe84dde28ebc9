package org.openiomt.ble.profile.devicetime;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.Message;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.UpdateFlag;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;
import org.openiomt.ble.profile.devicetime.DeviceTimeReading.Status;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.core.wire.Remainder;

class DeviceTimePropertyTest extends Laws {
    private static final DeviceTimeFeature ALL = DeviceTimeFeature.of(EnumSet.allOf(Feature.class));
    private static final DeviceTimeFeature UNCHECKED =
            DeviceTimeFeature.of(EnumSet.range(Feature.TIME_CHANGE_LOGGING, Feature.RETRIEVE_ACTIVE_ADJUSTMENTS));

    private static final Arbitrary<Integer> U16 = Arbitraries.integers().between(0, 0xFFFF);

    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(DeviceTimeFeature.CODEC, bits(Feature.class).map(DeviceTimeFeature::of), true),
                new Law<>(DeviceTimeParameters.CODEC, plainParameters(), true),
                new Law<>(DeviceTimeParameters.codec(ALL), parameters(E2eCheck.sound()), false),
                new Law<>(DeviceTimeParameters.codec(UNCHECKED), parameters(E2eCheck.none()), true),
                new Law<>(DeviceTimeReading.CODEC, plainReadings(), true),
                new Law<>(DeviceTimeReading.codec(ALL), readings(E2eCheck.sound()), false),
                new Law<>(DeviceTimeReading.codec(UNCHECKED), readings(E2eCheck.none()), true),
                new Law<>(DeviceTimeControlPoint.CODEC, messages(E2eCheck.sound()), false),
                new Law<>(DeviceTimeControlPoint.codec(ALL), messages(E2eCheck.sound()), false),
                new Law<>(DeviceTimeControlPoint.codec(UNCHECKED), messages(E2eCheck.none()), true));
    }

    private static Arbitrary<DeviceTimeParameters> plainParameters() {
        return optionalInts(1, 0xFFFF)
                .map(resolution -> new DeviceTimeParameters(
                        resolution,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        E2eCheck.sound(),
                        Remainder.NONE));
    }

    private static Arbitrary<DeviceTimeParameters> parameters(E2eCheck check) {
        return Combinators.combine(optionalInts(1, 0xFFFF), U16, U16, U16, U16)
                .as((resolution, drift, days, limit, formats) -> new DeviceTimeParameters(
                        resolution,
                        OptionalInt.of(drift),
                        OptionalInt.of(days),
                        OptionalInt.of(limit),
                        OptionalInt.of(formats),
                        check,
                        Remainder.NONE));
    }

    private static Arbitrary<DeviceTimeReading> plainReadings() {
        return readings(E2eCheck.sound())
                .map(full -> new DeviceTimeReading(
                        full.baseTime(),
                        full.zoneQuarters(),
                        full.summerTimeCode(),
                        full.status(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        full.check(),
                        Remainder.NONE));
    }

    private static Arbitrary<DeviceTimeReading> readings(E2eCheck check) {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        return Combinators.combine(seconds, zones(), summerTimes(), bits(Status.class), seconds, U16, U16, U16)
                .as((base, zone, summer, status, user, drift, next, fractions) -> new DeviceTimeReading(
                        epoch(status.contains(Status.EPOCH_YEAR_2000)).after(base),
                        zone,
                        summer,
                        status,
                        Optional.of(
                                epoch(status.contains(Status.EPOCH_YEAR_2000)).after(user)),
                        OptionalInt.of(drift),
                        OptionalInt.of(next),
                        OptionalInt.of(fractions),
                        check,
                        Remainder.NONE));
    }

    private static Arbitrary<DeviceTimeControlPoint> messages(E2eCheck check) {
        Arbitrary<Message> updates = Combinators.combine(
                        Arbitraries.of(2, 3),
                        bits(UpdateFlag.class),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        zones(),
                        summerTimes(),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 255))
                .as((opCode, flags, seconds, zone, summer, source, accuracy) -> new DeviceTimeControlPoint.TimeUpdate(
                        opCode,
                        flags,
                        epoch(flags.contains(UpdateFlag.EPOCH_YEAR_2000)).after(seconds),
                        zone,
                        summer,
                        source,
                        accuracy));
        Arbitrary<Message> limits = U16.map(DeviceTimeControlPoint.NonLoggedLimit::new);
        Arbitrary<Message> answers = Combinators.combine(
                        Arbitraries.integers().between(0, 255), Arbitraries.of(1, 2, 3, 4, 5, 7), U16)
                .as((request, result, reasons) -> new DeviceTimeControlPoint.Response(
                        request, result, result == 5 ? OptionalInt.of(reasons) : OptionalInt.empty()));
        return Arbitraries.oneOf(
                        updates, limits, answers, Arbitraries.just(new DeviceTimeControlPoint.RetrieveAdjustments()))
                .map(message -> new DeviceTimeControlPoint(message, check, Remainder.NONE));
    }

    private static Arbitrary<Integer> zones() {
        return Arbitraries.oneOf(Arbitraries.integers().between(-48, 56), Arbitraries.just(-128));
    }

    private static Arbitrary<Integer> summerTimes() {
        return Arbitraries.of(Set.of(0, 2, 4, 8, 255));
    }

    private static Epoch epoch(boolean is2000) {
        return is2000 ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
    }
}
