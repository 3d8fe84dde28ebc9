package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.time.CurrentElapsedTime;
import org.openiomt.ble.profile.time.CurrentElapsedTime.Clocking;
import org.openiomt.ble.profile.time.CurrentTime;
import org.openiomt.ble.profile.time.DateTime;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/*
 * A device's clock is read before anything else, and set to ours when it is not set, is wrong by more than the tolerance, or the
 * device is known to want to be told the time first. Then it is read again: only what it shows counts. What it measured before is
 * never given another time; TimeLine marks it.
 *
 * A clock of local time is left alone when the application has not said the zone, and any clock when ours shows a year before this
 * library was written: a gateway that has lost its own clock must not spread its error.
 */
final class DeviceClock {
    private static final Instant SOUND = Instant.parse("2025-01-01T00:00:00Z");
    private static final int FIRST_YEAR = 2_000;
    private static final int NANOS_PER_256TH = 1_000_000_000 / 256;
    private static final int SECONDS_PER_QUARTER = 15 * 60;
    private static final int SOURCE_NOT_KNOWN = 0;
    private static final String DATE_TIME = "2a08";

    /** Services whose devices have a Date Time of their own. */
    private static final Set<String> MEASURING = Set.of("1808", "1809", "1810", "1822", "181b", "181d");

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(
                    "2a2b",
                    CurrentTime.CODEC,
                    false,
                    value -> true,
                    value -> value.dateTime().local(),
                    (now, zone) -> new CurrentTime(
                            DeviceDateTime.from(now),
                            now.getDayOfWeek().getValue(),
                            now.get(ChronoField.NANO_OF_SECOND) / NANOS_PER_256TH,
                            Set.of(CurrentTime.Reason.EXTERNAL_REFERENCE_UPDATE),
                            Remainder.NONE)),
            new Kind<>(
                    DATE_TIME,
                    DateTime.CODEC,
                    false,
                    value -> true,
                    value -> value.dateTime().local(),
                    (now, zone) -> DateTime.of(DeviceDateTime.from(now))),
            new Kind<>(
                    "2bf2",
                    CurrentElapsedTime.CODEC,
                    true,
                    value -> value.time().flags().contains(ElapsedTime.Flag.UTC),
                    DeviceClock::shown,
                    DeviceClock::setting));

    /**
     * How a clock is read and set.
     *
     * @param isUtc whether it counts in UTC, else in local time
     * @param canBeSet whether one that shows this is of a kind that we can set
     * @param shown what it shows; empty when it is not set
     * @param setting what sets it
     */
    private record Kind<T>(
            String characteristic,
            Codec<T> codec,
            boolean isUtc,
            Predicate<T> canBeSet,
            Function<T, Optional<LocalDateTime>> shown,
            BiFunction<LocalDateTime, Optional<ZoneId>, T> setting) {}

    private final GattSession gatt;
    private final DriverContext context;
    private final TimeLine timeLine;

    DeviceClock(GattSession gatt, TimeLine timeLine) {
        this.gatt = gatt;
        this.context = gatt.context();
        this.timeLine = timeLine;
    }

    /** Whether the device has a clock that may have to be set. */
    static boolean isIn(GattSession gatt) {
        return gatt.context().link().channels().stream()
                .anyMatch(channel -> kind(channel).isPresent());
    }

    /**
     * Reads the device's clocks and sets those that are wrong.
     *
     * @param always the clocks that are set in any case
     * @return completes when it is done, or cannot be; fails when the link is lost
     */
    CompletionStage<Void> settle(Set<Channel> always) {
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        if (context.clock().instant().isBefore(SOUND)) {
            return done;
        }
        for (Channel channel : context.link().channels()) {
            Optional<Kind<?>> kind = kind(channel);
            if (kind.isPresent()) {
                done = done.thenCompose(before -> settle(channel, kind.get(), always.contains(channel)));
            }
        }
        return done;
    }

    private static Optional<Kind<?>> kind(Channel channel) {
        String characteristic = Gatt.characteristic(channel);
        boolean isForeign = characteristic.equals(DATE_TIME) && !MEASURING.contains(Gatt.service(channel));
        for (Kind<?> kind : KINDS) {
            if (kind.characteristic.equals(characteristic) && !isForeign) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private <T> CompletionStage<Void> settle(Channel channel, Kind<T> kind, boolean isAlways) {
        return gatt.readIfPresent(channel, kind.codec).thenCompose(read -> {
            Optional<LocalDateTime> now = now(kind);
            boolean isOurs = read.map(kind.canBeSet::test).orElse(isAlways);
            Optional<Duration> error = error(kind, read, now);
            if (now.isEmpty() || !isOurs || (isRight(error) && !isAlways)) {
                return CompletableFuture.completedFuture(null);
            }
            if (!kind.isUtc && !isRight(error)) {
                timeLine.wrong();
            }
            return gatt.write(channel, kind.codec, kind.setting.apply(now.get(), context.deviceZone()))
                    .handle((written, fault) -> isTaken(fault))
                    .thenCompose(isTaken -> check(channel, kind, error, isTaken));
        });
    }

    /** A device may keep a part and say no; any fault but a no ends the session. */
    private static boolean isTaken(@Nullable Throwable fault) {
        if (fault == null) {
            return true;
        }
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof RefusedException) {
            return false;
        }
        throw new CompletionException(cause);
    }

    private <T> CompletionStage<Void> check(
            Channel channel, Kind<T> kind, Optional<Duration> errorBefore, boolean isTaken) {
        return gatt.readIfPresent(channel, kind.codec).thenAccept(read -> {
            boolean wasRight = isRight(errorBefore);
            boolean isNowRight = read.isPresent() ? isRight(error(kind, read, now(kind))) : isTaken;
            if (isNowRight && (isTaken || !wasRight)) {
                context.clockSet(channel, errorBefore);
            }
            if (!kind.isUtc && isNowRight && !wasRight) {
                timeLine.set();
            }
        });
    }

    /** Returns our time as such a clock tells it; empty when the zone is not known. */
    private Optional<LocalDateTime> now(Kind<?> kind) {
        return kind.isUtc
                ? Optional.of(LocalDateTime.ofInstant(context.clock().instant(), ZoneOffset.UTC))
                : timeLine.now();
    }

    private static <T> Optional<Duration> error(Kind<T> kind, Optional<T> read, Optional<LocalDateTime> now) {
        return read.flatMap(kind.shown)
                .filter(shown -> shown.getYear() > FIRST_YEAR)
                .flatMap(shown -> now.map(ours -> Duration.between(ours, shown)));
    }

    private static boolean isRight(Optional<Duration> error) {
        return error.filter(known -> known.abs().compareTo(TimeLine.TOLERANCE) <= 0)
                .isPresent();
    }

    private static Optional<LocalDateTime> shown(CurrentElapsedTime value) {
        boolean isUnset = value.clock()
                .filter(clock -> clock.says().contains(Clocking.NEEDS_SET))
                .isPresent();
        return isUnset ? Optional.empty() : value.time().time();
    }

    private static CurrentElapsedTime setting(LocalDateTime utc, Optional<ZoneId> zone) {
        int quarters = zone.map(place -> place.getRules().getOffset(utc.toInstant(ZoneOffset.UTC)))
                .map(offset -> offset.getTotalSeconds() / SECONDS_PER_QUARTER)
                .orElse(ElapsedTime.OFFSET_UNKNOWN);
        return CurrentElapsedTime.setting(ElapsedTime.utc(utc, SOURCE_NOT_KNOWN, quarters));
    }
}
