package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualGlucoseSensor;
import org.openiomt.ble.virtual.VirtualInsulinPump;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxEntry;

/** Whatever goes wrong on the way: what a device still has is delivered, and nothing else; the state tells the truth; nothing leaks. */
class RecordFaultsPropertyTest {
    private static final int RECORDS = 6;
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(40);

    /** Which device. */
    enum Kind {
        METER,
        SENSOR,
        PUMP
    }

    /** A device with records, and the gateway. */
    private static final class Bedside implements AutoCloseable {
        final ManualGateway ward;
        final VirtualDevice device;
        private final Kind kind;
        int values = 100;

        Bedside(Kind kind, UnaryOperator<Gateway.Builder> settings) {
            this.kind = kind;
            ward = new ManualGateway(settings);
            device = switch (kind) {
                case METER -> new VirtualGlucoseMeter(ward.air, "d-1");
                case SENSOR -> new VirtualGlucoseSensor(ward.air, "d-1");
                case PUMP -> new VirtualInsulinPump(ward.air, "d-1");
            };
            device.faults(Faults.NONE.withConnectionsRefused());
            if (device instanceof VirtualGlucoseSensor sensor) {
                sensor.startSession();
            }
            measure(RECORDS);
        }

        Bedside(Kind kind) {
            this(kind, builder -> builder);
        }

        void measure(int records) {
            for (int i = 0; i < records; i++) {
                ward.clock.advance(Duration.ofMinutes(1));
                if (device instanceof VirtualGlucoseMeter meter) {
                    meter.measureMilligramPerDecilitre(values + i);
                } else if (device instanceof VirtualGlucoseSensor sensor) {
                    sensor.measure(values + i);
                } else if (device instanceof VirtualInsulinPump pump) {
                    pump.therapy(i % 2 == 0 ? TherapyControlState.RUN : TherapyControlState.STOP);
                }
            }
            if (device instanceof VirtualInsulinPump pump) {
                pump.therapy(TherapyControlState.RUN);
            }
        }

        void memory(int records) {
            if (device instanceof VirtualGlucoseMeter meter) {
                meter.memory(records);
            } else if (device instanceof VirtualGlucoseSensor sensor) {
                sensor.memory(records);
            }
        }

        void set(Faults faults) {
            device.faults(faults);
        }

        /** Names what came: the time of a sensor's session depends on when it was set. */
        Set<String> delivered() {
            Set<String> keys = new HashSet<>();
            for (Observation one : ward.observations) {
                boolean isRecord =
                        one.type().partition() == 2 && !one.status().contains(MeasurementStatus.MEASUREMENT_ONGOING);
                if (isRecord) {
                    String value =
                            ((Value.Numeric) one.value()).quantity().value().toString();
                    keys.add(kind == Kind.SENSOR ? value : one.id() + " " + value);
                }
            }
            return keys;
        }

        DeviceState state() {
            return ward.state();
        }

        String reason() {
            return ward.gateway.devices().get(0).reason();
        }

        boolean hasLostALink() {
            return ward.events(DeviceEvent.StateChanged.class).stream()
                    .anyMatch(event ->
                            event.to() == DeviceState.OFFLINE && event.reason().contains("lost by a fault"));
        }

        @Override
        public void close() {
            ward.close();
        }
    }

    private static Set<String> expected(Kind kind) {
        try (Bedside bedside = new Bedside(kind)) {
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            Set<String> all = bedside.delivered();
            assertThat(all).hasSizeGreaterThanOrEqualTo(RECORDS);
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
            return all;
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aLinkThatIsLostAtAnyFrameLosesNothing(@ForAll Kind kind) {
        Set<String> expected = expected(kind);
        boolean isCut = true;
        int frames = 0;
        while (isCut) {
            try (Bedside bedside = new Bedside(kind)) {
                bedside.set(Faults.NONE.withLinkLostAfter(frames));
                bedside.ward.clock.advance(ONE_ATTEMPT);
                isCut = bedside.hasLostALink();
                bedside.set(Faults.NONE);
                bedside.ward.pass();
                assertThat(bedside.delivered())
                        .as("%s cut after %d frames", kind, frames)
                        .isEqualTo(expected);
                assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
            }
            frames++;
        }
        assertThat(frames).as("%s: the cut points that were tried", kind).isGreaterThan(20);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void framesThatAreLateDoubledOrCutLoseNothingAndMakeNothingUp(
            @ForAll Kind kind,
            @ForAll @IntRange(max = 2_000) int delayMillis,
            @ForAll boolean isDoubled,
            @ForAll @IntRange(min = 1, max = 40) int cutTo) {
        Faults faults = Faults.NONE.withDelay(Duration.ofMillis(delayMillis));
        Faults late = isDoubled ? faults.withAnnouncementsDuplicated() : faults;
        loseNothingAndMakeNothingUp(kind, cutTo < 30 ? late.withFramesCutTo(cutTo) : late);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void framesThatAreCutAnywhereLoseNothingAndMakeNothingUp(
            @ForAll Kind kind, @ForAll @IntRange(min = 1, max = 30) int cutTo) {
        loseNothingAndMakeNothingUp(kind, Faults.NONE.withFramesCutTo(cutTo));
    }

    /** A session in which all goes wrong that {@code faults} say, and a sound one. */
    private static void loseNothingAndMakeNothingUp(Kind kind, Faults faults) {
        try (Bedside bedside = new Bedside(kind)) {
            bedside.set(faults);
            bedside.ward.pass();
            bedside.set(Faults.NONE);
            bedside.device.disconnect();
            bedside.ward.pass();
            assertThat(bedside.delivered()).as("%s, %s", kind, faults).isEqualTo(expected(kind));
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
        }
    }

    @Property(tries = 6, generation = GenerationMode.EXHAUSTIVE)
    void aSilentDeviceIsNotReadyAndRecoversWhenItAnswers(@ForAll Kind kind, @ForAll boolean isAfterOpening) {
        try (Bedside bedside = new Bedside(kind)) {
            if (isAfterOpening) {
                bedside.set(Faults.NONE);
                bedside.ward.pass();
                bedside.set(Faults.NONE.withSilence());
                bedside.device.disconnect();
            } else {
                bedside.set(Faults.NONE.withSilence());
            }
            bedside.ward.clock.advance(Duration.ofHours(1));
            assertThat(bedside.state()).as(bedside.reason()).isIn(DeviceState.OFFLINE, DeviceState.CONNECTING);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            assertThat(bedside.delivered()).isEqualTo(expected(kind));
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
        }
    }

    @Property(tries = 20)
    void aMeterThatWasResetAndHasAnotherClockIsReadWhole(
            @ForAll @IntRange(min = 1, max = 8) int before,
            @ForAll @IntRange(min = 1, max = 8) int after,
            @ForAll @IntRange(min = -9_000, max = 9_000) int minutesOff) {
        try (Bedside bedside = new Bedside(Kind.METER)) {
            VirtualGlucoseMeter meter = (VirtualGlucoseMeter) bedside.device;
            bedside.measure(before);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            int old = bedside.delivered().size();
            assertThat(old).isEqualTo(RECORDS + before);
            bedside.set(Faults.NONE.withConnectionsRefused());
            bedside.device.disconnect();
            meter.reset();
            meter.clock(Clock.offset(
                    bedside.ward.clock, Duration.ofMinutes(minutesOff).plusDays(40)));
            bedside.measure(after);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            assertThat(bedside.delivered()).hasSize(old + after);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void whatAFullMemoryStillHasIsDeliveredBeforeAndAfterItWasReadOnce(
            @ForAll boolean isMeter, @ForAll @IntRange(min = 1, max = RECORDS) int memory) {
        Kind kind = isMeter ? Kind.METER : Kind.SENSOR;
        Set<String> expected = expected(kind);
        try (Bedside bedside = new Bedside(kind)) {
            bedside.memory(memory);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            int announced = isMeter ? 0 : RECORDS; // a sensor announces its last values beside its records
            assertThat(bedside.delivered())
                    .hasSizeBetween(memory, Math.max(memory, announced))
                    .isSubsetOf(expected);
            int before = bedside.delivered().size();
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);

            bedside.set(Faults.NONE.withConnectionsRefused());
            bedside.device.disconnect();
            bedside.values = 200;
            bedside.measure(memory + 3);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            assertThat(bedside.delivered())
                    .hasSizeBetween(before + memory, before + Math.max(memory, announced + memory));
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
        }
    }

    @Example
    void aMeterThatNeverStopsSendingIsToldAndHoldsUpNoOther() {
        try (Bedside bedside = new Bedside(Kind.METER)) {
            VirtualGlucoseMeter meter = (VirtualGlucoseMeter) bedside.device;
            meter.peripheral().onWrite(VirtualGlucoseMeter.CONTROL_POINT, octets -> {});
            bedside.set(Faults.NONE);
            bedside.ward.clock.advance(Duration.ofSeconds(5));
            VirtualGlucoseMeter other = new VirtualGlucoseMeter(bedside.ward.air, "d-2");
            other.measureMilligramPerDecilitre(77);
            byte[] record = {2, 1, 0, (byte) 0xE8, 7, 1, 1, 12, 1, 0, 91, (byte) 0xB0, 0x11};
            for (int i = 0; i <= ControlPointClient.LONGEST.toSeconds() / 10; i++) {
                record[1] = (byte) i;
                record[2] = (byte) (i >> 8);
                meter.peripheral().notify(VirtualGlucoseMeter.MEASUREMENT, record);
                bedside.ward.clock.advance(Duration.ofSeconds(10));
            }
            assertThat(bedside.ward.gateway.devices())
                    .anySatisfy(device -> assertThat(device.reason()).contains("without end"));
            assertThat(bedside.ward.lines()).anySatisfy(line -> assertThat(line).contains("77 mg/dL"));
        }
    }

    @Example
    void tenMegabytesOfNonsenseAreRefusedAndTheRecordsComeAllTheSame() {
        try (Bedside bedside = new Bedside(Kind.METER)) {
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            byte[] nonsense = new byte[500];
            nonsense[0] = 0x03;
            for (int i = 0; i < 21_000; i++) {
                bedside.device.peripheral().notify(VirtualGlucoseMeter.MEASUREMENT, nonsense);
                if (i % 500 == 0) {
                    bedside.ward.run();
                }
            }
            bedside.ward.run();
            assertThat(bedside.ward.gateway.stats().waiting()).isLessThan(10_000);
            bedside.device.disconnect();
            bedside.ward.pass();
            assertThat(bedside.delivered()).containsAll(expected(Kind.METER));
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
        }
    }

    @Property(tries = 10)
    void anOutboxThatIsFullKeepsNothingFromArrivingLater(
            @ForAll Kind kind, @ForAll @IntRange(min = 1, max = 4) int room) {
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(room, 1 << 20));
        try (Bedside bedside = new Bedside(kind, builder -> builder.outbox(outbox))) {
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            Set<String> stored = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                List<OutboxEntry> some = outbox.read(Lane.CLINICAL, 0, 100);
                some.forEach(entry -> stored.add(entry.record().id().toString()));
                outbox.acknowledge(some);
                bedside.ward.clock.advance(Duration.ofSeconds(10));
            }
            Set<String> shown = new HashSet<>();
            bedside.ward.observations.forEach(one -> shown.add(one.id().toString()));
            assertThat(stored).isEqualTo(shown);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void fiveHundredFailedOpensLeaveNothingBehind(@ForAll Kind kind) {
        try (Bedside bedside = new Bedside(kind)) {
            bedside.set(Faults.NONE.withLinkLostAfter(1));
            bedside.ward.pass();
            int threads = Thread.activeCount();
            int timers = bedside.ward.clock.waiting();
            int descriptors = descriptors();
            int attempts = 0;
            for (int i = 0; attempts < 500; i++) {
                bedside.set(Faults.NONE.withLinkLostAfter(1 + i % 30));
                bedside.ward.clock.advance(Duration.ofMinutes(1));
                attempts = bedside.ward.events(DeviceEvent.StateChanged.class).stream()
                        .filter(event -> event.to() == DeviceState.CONNECTING)
                        .toList()
                        .size();
            }
            assertThat(bedside.ward.clock.waiting()).as("timers").isLessThanOrEqualTo(timers + 3);
            assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 1);
            assertThat(descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors + 3);
            bedside.set(Faults.NONE);
            bedside.ward.pass();
            assertThat(bedside.delivered()).containsAll(expected(kind));
            assertThat(bedside.state()).as(bedside.reason()).isEqualTo(DeviceState.READY);
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : new ArrayList<>(List.of(open)).size();
    }
}
