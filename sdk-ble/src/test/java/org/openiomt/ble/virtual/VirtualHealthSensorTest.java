package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.openiomt.ble.virtual.VirtualHealthSensor.CLOCK;
import static org.openiomt.ble.virtual.VirtualHealthSensor.CONTROL_POINT;
import static org.openiomt.ble.virtual.VirtualHealthSensor.FEATURES;
import static org.openiomt.ble.virtual.VirtualHealthSensor.LIVE;
import static org.openiomt.ble.virtual.VirtualHealthSensor.RECORD_ACCESS;
import static org.openiomt.ble.virtual.VirtualHealthSensor.SCHEDULE_CHANGED;
import static org.openiomt.ble.virtual.VirtualHealthSensor.STORED;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.deviceinformation.DeviceIdentifier;
import org.openiomt.ble.profile.healthsensor.HealthObservation;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint.Meaning;
import org.openiomt.ble.profile.healthsensor.HealthSensorFeatures;
import org.openiomt.ble.profile.healthsensor.HealthValue;
import org.openiomt.ble.profile.healthsensor.ObservationSchedule;
import org.openiomt.ble.profile.healthsensor.SecurityLevels;
import org.openiomt.ble.profile.time.CurrentElapsedTime;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class VirtualHealthSensorTest {
    /** MDC_PULS_OXIM_SAT_O2 in percent. */
    private static final long SATURATION = 2L << 16 | 19384;

    private static final int PERCENT = 544;

    private final ManualAir room = new ManualAir();
    private final VirtualHealthSensor sensor = new VirtualHealthSensor(room.air, "ghs-1", List.of(SATURATION));

    private Central connect() {
        return new Central(
                room,
                sensor.peripheral(),
                LIVE,
                STORED,
                RECORD_ACCESS,
                CONTROL_POINT,
                SCHEDULE_CHANGED,
                CLOCK,
                FEATURES);
    }

    private static Meaning ask(Central central, Meaning request) {
        return central.ask(CONTROL_POINT, HealthSensorControlPoint.CODEC, HealthSensorControlPoint.of(request))
                .meaning()
                .orElseThrow();
    }

    private static List<HealthRecord> joined(List<byte[]> packets, Codec<HealthRecord> codec) {
        Reassembler reassembler = new Reassembler();
        return packets.stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .map(event -> codec.decode(((Reassembly.Whole) event).octets(), DecodeMode.STRICT)
                        .value())
                .toList();
    }

    private static List<String> values(List<HealthRecord> records) {
        return records.stream()
                .map(record -> ((HealthValue.Numeric) record.observation().value())
                        .value()
                        .toString())
                .toList();
    }

    @Test
    void itTellsWhatItObservesAndWhatItIs() {
        Central central = connect();

        assertThat(central.read(FEATURES, HealthSensorFeatures.CODEC).types()).containsExactly(SATURATION);
        assertThat(central.read(VirtualHealthSensor.UNIQUE_DEVICE_ID, DeviceIdentifier.CODEC)
                        .label()
                        .orElseThrow()
                        .text())
                .endsWith("ghs-1");
        assertThat(central.read(VirtualHealthSensor.SECURITY_LEVELS, SecurityLevels.CODEC)
                        .levels())
                .containsExactly(new SecurityLevels.Level(1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> sensor.measure(7, PERCENT, "97"));
    }

    @Test
    void otherTypesAreIndicated() {
        Central central = connect();

        sensor.types(List.of(SATURATION, 42L));

        assertThat(central.heard(FEATURES, HealthSensorFeatures.CODEC).get(0).types())
                .containsExactly(SATURATION, 42L);
        sensor.measure(42, PERCENT, "1");
    }

    @Test
    void liveObservationsAreStartedAndStopped() {
        Central central = connect();
        sensor.measure(SATURATION, PERCENT, "95");
        assertThat(ask(central, Meaning.START)).isEqualTo(Meaning.DONE);
        sensor.measure(SATURATION, PERCENT, "96.5");
        sensor.fail(SATURATION, PERCENT);
        assertThat(ask(central, Meaning.STOP)).isEqualTo(Meaning.DONE);
        sensor.measure(SATURATION, PERCENT, "97");

        assertThat(values(joined(central.heard(LIVE), HealthRecord.LIVE_CODEC))).containsExactly("96.5", "NaN");
        assertThat(sensor.stored()).isEqualTo(2);
    }

    @Test
    void liveObservationsNeedASubscriptionAndEndWithTheLink() {
        Central central = new Central(room, sensor.peripheral(), CONTROL_POINT);
        assertThat(ask(central, Meaning.START)).isEqualTo(Meaning.LIVE_NOT_ENABLED);
        central.listen(LIVE);
        sensor.busy(true);
        assertThat(ask(central, Meaning.START)).isEqualTo(Meaning.BUSY);
        sensor.busy(false);
        assertThat(ask(central, Meaning.START)).isEqualTo(Meaning.DONE);

        central.link.close();
        room.clock.runUntilIdle();

        assertThat(sensor.isLive()).isFalse();
    }

    @Test
    void aSensorThatReportsIsBusy() {
        sensor.measure(SATURATION, PERCENT, "95");
        Central central = connect();
        central.write(RECORD_ACCESS, new byte[] {1, 1});
        central.write(CONTROL_POINT, new byte[] {1});

        assertThat(central.heard(CONTROL_POINT).get(0)).containsExactly(0x81);
    }

    @ParameterizedTest
    @CsvSource({
        "0101, 95 96 97, 06000101",
        "010301 02000000, 96 97, 06000101",
        "010401 01000000 02000000, 95 96, 06000101",
        "0701, 95 96 97, 080003000000",
        "070301 03000000, 97, 080001000000",
        "0401, '', 05000300",
        "010301 04000000, '', 06000106",
        "010401 02000000 01000000, '', 06000105",
        "010301 0200, '', 06000105",
        "010302 EA070101020000, '', 06000109",
        "0900, '', 06000902"
    })
    void storedObservationsAreAskedForByNumbersOfFourOctets(String request, String reported, String answer) {
        for (String value : List.of("95", "96", "97")) {
            sensor.measure(SATURATION, PERCENT, value);
        }
        Central central = connect();

        byte[] said = central.ask(RECORD_ACCESS, HexFormat.of().parseHex(request.replace(" ", "")));

        assertThat(HexFormat.of().formatHex(said)).isEqualTo(answer);
        assertThat(values(joined(central.heard(STORED), HealthRecord.STORED_CODEC)))
                .isEqualTo(reported.isEmpty() ? List.of() : List.of(reported.split(" ")));
    }

    @Test
    void aLongObservationTakesSeveralPackets() {
        sensor.peripheral().mtu(23);
        HealthValue.Samples wave = new HealthValue.Samples(
                PERCENT,
                MedicalFloat.of(1, 0),
                MedicalFloat.of(0, 0),
                MedicalFloat.of(1, 0),
                100,
                1,
                Remainder.of(0, new byte[100]));
        sensor.observe(HealthObservation.of(SATURATION, sensor.time(), wave));
        Central central = connect();

        central.ask(RECORD_ACCESS, new byte[] {1, 1});

        List<byte[]> packets = central.heard(STORED);
        assertThat(packets).hasSizeGreaterThan(5).allMatch(packet -> packet.length <= 20);
        HealthRecord record = joined(packets, HealthRecord.STORED_CODEC).get(0);
        assertThat(record.recordNumber()).hasValue(1);
        assertThat(record.observation().value()).isEqualTo(wave);
    }

    @Test
    void aLostPacketIsNoticedByItsCounter() {
        Central central = connect();
        ask(central, Meaning.START);
        sensor.measure(SATURATION, PERCENT, "95");
        sensor.loseNext(LIVE);
        sensor.measure(SATURATION, PERCENT, "96");
        Reassembler reassembler = new Reassembler();

        List<Reassembly> events = central.heard(LIVE).stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .toList();

        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isInstanceOf(Reassembly.Loss.class);
    }

    @Test
    void anObservationBearsTheTimeOfTheSensorsClock() {
        sensor.measure(SATURATION, PERCENT, "95");
        room.clock.advance(Duration.ofHours(1));
        Central central = connect();

        central.ask(RECORD_ACCESS, new byte[] {1, 1});

        ElapsedTime time = joined(central.heard(STORED), HealthRecord.STORED_CODEC)
                .get(0)
                .observation()
                .time()
                .orElseThrow();
        assertThat(time.time()).contains(LocalDateTime.of(2026, 1, 1, 0, 0));
        assertThat(time.source()).isEqualTo(ElapsedTime.SOURCE_NONE);
        assertThat(time.flags()).contains(ElapsedTime.Flag.CURRENT_TIMELINE);
    }

    @Test
    void whenTheClockIsSetOlderObservationsLeaveItsTimeLine() {
        sensor.measure(SATURATION, PERCENT, "95");
        Central central = connect();
        assertThat(central.read(CLOCK, CurrentElapsedTime.CODEC)
                        .clock()
                        .orElseThrow()
                        .says())
                .containsExactly(CurrentElapsedTime.Clocking.NEEDS_SET);

        central.write(
                CLOCK,
                CurrentElapsedTime.CODEC,
                CurrentElapsedTime.setting(ElapsedTime.utc(LocalDateTime.of(2026, 5, 1, 12, 0), 1, 8)));
        sensor.measure(SATURATION, PERCENT, "96");

        CurrentElapsedTime told = central.heard(CLOCK, CurrentElapsedTime.CODEC).get(0);
        assertThat(told.time().time()).contains(LocalDateTime.of(2026, 5, 1, 12, 0));
        assertThat(told.clock().orElseThrow().says()).isEqualTo(Set.of());
        central.ask(RECORD_ACCESS, new byte[] {1, 1});
        List<ElapsedTime> times = joined(central.heard(STORED), HealthRecord.STORED_CODEC).stream()
                .map(record -> record.observation().time().orElseThrow())
                .toList();
        assertThat(times.get(0).flags()).doesNotContain(ElapsedTime.Flag.CURRENT_TIMELINE);
        assertThat(times.get(1).flags()).contains(ElapsedTime.Flag.CURRENT_TIMELINE);
        assertThat(times.get(1).offset()).hasValue(120);
    }

    @Test
    void anOffsetThatMeansNothingIsNotInvented() {
        Central central = connect();
        ElapsedTime wanted =
                new ElapsedTime(Set.of(ElapsedTime.Flag.UTC), ElapsedTime.Resolution.SECOND, 830_000_000, 1, 8, 0);

        central.write(CLOCK, CurrentElapsedTime.CODEC, CurrentElapsedTime.setting(wanted));

        assertThat(central.read(CLOCK, CurrentElapsedTime.CODEC).time().offset())
                .isEmpty();
    }

    @Test
    void aClockIsSetWithATimeOfDayInUtcAndNothingElse() {
        Central central = connect();
        ElapsedTime ticks =
                new ElapsedTime(Set.of(ElapsedTime.Flag.TICK_COUNTER), ElapsedTime.Resolution.SECOND, 5, 1, 0, 0);
        byte[] nine = CurrentElapsedTime.CODEC.encode(CurrentElapsedTime.setting(ticks));

        assertThat(central.refused(CLOCK, nine)).isEqualTo(0xFF);
        assertThat(central.refused(CLOCK, new byte[11])).isEqualTo(0x0D);
        assertThat(central.refused(CLOCK, new byte[5])).isEqualTo(0x0D);
        assertThat(sensor.time().source()).isEqualTo(ElapsedTime.SOURCE_NONE);
    }

    @Test
    void aScheduleThatChangesIsIndicated() {
        Central central = connect();
        ObservationSchedule schedule =
                new ObservationSchedule(SATURATION, MedicalFloat.of(10, 0), MedicalFloat.of(60, 0), Remainder.NONE);

        sensor.schedule(schedule);

        assertThat(central.heard(SCHEDULE_CHANGED, ObservationSchedule.CODEC)).containsExactly(schedule);
    }

    @ParameterizedTest
    @CsvSource({"03, 252", "80, 252", "0100, 13", "'', 13"})
    void whatIsNoRequestIsRefused(String octets, int error) {
        assertThat(connect().refused(CONTROL_POINT, HexFormat.of().parseHex(octets)))
                .isEqualTo(error);
    }

    @Test
    void requestsBeforeTheSubscriptionsAreRefused() {
        Central central = new Central(room, sensor.peripheral());

        assertThat(central.refused(CONTROL_POINT, new byte[] {1})).isEqualTo(0xFD);
        assertThat(central.refused(RECORD_ACCESS, new byte[] {1, 1})).isEqualTo(0xFD);
        sensor.refuseNextRequest(0x0E);
        assertThat(central.refused(CONTROL_POINT, new byte[] {1})).isEqualTo(0x0E);
    }
}
