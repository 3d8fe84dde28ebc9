package org.openiomt.ble.profile.speedcadence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.ble.profile.speedcadence.Revolutions.Turned;

class RevolutionsPropertyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Provide
    Arbitrary<Revolutions> revolutions() {
        return Arbitraries.of(Counter.class).flatMap(RevolutionsPropertyTest::values);
    }

    @Property
    void whatIsAddedIsFoundAgainAcrossEveryRollOver(
            @ForAll("revolutions") Revolutions earlier, @ForAll @IntRange(max = 0x7FFF) int turns, @ForAll char ticks) {
        assertThat(advanced(earlier, turns, ticks).since(earlier, SECOND))
                .contains(new Turned(earlier.counter(), turns, ticks));
    }

    @Property
    void aWheelTurnsBackAsFarAsItTurned(
            @ForAll("revolutions") Revolutions earlier, @ForAll @IntRange(min = 1, max = 0x7FFF) int turns) {
        if (earlier.counter() != Counter.CRANK) {
            assertThat(earlier.since(advanced(earlier, turns, 0), SECOND))
                    .contains(new Turned(earlier.counter(), -turns, 0));
        }
    }

    @Property
    void aCrankNeverTurnsBackwards(
            @ForAll @IntRange(max = 0xFFFF) int first, @ForAll @IntRange(max = 0xFFFF) int second) {
        Revolutions earlier = new Revolutions(Counter.CRANK, first, 0);
        assertThat(new Revolutions(Counter.CRANK, second, 0).since(earlier, SECOND))
                .hasValueSatisfying(turned -> assertThat(turned.turns()).isBetween(0L, 0xFFFFL));
    }

    @Property
    void theSameValueIsStill(@ForAll("revolutions") Revolutions value) {
        assertThat(value.since(value, Duration.ZERO)).hasValueSatisfying(turned -> {
            assertThat(turned.isStill()).isTrue();
            assertThat(turned.perMinute()).isEmpty();
        });
    }

    @Property
    void twoStepsAreOneStep(
            @ForAll("revolutions") Revolutions start,
            @ForAll @IntRange(max = 0x3FFF) int first,
            @ForAll @IntRange(max = 0x3FFF) int second) {
        Revolutions middle = advanced(start, first, first);
        Revolutions end = advanced(middle, second, second);
        assertThat(end.since(start, SECOND)).contains(new Turned(start.counter(), first + second, first + second));
    }

    static Arbitrary<Revolutions> values(Counter counter) {
        long max = counter == Counter.CRANK ? 0xFFFF : 0xFFFFFFFFL;
        return Combinators.combine(
                        Arbitraries.longs().between(0, max),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as((count, time) -> new Revolutions(counter, count, time));
    }

    private static Revolutions advanced(Revolutions value, int turns, int ticks) {
        long mask = value.counter() == Counter.CRANK ? 0xFFFF : 0xFFFFFFFFL;
        return new Revolutions(value.counter(), value.count() + turns & mask, value.eventTime() + ticks & 0xFFFF);
    }
}
