package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.CONTROL_POINT;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.FEATURE;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.MEASUREMENT;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.RECORD_ACCESS;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.SESSION_RUN_TIME;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.SESSION_START;
import static org.openiomt.ble.virtual.VirtualGlucoseSensor.STATUS;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.CgmFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.continuousglucose.CgmStatus;
import org.openiomt.ble.profile.continuousglucose.SessionRunTime;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Body;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Calibration;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.CalibrationQuery;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Interval;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Level;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Plain;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Response;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Result;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class VirtualGlucoseSensorTest {
    private static final E2eContext SUMMED = E2eContext.PRESENT;

    private final ManualAir room = new ManualAir();
    private final VirtualGlucoseSensor sensor = new VirtualGlucoseSensor(room.air, "cgm-1");

    private Central connect() {
        return new Central(room, sensor.peripheral(), MEASUREMENT, CONTROL_POINT, RECORD_ACCESS);
    }

    private static Body ask(Central central, Body request) {
        return central.ask(CONTROL_POINT, SpecificOpsMessage.codec(SUMMED), SpecificOpsMessage.of(request))
                .body();
    }

    private static Plain plain(SpecificOpsCode code) {
        return new Plain(code);
    }

    private void measureEach(Duration pause, int... values) {
        for (int value : values) {
            sensor.measure(value);
            room.clock.advance(pause);
        }
    }

    private static List<Integer> minutes(List<CgmMeasurement> values) {
        return values.stream()
                .flatMap(value -> value.records().stream())
                .map(CgmRecord::timeOffsetMinutes)
                .toList();
    }

    @Test
    void itsFeaturesDecideHowEverythingElseIsRead() {
        Central central = connect();

        CgmFeatures features = central.read(FEATURE, CgmFeatures.CODEC);

        assertThat(features.features()).isEqualTo(EnumSet.allOf(CgmFeature.class));
        assertThat(features.type()).isEqualTo(CgmFeatures.TYPE_INTERSTITIAL_FLUID);
        assertThat(features.e2e()).isEqualTo(SUMMED);
        assertThat(central.read(SESSION_RUN_TIME, SessionRunTime.codec(SUMMED)).hours())
                .isEqualTo(336);
        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings())
                .containsExactly(CgmFinding.SESSION_STOPPED);
    }

    @Test
    void aSessionIsStartedOnceAndStoppedOnce() {
        Central central = connect();

        assertThat(ask(central, plain(SpecificOpsCode.STOP_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.STOP_SESSION, Result.PROCEDURE_NOT_COMPLETED));
        assertThat(ask(central, plain(SpecificOpsCode.START_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.START_SESSION, Result.SUCCESS));
        assertThat(ask(central, plain(SpecificOpsCode.START_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.START_SESSION, Result.PROCEDURE_NOT_COMPLETED));
        assertThat(sensor.isSessionRunning()).isTrue();
        assertThat(ask(central, plain(SpecificOpsCode.STOP_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.STOP_SESSION, Result.SUCCESS));
        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings()).contains(CgmFinding.SESSION_STOPPED);
        assertThatIllegalStateException().isThrownBy(() -> sensor.measure(100));
    }

    @Test
    void aSensorForOneSessionDoesNotStartAnother() {
        VirtualGlucoseSensor single = new VirtualGlucoseSensor(room.air, "cgm-2", Set.of());
        assertThat(single.startSession()).isTrue();
        assertThat(single.stopSession()).isTrue();

        assertThat(single.startSession()).isFalse();
    }

    @Test
    void aNewSessionForgetsTheRecordsOfTheOldOne() {
        sensor.startSession();
        measureEach(Duration.ofMinutes(5), 100, 101);
        sensor.stopSession();
        assertThat(sensor.stored()).isEqualTo(2);

        sensor.startSession();

        assertThat(sensor.stored()).isZero();
    }

    @Test
    void aSessionEndsByItselfAfterItsRunTime() {
        sensor.runTime(1);
        sensor.startSession();
        room.clock.advance(Duration.ofMinutes(59));
        assertThat(sensor.isSessionRunning()).isTrue();

        room.clock.advance(Duration.ofMinutes(10));

        assertThat(sensor.isSessionRunning()).isFalse();
        assertThat(connect().read(STATUS, CgmStatus.codec(SUMMED)).timeOffsetMinutes())
                .isEqualTo(60);
    }

    @Test
    void theStartIsComputedFromThePresentTimeOfTheCentral() {
        sensor.startSession();
        room.clock.advance(Duration.ofMinutes(10));
        Central central = connect();
        assertThat(central.read(SESSION_START, SessionStartTime.codec(SUMMED)).dateTime())
                .isEqualTo(DeviceDateTime.of(0, 0, 0, 0, 0, 0));
        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings())
                .containsExactly(CgmFinding.TIME_SYNCHRONISATION_REQUIRED);

        central.write(SESSION_START, SessionStartTime.codec(SUMMED), time(DeviceDateTime.of(2026, 3, 1, 0, 5, 30)));

        SessionStartTime start = central.read(SESSION_START, SessionStartTime.codec(SUMMED));
        assertThat(start.dateTime()).isEqualTo(DeviceDateTime.of(2026, 2, 28, 23, 55, 30));
        assertThat(start.timeZoneQuarters()).hasValue(4);
        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings()).isEmpty();
    }

    @Test
    void aStartTimeThatIsDamagedOrNoneIsRefused() {
        sensor.startSession();
        Central central = connect();
        SessionStartTime time = time(DeviceDateTime.of(2026, 3, 1, 0, 5, 30));
        byte[] wrong = SessionStartTime.codec(SUMMED).encode(time);
        wrong[3] ^= 1;

        assertThat(central.refused(
                        SESSION_START, SessionStartTime.codec(E2eContext.ABSENT).encode(time)))
                .isEqualTo(0x80);
        assertThat(central.refused(SESSION_START, wrong)).isEqualTo(0x81);
        assertThat(central.refused(
                        SESSION_START,
                        SessionStartTime.codec(SUMMED).encode(time(DeviceDateTime.of(2026, 0, 0, 0, 0, 0)))))
                .isEqualTo(0xFF);
        assertThat(central.read(SESSION_START, SessionStartTime.codec(SUMMED)).dateTime())
                .isEqualTo(DeviceDateTime.of(0, 0, 0, 0, 0, 0));
    }

    private static SessionStartTime time(DeviceDateTime time) {
        return new SessionStartTime(time, OptionalInt.of(4), OptionalInt.of(0), E2eCheck.sound(), Remainder.NONE);
    }

    @Test
    void recordsThatWaitedForTheIntervalComeTogether() {
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, 15));

        measureEach(Duration.ofMinutes(5), 100, 104, 109);

        List<CgmMeasurement> heard = central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED));
        assertThat(heard).hasSize(1);
        assertThat(minutes(heard)).containsExactly(0, 5, 10);
        assertThat(heard.get(0).records())
                .extracting(record -> record.trend().orElse(MedicalFloat.NAN))
                .containsExactly(MedicalFloat.NAN, MedicalFloat.of(8, -1), MedicalFloat.of(10, -1));
    }

    @Test
    void recordsBeyondAPacketTakeSeveralValues() {
        sensor.peripheral().mtu(23);
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, 20));

        measureEach(Duration.ofMinutes(5), 100, 101, 102, 103, 104);

        List<byte[]> packets = central.heard(MEASUREMENT);
        assertThat(packets).hasSizeGreaterThan(1).allMatch(packet -> packet.length <= 20);
        assertThat(minutes(packets.stream()
                        .map(octets -> CgmMeasurement.codec(SUMMED)
                                .decode(octets, DecodeMode.STRICT)
                                .value())
                        .toList()))
                .containsExactly(0, 5, 10, 15);
    }

    @Test
    void theIntervalsNeverAndFastestAreKept() {
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, Interval.NEVER));
        measureEach(Duration.ofHours(1), 100);
        assertThat(central.heard(MEASUREMENT)).isEmpty();

        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, Interval.FASTEST));
        sensor.measure(101);

        assertThat(minutes(central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED))))
                .containsExactly(0, 60);
        assertThat(ask(central, plain(SpecificOpsCode.GET_COMMUNICATION_INTERVAL)))
                .isEqualTo(new Interval(SpecificOpsCode.COMMUNICATION_INTERVAL, Interval.FASTEST));
    }

    @ParameterizedTest
    @CsvSource({
        "0101, 0 5 10, 06000101",
        "010301 0500, 5 10, 06000101",
        "010401 0100 0900, 5, 06000101",
        "0105, 0, 06000101",
        "0106, 10, 06000101",
        "010301 0B00, '', 06000106",
        "0401, '', 05000300",
        "010302 EA070101020000, '', 06000109",
        "0701, '', 06000702",
        "0201, '', 06000201"
    })
    void storedRecordsAreAskedForByTheirMinutes(String request, String reported, String answer) {
        sensor.startSession();
        measureEach(Duration.ofMinutes(5), 100, 101, 102);
        Central central = connect();

        byte[] said = central.ask(RECORD_ACCESS, HexFormat.of().parseHex(request.replace(" ", "")));

        assertThat(HexFormat.of().formatHex(said)).isEqualTo(answer);
        assertThat(minutes(central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED))))
                .isEqualTo(
                        reported.isEmpty()
                                ? List.of()
                                : List.of(reported.split(" ")).stream()
                                        .map(Integer::valueOf)
                                        .toList());
    }

    @Test
    void recordsStayWhenTheSessionHasEnded() {
        sensor.startSession();
        measureEach(Duration.ofMinutes(5), 100, 101);
        sensor.stopSession();
        Central central = connect();

        central.ask(RECORD_ACCESS, RecordAccessMessage.CODEC, RecordAccessMessage.Request.reportAll());

        assertThat(minutes(central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED))))
                .containsExactly(0, 5);
    }

    @Test
    void everyLevelIsSetAndToldByItsOwnCodes() {
        Central central = connect();
        for (SpecificOpsCode code : SpecificOpsCode.values()) {
            if (code.name().startsWith("SET_") && code.name().endsWith("_LEVEL")) {
                MedicalFloat level = MedicalFloat.of(code.name().contains("RATE") ? 4 : 123, 0);
                SpecificOpsCode get = SpecificOpsCode.of(code.code() + 1).orElseThrow();
                SpecificOpsCode answer = SpecificOpsCode.of(code.code() + 2).orElseThrow();

                assertThat(ask(central, new Level(code, level))).isEqualTo(Response.of(code, Result.SUCCESS));
                assertThat(ask(central, plain(get))).isEqualTo(new Level(answer, level));
            }
        }
    }

    @Test
    void aLevelBeyondReasonIsRefusedAndTheOldOneStays() {
        Central central = connect();
        Body before = ask(central, plain(SpecificOpsCode.GET_HYPO_LEVEL));
        for (MedicalFloat level : List.of(MedicalFloat.NAN, MedicalFloat.of(-1, 0), MedicalFloat.of(601, 0))) {
            assertThat(ask(central, new Level(SpecificOpsCode.SET_HYPO_LEVEL, level)))
                    .isEqualTo(Response.of(SpecificOpsCode.SET_HYPO_LEVEL, Result.PARAMETER_OUT_OF_RANGE));
        }

        assertThat(ask(central, plain(SpecificOpsCode.GET_HYPO_LEVEL))).isEqualTo(before);
    }

    @Test
    void valuesBeyondALevelSaySo() {
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, Interval.FASTEST));
        ask(central, new Level(SpecificOpsCode.SET_HYPO_LEVEL, MedicalFloat.of(65, 0)));
        ask(central, new Level(SpecificOpsCode.SET_RATE_OF_DECREASE_LEVEL, MedicalFloat.of(2, 0)));

        measureEach(Duration.ofMinutes(5), 100, 66, 64, 300);

        assertThat(central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED)))
                .extracting(value -> value.records().get(0).findings())
                .containsExactly(
                        Set.of(),
                        Set.of(CgmFinding.BELOW_PATIENT_LOW, CgmFinding.FALLS_TOO_FAST),
                        Set.of(CgmFinding.BELOW_PATIENT_LOW, CgmFinding.BELOW_HYPO),
                        Set.of(CgmFinding.ABOVE_PATIENT_HIGH, CgmFinding.ABOVE_HYPER, CgmFinding.RISES_TOO_FAST));
    }

    @Test
    void aCalibrationIsNumberedAndTold() {
        sensor.startSession();
        room.clock.advance(Duration.ofHours(2));
        Central central = connect();
        assertThat(ask(central, new CalibrationQuery(CalibrationQuery.LAST)))
                .isEqualTo(Response.of(SpecificOpsCode.GET_CALIBRATION, Result.PARAMETER_OUT_OF_RANGE));

        assertThat(ask(central, calibration(110, 60)))
                .isEqualTo(Response.of(SpecificOpsCode.SET_CALIBRATION, Result.SUCCESS));
        assertThat(ask(central, calibration(112, 119)))
                .isEqualTo(Response.of(SpecificOpsCode.SET_CALIBRATION, Result.SUCCESS));

        Calibration last = (Calibration) ask(central, new CalibrationQuery(CalibrationQuery.LAST));
        assertThat(last.code()).isEqualTo(SpecificOpsCode.CALIBRATION);
        assertThat(last.recordNumber()).isEqualTo(2);
        assertThat(last.glucoseMilligramPerDecilitre()).isEqualTo(MedicalFloat.of(112, 0));
        assertThat(last.nextCalibrationMinutes()).isEqualTo(119 + 720);
        assertThat(ask(central, new CalibrationQuery(1)))
                .isInstanceOfSatisfying(
                        Calibration.class,
                        first -> assertThat(first.calibrationTimeMinutes()).isEqualTo(60));
    }

    @Test
    void aCalibrationOfTheFutureOrWithoutASessionIsRefused() {
        Central central = connect();
        assertThat(ask(central, calibration(110, 0)))
                .isEqualTo(Response.of(SpecificOpsCode.SET_CALIBRATION, Result.PROCEDURE_NOT_COMPLETED));
        sensor.startSession();

        assertThat(ask(central, calibration(110, 500)))
                .isEqualTo(Response.of(SpecificOpsCode.SET_CALIBRATION, Result.PARAMETER_OUT_OF_RANGE));
        assertThat(ask(central, calibration(0, 0)))
                .isEqualTo(Response.of(SpecificOpsCode.SET_CALIBRATION, Result.PARAMETER_OUT_OF_RANGE));
    }

    private static Calibration calibration(int value, int minutes) {
        return new Calibration(SpecificOpsCode.SET_CALIBRATION, MedicalFloat.of(value, 0), minutes, 1, 1, 0, 0, 0);
    }

    @Test
    void itsOwnAlertGoesOnUntilItIsReset() {
        sensor.startSession();
        sensor.find(CgmFinding.DEVICE_SPECIFIC_ALERT);
        Central central = connect();
        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings()).contains(CgmFinding.DEVICE_SPECIFIC_ALERT);

        assertThat(ask(central, plain(SpecificOpsCode.RESET_DEVICE_SPECIFIC_ALERT)))
                .isEqualTo(Response.of(SpecificOpsCode.RESET_DEVICE_SPECIFIC_ALERT, Result.SUCCESS));

        assertThat(central.read(STATUS, CgmStatus.codec(SUMMED)).findings())
                .doesNotContain(CgmFinding.DEVICE_SPECIFIC_ALERT);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMUNICATION_INTERVAL", "CALIBRATION", "HYPO_LEVEL", "RESPONSE"})
    void anAnswerIsNoRequest(SpecificOpsCode code) {
        Body body = switch (code) {
            case COMMUNICATION_INTERVAL -> new Interval(code, 5);
            case CALIBRATION -> new Calibration(code, MedicalFloat.of(100, 0), 0, 1, 1, 0, 0, 0);
            case RESPONSE -> new Response(1, 1);
            default -> new Level(code, MedicalFloat.of(70, 0));
        };

        assertThat(ask(connect(), body)).isEqualTo(Response.of(code, Result.OP_CODE_NOT_SUPPORTED));
    }

    @Test
    void aSensorWithoutFeaturesKnowsSessionAndIntervalOnlyAndNoCheckSums() {
        VirtualGlucoseSensor plain = new VirtualGlucoseSensor(room.air, "cgm-2", Set.of());
        Central central = new Central(room, plain.peripheral(), CONTROL_POINT, MEASUREMENT);
        assertThat(central.read(FEATURE, CgmFeatures.CODEC).e2e()).isEqualTo(E2eContext.ABSENT);
        assertThat(central.ask(CONTROL_POINT, new byte[] {0x1A})).containsExactly(0x1C, 0x1A, 1);
        assertThat(central.ask(CONTROL_POINT, new byte[] {1, (byte) 255})).containsExactly(0x1C, 1, 1);
        for (int code : new int[] {0x08, 0x0B, 0x0E, 0x11, 0x14, 0x17, 0x19, 0x1D, 0}) {
            assertThat(central.ask(CONTROL_POINT, new byte[] {(byte) code})).containsExactly(0x1C, code, 2);
        }
        assertThat(central.ask(CONTROL_POINT, new byte[] {1})).containsExactly(0x1C, 1, 3);
        assertThat(central.ask(CONTROL_POINT, new byte[] {1, 5, 9})).containsExactly(0x1C, 1, 3);

        plain.measure(20);

        assertThat(central.heard(MEASUREMENT, CgmMeasurement.codec(E2eContext.ABSENT)))
                .containsExactly(CgmMeasurement.of(CgmRecord.of(MedicalFloat.of(20, 0), 0, E2eCheck.none())));
    }

    @Test
    void aRequestWithoutTheRightCheckSumIsRefused() {
        Central central = connect();

        assertThat(central.refused(CONTROL_POINT, new byte[] {0x1A})).isEqualTo(0x80);
        assertThat(central.refused(CONTROL_POINT, new byte[] {0x1A, 0, 0})).isEqualTo(0x81);
        assertThat(sensor.isSessionRunning()).isFalse();
    }

    @Test
    void aRequestBeforeTheSubscriptionIsRefused() {
        Central central = new Central(room, sensor.peripheral());

        assertThat(central.refused(CONTROL_POINT, start())).isEqualTo(0xFD);
        assertThat(central.refused(RECORD_ACCESS, new byte[] {1, 1})).isEqualTo(0xFD);
        assertThat(sensor.isSessionRunning()).isFalse();
    }

    @Test
    void aSecondRequestBeforeTheAnswerIsConfirmedIsRefused() {
        Central central = connect();
        sensor.faults(Faults.NONE.withDelay(Duration.ofMillis(10)));
        central.link.write(CONTROL_POINT, start(), WriteMode.WITH_RESPONSE);
        room.clock.advance(Duration.ofMillis(10));
        CompletionStage<Void> second = central.link.write(CONTROL_POINT, start(), WriteMode.WITH_RESPONSE);
        room.clock.advance(Duration.ofSeconds(1));

        assertThat(ManualAir.faultOf(second))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(0xFE));
    }

    @Test
    void itFailsWhenItIsTold() {
        Central central = connect();
        sensor.failNextProcedure();
        assertThat(ask(central, plain(SpecificOpsCode.START_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.START_SESSION, Result.PROCEDURE_NOT_COMPLETED));
        assertThat(sensor.isSessionRunning()).isFalse();
        sensor.refuseNextRequest(0x0E);
        assertThat(central.refused(CONTROL_POINT, start())).isEqualTo(0x0E);

        assertThat(ask(central, plain(SpecificOpsCode.START_SESSION)))
                .isEqualTo(Response.of(SpecificOpsCode.START_SESSION, Result.SUCCESS));
    }

    @Test
    void aDamagedValueIsNoticedAndItsRecordIsSound() {
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, Interval.FASTEST));
        sensor.damageNext();
        sensor.measure(100);

        byte[] damaged = central.heard(MEASUREMENT).get(0);
        assertThat(catchThrowable(() -> CgmMeasurement.codec(SUMMED).decode(damaged)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("wrong check sum");
        central.ask(RECORD_ACCESS, RecordAccessMessage.CODEC, RecordAccessMessage.Request.reportAll());
        assertThat(minutes(central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED))))
                .containsExactly(0);
    }

    @Test
    void aFailedMeasurementIsNaN() {
        Central central = connect();
        ask(central, plain(SpecificOpsCode.START_SESSION));
        ask(central, new Interval(SpecificOpsCode.SET_COMMUNICATION_INTERVAL, Interval.FASTEST));
        sensor.fail();

        CgmRecord record = central.heard(MEASUREMENT, CgmMeasurement.codec(SUMMED))
                .get(0)
                .records()
                .get(0);
        assertThat(record.glucoseMilligramPerDecilitre()).isEqualTo(MedicalFloat.NAN);
        assertThat(record.findings()).isEmpty();
    }

    private static byte[] start() {
        return SpecificOpsMessage.codec(SUMMED).encode(SpecificOpsMessage.of(plain(SpecificOpsCode.START_SESSION)));
    }
}
