package org.openiomt.ble.profile.continuousglucose;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.dateTimes;
import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.Remainder;

/** Each characteristic when check sums are not known, promised and excluded. */
class ContinuousGlucosePropertyTest extends Laws {
    private static final E2eContext OWN = E2eContext.presentWith(Crc16.CCITT_FALSE);
    private static final E2eCheck OWN_CHECK = new E2eCheck.Sound(OptionalInt.empty(), Crc16.CCITT_FALSE);

    @Override
    protected List<Law<?>> laws() {
        Arbitrary<E2eCheck> any = Arbitraries.of(E2eCheck.none(), E2eCheck.sound(), OWN_CHECK);
        Arbitrary<E2eCheck> none = Arbitraries.just(E2eCheck.none());
        Arbitrary<E2eCheck> sound = Arbitraries.just(E2eCheck.sound());
        return List.of(
                new Law<>(CgmMeasurement.CODEC, measurements(any), false), // a tail is another record
                new Law<>(CgmMeasurement.codec(E2eContext.ABSENT), measurements(none), false),
                new Law<>(CgmMeasurement.codec(E2eContext.PRESENT), measurements(sound), false),
                new Law<>(CgmMeasurement.codec(OWN), measurements(Arbitraries.just(OWN_CHECK)), false),
                new Law<>(CgmFeatures.CODEC, features(), true),
                new Law<>(CgmStatus.CODEC, any.flatMap(ContinuousGlucosePropertyTest::status), true),
                new Law<>(
                        CgmStatus.codec(E2eContext.ABSENT), none.flatMap(ContinuousGlucosePropertyTest::status), true),
                new Law<>(SessionRunTime.CODEC, any.flatMap(ContinuousGlucosePropertyTest::runTime), true),
                new Law<>(SessionStartTime.CODEC, any.flatMap(ContinuousGlucosePropertyTest::startTime), true),
                new Law<>(SpecificOpsMessage.CODEC, any.flatMap(ContinuousGlucosePropertyTest::messages), true),
                // a tail after a check sum that must be there makes it wrong, and is refused in both modes
                new Law<>(
                        CgmStatus.codec(E2eContext.PRESENT),
                        sound.flatMap(ContinuousGlucosePropertyTest::status),
                        false),
                new Law<>(
                        SessionStartTime.codec(E2eContext.PRESENT),
                        sound.flatMap(ContinuousGlucosePropertyTest::startTime),
                        false),
                new Law<>(
                        SpecificOpsMessage.codec(E2eContext.PRESENT),
                        sound.flatMap(ContinuousGlucosePropertyTest::messages),
                        false));
    }

    private static Arbitrary<CgmMeasurement> measurements(Arbitrary<E2eCheck> checks) {
        return checks.flatMap(ContinuousGlucosePropertyTest::record)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(records -> new CgmMeasurement(List.copyOf(records)));
    }

    private static Arbitrary<CgmRecord> record(E2eCheck check) {
        return Combinators.combine(
                        sfloats(),
                        Arbitraries.integers().between(0, 0xFFFF),
                        optionalInts(0, 0x3F),
                        optionalInts(0, 0x7F),
                        optionalInts(0, 0xFF),
                        optional(sfloats()),
                        optional(sfloats()))
                .as((glucose, minutes, status, calibration, warning, trend, quality) -> new CgmRecord(
                        glucose, minutes, status, calibration, warning, trend, quality, check, Remainder.NONE));
    }

    private static Arbitrary<CgmFeatures> features() {
        return Combinators.combine(
                        bits(CgmFeature.class),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.of(1, 2, 3, 4, 5, 15))
                .as(CgmFeatures::of);
    }

    private static Arbitrary<CgmStatus> status(E2eCheck check) {
        return Combinators.combine(Arbitraries.integers().between(0, 0xFFFF), bits(CgmFinding.class))
                .as((minutes, findings) -> CgmStatus.of(minutes, findings, check))
                .filter(status -> isTold(CgmStatus.codec(E2eContext.ABSENT).encode(status)));
    }

    private static Arbitrary<SessionRunTime> runTime(E2eCheck check) {
        return Arbitraries.integers()
                .between(0, 0xFFFF)
                .map(hours -> new SessionRunTime(hours, check, Remainder.NONE))
                .filter(time -> isTold(SessionRunTime.codec(E2eContext.ABSENT).encode(time)));
    }

    /** Whether the check sum tells by which algorithm it is right; of few octets it is right by both, and the standard's one is taken. */
    private static boolean isTold(byte[] octets) {
        return Crc16.MCRF4XX.of(octets) != Crc16.CCITT_FALSE.of(octets);
    }

    private static Arbitrary<SessionStartTime> startTime(E2eCheck check) {
        return Combinators.combine(
                        dateTimes(),
                        optionalInts(-48, 56),
                        Arbitraries.of(0, 2, 4, 8, 255)
                                .map(dst -> dst == 255 ? OptionalInt.empty() : OptionalInt.of(dst)))
                .as((time, zone, dst) -> new SessionStartTime(time, zone, dst, check, Remainder.NONE));
    }

    private static Arbitrary<SpecificOpsMessage> messages(E2eCheck check) {
        return Arbitraries.of(SpecificOpsCode.class)
                .flatMap(ContinuousGlucosePropertyTest::body)
                .map(body -> new SpecificOpsMessage(body, check, Remainder.NONE));
    }

    private static Arbitrary<SpecificOpsMessage.Body> body(SpecificOpsCode code) {
        Arbitrary<Integer> shorts = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 0xFF);
        return switch (code.operand()) {
            case NONE -> Arbitraries.just(new SpecificOpsMessage.Plain(code));
            case INTERVAL -> octets.map(minutes -> new SpecificOpsMessage.Interval(code, minutes));
            case CALIBRATION ->
                Combinators.combine(
                                sfloats(),
                                shorts,
                                Arbitraries.integers().between(0, 15),
                                Arbitraries.integers().between(0, 15),
                                shorts,
                                shorts,
                                Arbitraries.integers().between(0, 7))
                        .as((glucose, minutes, type, location, next, number, status) ->
                                new SpecificOpsMessage.Calibration(
                                        code, glucose, minutes, type, location, next, number, status));
            case RECORD_NUMBER -> shorts.map(SpecificOpsMessage.CalibrationQuery::new);
            case LEVEL -> sfloats().map(level -> new SpecificOpsMessage.Level(code, level));
            case RESPONSE ->
                Combinators.combine(octets, Arbitraries.of(SpecificOpsMessage.Result.class))
                        .as((request, result) -> new SpecificOpsMessage.Response(request, result.code()));
        };
    }
}
