package org.openiomt.ble.virtual.surroundings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.time.CurrentTime;
import org.openiomt.ble.profile.time.CurrentTime.Reason;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.LocalTimeInformation;
import org.openiomt.ble.profile.time.ReferenceTimeInformation;
import org.openiomt.ble.profile.time.TimeSource;
import org.openiomt.ble.profile.time.TimeSource.Source;
import org.openiomt.ble.profile.time.TimeUpdateControlPoint;
import org.openiomt.ble.profile.time.TimeUpdateControlPoint.Command;
import org.openiomt.ble.profile.time.TimeUpdateState;
import org.openiomt.ble.profile.time.TimeUpdateState.Result;
import org.openiomt.ble.profile.time.TimeUpdateState.State;
import org.openiomt.ble.profile.time.TimeWithDst;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A time server: the Current Time, the Reference Time Update and the Next DST Change Service. Its clock is that of the air with an
 * error, which {@link #drift} and a client's write bring about and an update from its reference, which takes {@link #UPDATE}, takes
 * away. Every step of the clock is notified with its reason. Any thread may call.
 */
public final class TimeService {
    /** Current Time. A client may set it; what is no date and time is refused with ATT error 0x80. */
    public static final Channel CURRENT_TIME = Gatt.channel("1805", "2a2b");

    /** Local Time Information. */
    public static final Channel LOCAL_TIME = Gatt.channel("1805", "2a0f");

    /** Reference Time Information. */
    public static final Channel REFERENCE_TIME = Gatt.channel("1805", "2a14");

    /** Time Update Control Point. */
    public static final Channel UPDATE_CONTROL_POINT = Gatt.channel("1806", "2a16");

    /** Time Update State. */
    public static final Channel UPDATE_STATE = Gatt.channel("1806", "2a17");

    /** Time with DST. */
    public static final Channel NEXT_DST = Gatt.channel("1807", "2a11");

    /** How long an update from the reference takes. */
    public static final Duration UPDATE = Duration.ofSeconds(3);

    private static final int MINUTES_PER_STEP = 15;
    private static final int HOURS_PER_DAY = 24;
    private static final int NANOS_PER_256TH = 1_000_000_000 / 256;
    private static final MedicalFloat ACCURACY_SECOND = MedicalFloat.of(125, -3);

    private final VirtualPeripheral peripheral;
    private final Scheduler scheduler;

    // Guarded by this.
    private ZoneId zone;
    private Duration error = Duration.ZERO;
    private Source source = Source.NETWORK_TIME_PROTOCOL;
    private Instant updatedAt;
    private TimeUpdateState state = TimeUpdateState.of(State.IDLE, Result.UPDATE_NOT_ATTEMPTED_AFTER_RESET);
    private @Nullable Object update;
    private boolean isReferenceReachable = true;

    /**
     * Adds the services to a peripheral that no central is connected to. Its clock is right.
     *
     * @param zone the local time that it tells, with its daylight saving time
     */
    public TimeService(VirtualPeripheral peripheral, ZoneId zone) {
        this.peripheral = peripheral;
        this.scheduler = peripheral.scheduler();
        this.zone = zone;
        this.updatedAt = scheduler.clock().instant();
        peripheral
                .advertises("1805")
                .add(CURRENT_TIME, Property.READ, Property.WRITE, Property.NOTIFY)
                .onRead(CURRENT_TIME, () -> now(Set.of()))
                .onWrite(CURRENT_TIME, this::set)
                .add(LOCAL_TIME, Property.READ)
                .onRead(LOCAL_TIME, this::localTime)
                .add(REFERENCE_TIME, Property.READ)
                .onRead(REFERENCE_TIME, this::reference)
                .add(UPDATE_CONTROL_POINT, Property.WRITE_WITHOUT_RESPONSE)
                .onWrite(UPDATE_CONTROL_POINT, this::control)
                .add(UPDATE_STATE, Property.READ)
                .onRead(UPDATE_STATE, this::state)
                .add(NEXT_DST, Property.READ)
                .onRead(NEXT_DST, this::nextDst);
    }

    /** Goes to another zone, and says so. */
    public void travelTo(ZoneId newZone) {
        synchronized (this) {
            zone = newZone;
        }
        tell(Set.of(Reason.CHANGE_OF_TIME_ZONE));
    }

    /** Daylight saving time has begun or ended just now: says so. */
    public void changeDst() {
        tell(Set.of(Reason.CHANGE_OF_DST));
    }

    /** Goes wrong by so much more, below zero into the past, and says nothing: it does not know. */
    public synchronized void drift(Duration by) {
        error = error.plus(by);
    }

    /** Loses its reference, or finds it again: updates fail meanwhile. */
    public synchronized void reference(Reachability reachability) {
        isReferenceReachable = reachability == Reachability.REACHABLE;
    }

    /** Whether the reference can be asked. */
    public enum Reachability {
        /** It answers. */
        REACHABLE,
        /** There is no way to it. */
        UNREACHABLE
    }

    private synchronized ZonedDateTime local() {
        return scheduler.clock().instant().plus(error).atZone(zone);
    }

    private void tell(Set<Reason> reasons) {
        peripheral.notify(CURRENT_TIME, now(reasons));
    }

    private byte[] now(Set<Reason> reasons) {
        ZonedDateTime now = local();
        return CurrentTime.CODEC.encode(new CurrentTime(
                DeviceDateTime.from(now.toLocalDateTime()),
                now.getDayOfWeek().getValue(),
                now.getNano() / NANOS_PER_256TH % 256,
                reasons,
                Remainder.NONE));
    }

    private void set(byte[] octets) {
        LocalDateTime wanted;
        try {
            wanted = CurrentTime.CODEC
                    .decode(octets, DecodeMode.STRICT)
                    .value()
                    .dateTime()
                    .local()
                    .orElseThrow(() -> ignored("a date and time that exists"));
        } catch (DecodeException e) {
            throw ignored(e.field());
        }
        synchronized (this) {
            error = error.plus(Duration.between(local(), wanted.atZone(zone)));
            source = Source.MANUAL;
            updatedAt = scheduler.clock().instant();
        }
        tell(Set.of(Reason.MANUAL_UPDATE));
    }

    private static GattRefusedException ignored(String what) {
        return new GattRefusedException(CURRENT_TIME, AttMeaning.DATA_FIELD_IGNORED, what);
    }

    private byte[] localTime() {
        ZonedDateTime now = local();
        ZoneOffset standard = now.getZone().getRules().getStandardOffset(now.toInstant());
        return LocalTimeInformation.CODEC.encode(new LocalTimeInformation(
                (int) Duration.ofSeconds(standard.getTotalSeconds()).toMinutes() / MINUTES_PER_STEP,
                dst(now.toInstant(), now.getZone()),
                Remainder.NONE));
    }

    private static int dst(Instant at, ZoneId where) {
        int code = (int) where.getRules().getDaylightSavings(at).toMinutes() / MINUTES_PER_STEP;
        return DstOffset.offsetMinutes(code).isPresent() ? code : DstOffset.UNKNOWN;
    }

    private synchronized byte[] reference() {
        long hours = Duration.between(updatedAt, scheduler.clock().instant()).toHours();
        boolean isLongAgo = hours >= (long) ReferenceTimeInformation.LONG_AGO * HOURS_PER_DAY;
        return ReferenceTimeInformation.CODEC.encode(new ReferenceTimeInformation(
                TimeSource.of(source).code(),
                ACCURACY_SECOND,
                isLongAgo ? ReferenceTimeInformation.LONG_AGO : (int) (hours / HOURS_PER_DAY),
                isLongAgo ? ReferenceTimeInformation.LONG_AGO : (int) (hours % HOURS_PER_DAY),
                Remainder.NONE));
    }

    private synchronized byte[] state() {
        return TimeUpdateState.CODEC.encode(state);
    }

    /** Nobody hears a refusal of what was written without an answer. */
    private synchronized void control(byte[] octets) {
        Optional<Command> command =
                octets.length == 1 ? TimeUpdateControlPoint.CODEC.decode(octets).command() : Optional.empty();
        if (command.isEmpty()) {
            return;
        }
        if (command.get() == Command.CANCEL_REFERENCE_UPDATE) {
            update = null;
            state = TimeUpdateState.of(State.IDLE, Result.CANCELED);
        } else if (update == null) {
            Object mine = new Object();
            update = mine;
            state = TimeUpdateState.of(State.UPDATE_PENDING, state.result().orElseThrow());
            scheduler.schedule(UPDATE, () -> updated(mine));
        }
    }

    private void updated(Object mine) {
        synchronized (this) {
            if (update != mine) {
                return;
            }
            update = null;
            if (!isReferenceReachable) {
                state = TimeUpdateState.of(State.IDLE, Result.NO_CONNECTION_TO_REFERENCE);
                return;
            }
            state = TimeUpdateState.of(State.IDLE, Result.SUCCESSFUL);
            error = Duration.ZERO;
            source = Source.NETWORK_TIME_PROTOCOL;
            updatedAt = scheduler.clock().instant();
        }
        tell(Set.of(Reason.EXTERNAL_REFERENCE_UPDATE));
    }

    /** A zone without daylight saving time has no next change: the time is not known then. */
    private byte[] nextDst() {
        ZonedDateTime now = local();
        ZoneOffsetTransition next = now.getZone().getRules().nextTransition(now.toInstant());
        return TimeWithDst.CODEC.encode(
                next == null
                        ? new TimeWithDst(DeviceDateTime.of(0, 0, 0, 0, 0, 0), DstOffset.UNKNOWN, Remainder.NONE)
                        : new TimeWithDst(
                                DeviceDateTime.from(next.getDateTimeAfter()),
                                dst(next.getInstant(), now.getZone()),
                                Remainder.NONE));
    }
}
