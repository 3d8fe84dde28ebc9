package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.openiomt.ble.virtual.DeviceTimeService.CONTROL_POINT;
import static org.openiomt.ble.virtual.DeviceTimeService.FEATURES;
import static org.openiomt.ble.virtual.DeviceTimeService.PARAMETERS;
import static org.openiomt.ble.virtual.DeviceTimeService.TIME;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.Message;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.Rejection;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.Response;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.TimeUpdate;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint.UpdateFlag;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;
import org.openiomt.ble.profile.devicetime.DeviceTimeParameters;
import org.openiomt.ble.profile.devicetime.DeviceTimeReading;
import org.openiomt.ble.profile.devicetime.DeviceTimeReading.Status;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.model.DeviceDateTime;

class DeviceTimeServiceTest {
    private static final Set<Feature> ALL = EnumSet.complementOf(EnumSet.copyOf(DeviceTimeService.NOT_SERVED));
    private static final Set<UpdateFlag> UTC = Set.of(UpdateFlag.UTC_ALIGNED, UpdateFlag.EPOCH_YEAR_2000);
    private static final DeviceDateTime NOON = DeviceDateTime.of(2026, 3, 4, 12, 0, 0);
    private static final int PROPOSE = DeviceTimeControlPoint.PROPOSE_TIME_UPDATE;
    private static final int FORCE = DeviceTimeControlPoint.FORCE_TIME_UPDATE;

    private final ManualAir room = new ManualAir();
    private final VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");

    private DeviceTimeService with(Set<Feature> features) {
        return new DeviceTimeService(cuff.peripheral(), features);
    }

    private Central connect() {
        return new Central(room, cuff.peripheral(), TIME, CONTROL_POINT);
    }

    private static Response ask(Central central, DeviceTimeService service, Message request) {
        return (Response) central.ask(
                        CONTROL_POINT,
                        DeviceTimeControlPoint.codec(service.features()),
                        DeviceTimeControlPoint.of(request))
                .message();
    }

    private static TimeUpdate update(int opCode, Set<UpdateFlag> flags, DeviceDateTime time, int source) {
        return new TimeUpdate(opCode, flags, time, 4, 0, source, 8);
    }

    private static Response rejected(int opCode, Rejection... reasons) {
        return new Response(opCode, 5, OptionalInt.of((int)
                List.of(reasons).stream().mapToLong(Rejection::mask).sum()));
    }

    private static Response result(int opCode, int result) {
        return new Response(opCode, result, OptionalInt.empty());
    }

    @Test
    void itsFeaturesDecideHowTheRestIsRead() {
        DeviceTimeService service = with(ALL);
        Central central = connect();

        DeviceTimeFeature features = central.read(FEATURES, DeviceTimeFeature.CODEC);
        assertThat(features.supports()).isEqualTo(ALL);
        DeviceTimeParameters parameters = central.read(PARAMETERS, DeviceTimeParameters.codec(features));
        assertThat(parameters.maxDriftSeconds()).hasValue(60);
        DeviceTimeReading time = central.read(TIME, DeviceTimeReading.codec(features));
        assertThat(time.status()).containsExactlyInAnyOrder(Status.UTC_ALIGNED, Status.EPOCH_YEAR_2000);
        assertThat(time.baseTime()).isEqualTo(service.now());
        assertThat(time.userTime()).contains(service.now());
        assertThat(time.accumulatedDriftSeconds()).hasValue(0);
        assertThat(time.secondFractions()).isPresent();
    }

    @Test
    void aTimeThatIsAcceptedIsToldAndRunsOn() {
        DeviceTimeService service = with(ALL);
        service.authorize();
        Central central = connect();

        assertThat(ask(central, service, update(PROPOSE, UTC, NOON, 1))).isEqualTo(result(PROPOSE, 1));

        DeviceTimeReading told =
                central.heard(TIME, DeviceTimeReading.codec(service.features())).get(0);
        assertThat(told.baseTime()).isEqualTo(NOON);
        assertThat(told.zoneMinutes()).hasValue(60);
        room.clock.advance(Duration.ofSeconds(8)); // 2 s have passed while it was asked
        assertThat(central.read(TIME, DeviceTimeReading.codec(service.features()))
                        .baseTime())
                .isEqualTo(DeviceDateTime.of(2026, 3, 4, 12, 0, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "2019-12-31T23:59:59, 1, 4, 0, 8, UNREALISTIC",
        "2136-01-01T00:00:00, 1, 4, 0, 8, UNREALISTIC",
        "2026-03-04T12:00:00, 1, 57, 0, 8, OUT_OF_RANGE",
        "2026-03-04T12:00:00, 1, 4, 3, 8, OUT_OF_RANGE",
        "2026-03-04T12:00:00, 1, 4, 0, 81, ACCURACY",
        "2026-03-04T12:00:00, 4, 4, 0, 8, LOWER_QUALITY",
    })
    void aTimeThatIsDoubtfulIsRejectedWithTheReason(
            String time, int source, int zone, int summerTime, int accuracy, Rejection reason) {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000));
        Central central = connect();
        DeviceDateTime before = service.now();
        DeviceDateTime wanted = DeviceDateTime.from(LocalDateTime.parse(time));

        assertThat(ask(central, service, new TimeUpdate(PROPOSE, UTC, wanted, zone, summerTime, source, accuracy)))
                .isEqualTo(rejected(PROPOSE, reason));

        assertThat(central.heard(TIME)).isEmpty();
        assertThat(service.now()).isNotEqualTo(wanted);
        assertThat(service.now().local().orElseThrow())
                .isEqualTo(before.local().orElseThrow().plusSeconds(2));
    }

    @Test
    void everyReasonIsSaidAtOnce() {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000, Feature.AUTHORIZATION_REQUIRED));
        TimeUpdate doubtful = new TimeUpdate(
                PROPOSE, Set.of(UpdateFlag.MANUAL), DeviceDateTime.of(1950, 1, 1, 0, 0, 0), 100, 7, 4, 255);

        assertThat(ask(connect(), service, doubtful))
                .isEqualTo(rejected(
                        PROPOSE,
                        Rejection.UNREALISTIC,
                        Rejection.NOT_AUTHORIZED,
                        Rejection.OUT_OF_RANGE,
                        Rejection.NOT_UTC_ALIGNED,
                        Rejection.ACCURACY,
                        Rejection.LOWER_QUALITY,
                        Rejection.WRONG_EPOCH));
    }

    @Test
    void aForcedTimeNeedsNoBetterSource() {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000));
        Central central = connect();
        Set<UpdateFlag> byHand = Set.of(UpdateFlag.MANUAL, UpdateFlag.EPOCH_YEAR_2000);

        assertThat(ask(central, service, update(FORCE, byHand, NOON, 4))).isEqualTo(result(FORCE, 1));

        assertThat(central.read(TIME, DeviceTimeReading.codec(service.features()))
                        .status())
                .containsExactly(Status.EPOCH_YEAR_2000);
        assertThat(ask(central, service, update(FORCE, Set.of(UpdateFlag.UTC_ALIGNED), NOON, 1)))
                .isEqualTo(rejected(FORCE, Rejection.WRONG_EPOCH));
    }

    @Test
    void aClockThatLostItsTimeAsksToBeSetUntilItIs() {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_1900));
        Central central = connect();

        service.loseTime();

        DeviceTimeReading lost =
                central.heard(TIME, DeviceTimeReading.codec(service.features())).get(0);
        assertThat(lost.baseTime()).isEqualTo(DeviceDateTime.of(1900, 1, 1, 0, 0, 0));
        assertThat(lost.status()).containsExactlyInAnyOrder(Status.TIME_FAULT, Status.PROPOSE_TIME_UPDATE_REQUEST);
        ask(central, service, update(PROPOSE, Set.of(UpdateFlag.UTC_ALIGNED), NOON, 4));
        assertThat(central.read(TIME, DeviceTimeReading.codec(service.features()))
                        .status())
                .containsExactly(Status.UTC_ALIGNED);
    }

    @Test
    void aClockThatHasDriftedTooFarIsNotSynchronisedAnyMore() {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000, Feature.RTC_DRIFT_TRACKING));
        Central central = connect();

        service.drift(DeviceTimeService.MAX_DRIFT);
        assertThat(central.heard(TIME)).isEmpty();
        service.drift(Duration.ofSeconds(1));

        DeviceTimeReading told =
                central.heard(TIME, DeviceTimeReading.codec(service.features())).get(0);
        assertThat(told.accumulatedDriftSeconds()).hasValue(61);
        assertThat(told.status()).containsExactlyInAnyOrder(Status.PROPOSE_TIME_UPDATE_REQUEST, Status.EPOCH_YEAR_2000);
    }

    @Test
    void thePersonCanSeeAnotherTime() {
        DeviceTimeService service = with(ALL);
        service.showUser(Duration.ofMinutes(-30));

        DeviceTimeReading time = connect().read(TIME, DeviceTimeReading.codec(service.features()));

        assertThat(time.userTime().orElseThrow().local().orElseThrow())
                .isEqualTo(time.baseTime().local().orElseThrow().minusMinutes(30));
    }

    @ParameterizedTest
    @CsvSource({"04 1000, 4, 2", "05, 5, 2", "0A, 10, 2", "02 00, 2, 3", "03, 3, 3", "'', 0, 3"})
    void whatItDoesNotUnderstandIsAnsweredSo(String request, int opCode, int result) {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000));
        byte[] answer = connect().ask(CONTROL_POINT, HexFormat.of().parseHex(request.replace(" ", "")));

        assertThat(DeviceTimeControlPoint.codec(service.features())
                        .decode(answer)
                        .message())
                .isEqualTo(result(opCode, result));
    }

    @Test
    void aWrongOrMissingCheckSumIsRefusedByTheService() {
        DeviceTimeService service = with(ALL);
        Central central = connect();
        byte[] whole = DeviceTimeControlPoint.codec(service.features())
                .encode(DeviceTimeControlPoint.of(update(PROPOSE, UTC, NOON, 1)));
        whole[0] ^= 1;

        assertThat(AttError.meaning(CONTROL_POINT, central.refused(CONTROL_POINT, whole)))
                .contains(AttMeaning.INVALID_CRC);
        assertThat(AttError.meaning(
                        CONTROL_POINT, central.refused(CONTROL_POINT, Arrays.copyOfRange(whole, 2, whole.length))))
                .contains(AttMeaning.MISSING_CRC);
    }

    @Test
    void aBusyClockSaysSoOnce() {
        DeviceTimeService service = with(Set.of(Feature.EPOCH_YEAR_2000));
        Central central = connect();
        service.answerNext(7);

        assertThat(ask(central, service, update(PROPOSE, UTC, NOON, 1))).isEqualTo(result(PROPOSE, 7));
        assertThat(ask(central, service, update(PROPOSE, UTC, NOON, 1))).isEqualTo(result(PROPOSE, 1));
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void whatHasNoKnownLayoutCannotBePromised(Feature feature) {
        if (DeviceTimeService.NOT_SERVED.contains(feature)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with(EnumSet.of(feature, Feature.EPOCH_YEAR_2000)))
                    .withMessageContaining("expected none of");
        } else {
            assertThat(with(EnumSet.of(feature, Feature.EPOCH_YEAR_2000))
                            .features()
                            .supports())
                    .contains(feature);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> with(Set.of()));
    }
}
