package org.openiomt.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservationTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final DeviceDateTime CLOCK = DeviceDateTime.of(2026, 7, 1, 12, 0, 0);

    @Test
    void aWallClockWithoutAnOffsetIsReadInTheGivenZone() {
        ObservationTime time = at(DeviceTime.WallClock.of(CLOCK));

        assertThat(time.isKnown()).isTrue();
        assertThat(time.deviceInstant(BERLIN)).hasValue(Instant.parse("2026-07-01T10:00:00Z"));
        assertThat(time.deviceInstant(ZoneOffset.UTC)).hasValue(Instant.parse("2026-07-01T12:00:00Z"));
    }

    @Test
    void aWallClockWithAnOffsetNeedsNoZone() {
        ObservationTime time = at(new DeviceTime.WallClock(CLOCK, Optional.of(ZoneOffset.ofHours(-5))));

        assertThat(time.deviceInstant(BERLIN)).hasValue(Instant.parse("2026-07-01T17:00:00Z"));
    }

    @Test
    void aBaseTimeIsCorrectedByItsOffset() {
        ObservationTime time = at(new DeviceTime.BaseOffset(CLOCK, Duration.ofMinutes(-90)));

        assertThat(time.deviceInstant(ZoneOffset.UTC)).hasValue(Instant.parse("2026-07-01T10:30:00Z"));
    }

    @Test
    void utcIsUtcInEveryZone() {
        Instant instant = Instant.parse("2026-07-01T12:00:00.5Z");
        ObservationTime time = at(new DeviceTime.Utc(instant, Optional.empty()));

        assertThat(time.isKnown()).isTrue();
        assertThat(time.deviceInstant(BERLIN)).hasValue(instant);
    }

    @Test
    void whatTheDeviceDidNotSayIsNotTheTimeOfReception() {
        DeviceTime partial = DeviceTime.WallClock.of(DeviceDateTime.of(0, 7, 1, 12, 0, 0));
        for (DeviceTime unknown :
                new DeviceTime[] {new DeviceTime.None(), new DeviceTime.Ticks(5, Duration.ofMillis(1)), partial}) {
            assertThat(at(unknown).isKnown()).isFalse();
            assertThat(at(unknown).deviceInstant(BERLIN)).isEmpty();
            assertThat(at(unknown).receivedAt()).isEqualTo(RECEIVED_AT);
        }
    }

    @Test
    void aTimeBeyondAllYearsIsUnknownAndNoFault() {
        ObservationTime base = at(new DeviceTime.BaseOffset(CLOCK, Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(base.isKnown()).isFalse();
        assertThat(base.deviceInstant(BERLIN)).isEmpty();
        assertThat(new DeviceTime.Utc(Instant.MAX, Optional.of(ZoneOffset.UTC)).local())
                .isEmpty();
        assertThat(at(new DeviceTime.Utc(Instant.MAX, Optional.of(ZoneOffset.UTC)))
                        .deviceInstant(BERLIN))
                .hasValue(Instant.MAX);
    }

    private static ObservationTime at(DeviceTime time) {
        return ObservationTime.of(time, ClockState.UNKNOWN, RECEIVED_AT);
    }
}
