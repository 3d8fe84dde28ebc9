package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualHealthSensor;
import org.openiomt.ble.virtual.surroundings.TimeService;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;

/** Clocks that are set first, and what is said of readings that a wrong clock has stamped. */
class DeviceClockTest {
    private static final ClockState WAS_WRONG = new ClockState(Synchronisation.NOT_SYNCHRONISED, Continuity.JUMPED);
    private static final ClockState WRONG = new ClockState(Synchronisation.NOT_SYNCHRONISED, Continuity.UNKNOWN);
    private static final ClockState SET = new ClockState(Synchronisation.SYNCHRONISED, Continuity.CONTINUOUS);
    private static final Duration HOURS = Duration.ofHours(3);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final ManualGateway ward = new ManualGateway(builder -> builder.deviceZone(ZONE));
    private final VirtualCuff cuff = new VirtualCuff(ward.air, "cuff-1");

    @AfterEach
    void close() {
        ward.close();
    }

    private List<ClockState> states() {
        return ward.of(Mdc.MDC_PRESS_BLD_NONINV).stream()
                .map(one -> one.time().clock())
                .toList();
    }

    private void cuffIsAhead(Duration by) {
        cuff.clock(Clock.offset(ward.clock, by.plusHours(1))); // an hour before UTC is the zone in winter
    }

    private TimeService withClock(Duration ahead) {
        TimeService time = new TimeService(cuff.peripheral(), ZONE);
        time.drift(ahead);
        cuffIsAhead(ahead);
        return time;
    }

    private List<Optional<Duration>> errors() {
        return ward.events(DeviceEvent.ClockSet.class).stream()
                .map(DeviceEvent.ClockSet::error)
                .toList();
    }

    @Test
    void aClockThatIsWrongIsSetBeforeTheFirstReadingAndOlderReadingsKeepTheirTimeWithAMark() {
        withClock(HOURS.negated());
        cuff.measure(120, 80, 93);
        ward.run();
        cuffIsAhead(Duration.ZERO);
        ward.clock.advance(Duration.ofSeconds(5));
        cuff.measure(121, 80, 93);
        ward.run();

        assertThat(ward.lines())
                .containsExactly(
                        "2025-12-31T22:00:00  blood pressure  120/80 (93) mm[Hg]",
                        "2026-01-01T01:00:05  blood pressure  121/80 (93) mm[Hg]");
        assertThat(states()).containsExactly(WAS_WRONG, SET);
        assertThat(errors()).containsExactly(Optional.of(HOURS.negated()));
        assertThat(ward.events(DeviceEvent.ClockSet.class).get(0).channel()).isEqualTo("1805/2a2b");
    }

    @Test
    void aReadingFromTheFutureIsOfAClockThatWasWrong() {
        withClock(HOURS);
        cuff.measure(120, 80, 93);
        ward.run();

        assertThat(states()).containsExactly(WRONG);
        assertThat(errors()).containsExactly(Optional.of(HOURS));
    }

    @Test
    void aClockThatIsRightIsLeftAlone() {
        withClock(Duration.ofSeconds(40));
        ward.run();
        cuff.measure(120, 80, 93);
        ward.run();

        assertThat(errors()).isEmpty();
        assertThat(states()).containsExactly(ClockState.UNKNOWN);
    }

    @Test
    void laterSessionsKnowWhenTheClockWasSet() {
        withClock(HOURS.negated());
        cuff.measure(120, 80, 93);
        cuff.faults(Faults.NONE.withLinkLostAfter(14));
        ward.run();
        cuff.faults(Faults.NONE);
        cuffIsAhead(Duration.ZERO);
        ward.clock.advance(Duration.ofMinutes(5));
        cuff.measure(121, 80, 93);
        ward.pass();

        assertThat(states()).containsExactly(WAS_WRONG, SET);
        assertThat(errors()).hasSize(1);
    }

    @Test
    void aLinkThatIsLostWhileTheClockIsSetStillMarksWhatWasBefore() {
        withClock(HOURS.negated());
        cuff.measure(120, 80, 93);
        cuff.faults(Faults.NONE.withLinkLostAfter(8));
        ward.run();
        cuff.faults(Faults.NONE);
        ward.pass();

        assertThat(states()).containsExactly(WAS_WRONG);
    }

    @Test
    void withoutAZoneNoClockIsSet() {
        try (ManualGateway plain = new ManualGateway()) {
            VirtualCuff other = new VirtualCuff(plain.air, "cuff-2");
            new TimeService(other.peripheral(), ZONE).drift(HOURS);
            plain.run();

            assertThat(plain.events(DeviceEvent.ClockSet.class)).isEmpty();
            assertThat(plain.state()).isEqualTo(DeviceState.READY);
        }
    }

    @Test
    void aClockThatCannotBeSetMarksWhatItStamps() {
        withClock(HOURS.negated());
        cuff.peripheral().onWrite(TimeService.CURRENT_TIME, octets -> {
            throw new RefusedException(AttError.WRITE_NOT_PERMITTED, "no");
        });
        cuff.measure(120, 80, 93);
        ward.run();

        assertThat(errors()).isEmpty();
        assertThat(states()).containsExactly(WRONG);
        assertThat(ward.state()).isEqualTo(DeviceState.READY);
    }

    @Test
    void aClockThatWasNeverSetIsSetAndNoErrorIsInvented() {
        Channel dateTime = Gatt.channel("1810", "2a08");
        byte[][] clock = {new byte[7]};
        cuff.peripheral()
                .add(dateTime, Property.READ, Property.WRITE)
                .onRead(dateTime, () -> clock[0].clone())
                .onWrite(dateTime, octets -> clock[0] = octets.clone());
        ward.run();

        assertThat(HexFormat.of().formatHex(clock[0])).isEqualTo("ea070101010000");
        assertThat(errors()).containsExactly(Optional.empty());
    }

    @Test
    void aDeviceThatWantsTheTimeFirstIsToldItBeforeAnythingIsSubscribedTo() {
        Channel dateTime = Gatt.channel("1810", "2a08");
        boolean[] wasFirst = {false};
        cuff.peripheral()
                .value(VirtualCuff.MANUFACTURER, "A&D Medical".getBytes(StandardCharsets.UTF_8))
                .add(dateTime, Property.WRITE)
                .onWrite(dateTime, octets -> wasFirst[0] = !cuff.peripheral().isSubscribed(VirtualCuff.MEASUREMENT));
        ward.run();

        assertThat(wasFirst[0]).isTrue();
        assertThat(ward.events(DeviceEvent.ClockSet.class)).hasSize(1);
    }

    @Test
    void aDeviceThatMustBePairedFirstSaysHow() {
        cuff.peripheral().value(VirtualCuff.MANUFACTURER, "A&D Medical".getBytes(StandardCharsets.UTF_8));
        cuff.faults(Faults.NONE.withRefusal(VirtualCuff.MEASUREMENT, AttError.INSUFFICIENT_AUTHENTICATION));
        ward.run();

        assertThat(ward.gateway.devices().get(0).reason())
                .endsWith(
                        "1810/2a35 refused: insufficient authentication (0x05); it must be paired first, in its pairing mode");
    }

    @Test
    void aClockThatWasSetBackIsNoticedByItsStamps() {
        cuffIsAhead(Duration.ZERO);
        ward.run();
        ward.clock.advance(HOURS);
        cuff.measure(120, 80, 93);
        cuffIsAhead(Duration.ofHours(-2));
        cuff.measure(121, 80, 93);
        cuff.measure(122, 80, 93);
        ward.run();

        assertThat(states()).containsExactly(ClockState.UNKNOWN, WAS_WRONG, ClockState.UNKNOWN);
    }

    @Test
    void aDateThatIsNotKnownIsOfAClockThatIsNotSet() {
        ward.run();
        cuff.replay(HexFormat.of().parseHex("02780050005D0000000000000000"));
        ward.run();

        assertThat(states()).containsExactly(WRONG);
    }

    @Test
    void aHealthSensorsClockIsSetInUtcAndTellsByItselfWhatWasBefore() {
        VirtualHealthSensor sensor = new VirtualHealthSensor(ward.air, "sensor-1", List.of(Mdc.MDC_TEMP_BODY.value()));
        sensor.measure(Mdc.MDC_TEMP_BODY.value(), 6048, "36.60");
        ward.pass();
        sensor.measure(Mdc.MDC_TEMP_BODY.value(), 6048, "36.70");
        ward.run();

        assertThat(ward.events(DeviceEvent.ClockSet.class))
                .singleElement()
                .satisfies(event -> assertThat(event.error()).isEmpty())
                .satisfies(event -> assertThat(event.channel()).isEqualTo("183f/2bf2"));
        assertThat(sensor.time().offset()).hasValue(60);
        assertThat(ward.of(Mdc.MDC_TEMP_BODY))
                .extracting(one -> one.time().clock().continuity())
                .containsExactly(Continuity.JUMPED, Continuity.CONTINUOUS);
    }
}
