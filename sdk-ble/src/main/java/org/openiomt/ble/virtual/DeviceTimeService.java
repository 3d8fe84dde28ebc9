package org.openiomt.ble.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
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
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.ble.profile.time.TimeSource;
import org.openiomt.ble.profile.time.TimeSource.Source;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * The Device Time Service, for any peripheral to carry: a clock that tells how far it can be trusted, and that a client sets. It
 * shows UTC at first, and runs with the clock of the air. Any thread may call.
 *
 * <p>A time that is proposed is rejected with every reason that there is: it lies before 2020 or in the last year that the clock can
 * count, a zone or summer time is none, it counts from the other year, the client may not, it is local time for a clock that shows UTC,
 * its accuracy is worse than {@link #MAX_ACCURACY_EIGHTHS}, or a person set it while the clock has a better source. The last three do not
 * matter for a time that is forced. What is accepted is told.
 *
 * <p>Changes of its time are not logged: the layout of the log is not known, so the features that belong to it cannot be had.
 */
public final class DeviceTimeService {
    /** Device Time Feature. */
    public static final Channel FEATURES = Gatt.channel("1847", "2b8e");

    /** Device Time Parameters. */
    public static final Channel PARAMETERS = Gatt.channel("1847", "2b8f");

    /** Device Time. */
    public static final Channel TIME = Gatt.channel("1847", "2b90");

    /** Device Time Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1847", "2b91");

    /** How far the clock may have drifted before it counts as not synchronised any more. */
    public static final Duration MAX_DRIFT = Duration.ofSeconds(60);

    /** The worst accuracy of a proposal that is taken, in 1/8 s. */
    public static final int MAX_ACCURACY_EIGHTHS = 80;

    /** What it cannot do, since the log of changes and the forms of display have no layout that is known. */
    public static final Set<Feature> NOT_SERVED = Collections.unmodifiableSet(EnumSet.of(
            Feature.TIME_CHANGE_LOGGING,
            Feature.DISPLAYED_FORMATS,
            Feature.DISPLAYED_FORMATS_CHANGEABLE,
            Feature.PROPOSE_NON_LOGGED_LIMIT,
            Feature.RETRIEVE_ACTIVE_ADJUSTMENTS));

    private static final LocalDateTime EARLIEST = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final long COUNTS = 1L << Integer.SIZE;
    private static final long LAST_YEAR = COUNTS - Duration.ofDays(365).toSeconds();
    private static final int RESOLUTION = 1; // in 1/65536 s
    private static final int FRACTIONS = 1 << Short.SIZE;
    private static final long NANOS = 1_000_000_000;
    private static final int MAX_DAYS = 30;
    private static final int SUCCESS = 1;
    private static final int OP_CODE_NOT_SUPPORTED = 2;
    private static final int INVALID_OPERAND = 3;
    private static final int REJECTED = 5;
    private static final int LOWEST_ZONE = -48;
    private static final int HIGHEST_ZONE = 56;
    private static final Set<Status> SYNCHRONISED = Set.of(Status.UTC_ALIGNED, Status.QUALIFIED_LOCAL_TIME);
    private static final Set<Source> GOOD = Set.of(
            Source.NETWORK_TIME_PROTOCOL,
            Source.GPS,
            Source.RADIO_TIME_SIGNAL,
            Source.ATOMIC_CLOCK,
            Source.CELLULAR_NETWORK);

    private final VirtualPeripheral peripheral;
    private final Scheduler scheduler;
    private final DeviceTimeFeature features;
    private final Epoch epoch;
    private final ControlPointServer server;

    // Guarded by this.
    private final Set<Status> status = EnumSet.of(Status.UTC_ALIGNED);
    private Duration error = Duration.ZERO;
    private Duration drift = Duration.ZERO;
    private Duration userOffset = Duration.ZERO;
    private int zoneQuarters;
    private int summerTimeCode;
    private int source = TimeSource.of(Source.NETWORK_TIME_PROTOCOL).code();
    private boolean isAuthorized;
    private OptionalInt ordered = OptionalInt.empty();

    /**
     * Adds the service to a peripheral to which no central is connected. It counts from 2000 where its features have that.
     *
     * @param supports what it can do; at least one year to count from
     * @throws IllegalArgumentException when it has no year, or something of {@link #NOT_SERVED}
     */
    public DeviceTimeService(VirtualPeripheral peripheral, Set<Feature> supports) {
        this.features = DeviceTimeFeature.of(supports);
        if (!Collections.disjoint(supports, NOT_SERVED)) {
            throw new IllegalArgumentException("expected none of " + NOT_SERVED + ", but got " + supports);
        }
        if (!features.has(Feature.EPOCH_YEAR_1900) && !features.has(Feature.EPOCH_YEAR_2000)) {
            throw new IllegalArgumentException("a clock needs a year to count from");
        }
        this.peripheral = peripheral;
        this.scheduler = peripheral.scheduler();
        this.epoch = features.has(Feature.EPOCH_YEAR_2000) ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
        if (epoch == Epoch.YEAR_2000) {
            status.add(Status.EPOCH_YEAR_2000);
        }
        peripheral
                .advertises("1847")
                .addReadable(FEATURES, DeviceTimeFeature.CODEC.encode(features))
                .addReadable(PARAMETERS, DeviceTimeParameters.codec(features).encode(parameters()))
                .add(TIME, Property.READ, Property.INDICATE)
                .onRead(TIME, this::time)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        server = new ControlPointServer(peripheral, CONTROL_POINT, ProcedureErrors.COMMON, this::serve);
    }

    /** Returns what it can do, which decides how its values are read. */
    public DeviceTimeFeature features() {
        return features;
    }

    /** Returns what the clock shows now. */
    public synchronized DeviceDateTime now() {
        return epoch.after(count());
    }

    /** Goes wrong by so much more. A clock that follows its drift knows, and beyond {@link #MAX_DRIFT} is not synchronised. */
    public void drift(Duration by) {
        synchronized (this) {
            error = error.plus(by);
            drift = drift.plus(by);
            if (!features.has(Feature.RTC_DRIFT_TRACKING) || drift.abs().compareTo(MAX_DRIFT) <= 0) {
                return;
            }
            status.removeAll(SYNCHRONISED);
            status.add(Status.PROPOSE_TIME_UPDATE_REQUEST);
        }
        peripheral.notify(TIME, time());
    }

    /** Loses its time, as after a change of the battery: it counts from zero, says so and asks to be set. */
    public void loseTime() {
        synchronized (this) {
            error = error.minusSeconds(count());
            drift = Duration.ZERO;
            source = TimeSource.of(Source.UNKNOWN).code();
            status.removeAll(SYNCHRONISED);
            status.addAll(Set.of(Status.TIME_FAULT, Status.PROPOSE_TIME_UPDATE_REQUEST));
        }
        peripheral.notify(TIME, time());
    }

    /** Shows the person another time than it measures by, where its features have that. */
    public void showUser(Duration offset) {
        synchronized (this) {
            userOffset = offset;
        }
        peripheral.notify(TIME, time());
    }

    /** Lets the client set the clock, where its features demand that somebody does. */
    public synchronized void authorize() {
        isAuthorized = true;
    }

    /**
     * Answers the next request that it knows with a result, and does nothing.
     *
     * @param result 4 failed, or 7 busy
     */
    public synchronized void answerNext(int result) {
        ordered = OptionalInt.of(result);
    }

    /** Refuses the next write to the control point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        server.refuseNext(attError);
    }

    private Instant instant() {
        return scheduler.clock().instant().plus(error);
    }

    private long count() {
        return count(epoch, LocalDateTime.ofInstant(instant(), ZoneOffset.UTC));
    }

    /** Returns the counter of a clock; one that has passed its last second begins anew. */
    private static long count(Epoch epoch, LocalDateTime time) {
        LocalDateTime start = epoch.after(0).local().orElseThrow();
        return Math.floorMod(Duration.between(start, time).toSeconds(), COUNTS);
    }

    private DeviceTimeParameters parameters() {
        boolean isDrift = features.has(Feature.RTC_DRIFT_TRACKING);
        return new DeviceTimeParameters(
                OptionalInt.of(RESOLUTION),
                isDrift ? OptionalInt.of((int) MAX_DRIFT.toSeconds()) : OptionalInt.empty(),
                isDrift ? OptionalInt.of(MAX_DAYS) : OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                check(),
                Remainder.NONE);
    }

    private E2eCheck check() {
        return features.has(Feature.E2E_CRC) ? E2eCheck.sound() : E2eCheck.none();
    }

    private synchronized byte[] time() {
        Instant now = instant();
        return DeviceTimeReading.codec(features)
                .encode(new DeviceTimeReading(
                        now(),
                        zoneQuarters,
                        summerTimeCode,
                        status,
                        features.has(Feature.SEPARATE_USER_TIMELINE)
                                ? Optional.of(epoch.after(
                                        count(epoch, LocalDateTime.ofInstant(now.plus(userOffset), ZoneOffset.UTC))))
                                : Optional.empty(),
                        features.has(Feature.RTC_DRIFT_TRACKING)
                                ? OptionalInt.of((int) Math.min(drift.abs().toSeconds(), FRACTIONS - 1))
                                : OptionalInt.empty(),
                        OptionalInt.empty(),
                        features.has(Feature.BASE_TIME_SECOND_FRACTIONS)
                                ? OptionalInt.of((int) (now.get(ChronoField.NANO_OF_SECOND) * (long) FRACTIONS / NANOS))
                                : OptionalInt.empty(),
                        check(),
                        Remainder.NONE));
    }

    private List<byte[]> serve(byte[] octets) {
        DeviceTimeControlPoint request;
        try {
            E2eContext context = features.has(Feature.E2E_CRC) ? E2eContext.PRESENT : E2eContext.ABSENT;
            request = ProtectedWrite.decode(octets, context, DeviceTimeService::codec);
        } catch (DecodeException e) {
            int opCodeAt = features.has(Feature.E2E_CRC) ? Short.BYTES : 0;
            return answer(octets.length > opCodeAt ? octets[opCodeAt] & 0xFF : 0, INVALID_OPERAND, 0);
        }
        int opCode = request.message().opCode();
        if (!(request.message() instanceof TimeUpdate update)) {
            return answer(opCode, OP_CODE_NOT_SUPPORTED, 0);
        }
        if (!request.remainder().isEmpty()) {
            return answer(opCode, INVALID_OPERAND, 0);
        }
        synchronized (this) {
            if (ordered.isPresent()) {
                int result = ordered.getAsInt();
                ordered = OptionalInt.empty();
                return answer(opCode, result, 0);
            }
            Set<Rejection> rejections = rejections(update);
            if (!rejections.isEmpty()) {
                int reasons = rejections.stream()
                        .mapToInt(rejection -> (int) rejection.mask())
                        .sum();
                return answer(opCode, REJECTED, reasons);
            }
            set(update);
        }
        peripheral.notify(TIME, time());
        return answer(opCode, SUCCESS, 0);
    }

    private static Codec<DeviceTimeControlPoint> codec(E2eContext context) {
        return DeviceTimeControlPoint.codec(DeviceTimeFeature.of(
                context.presence() == E2eContext.Presence.PRESENT ? Set.of(Feature.E2E_CRC) : Set.of()));
    }

    private List<byte[]> answer(int opCode, int result, int rejections) {
        Message response =
                new Response(opCode, result, result == REJECTED ? OptionalInt.of(rejections) : OptionalInt.empty());
        return List.of(DeviceTimeControlPoint.codec(features).encode(DeviceTimeControlPoint.of(response)));
    }

    private Set<Rejection> rejections(TimeUpdate update) {
        Set<Rejection> all = EnumSet.noneOf(Rejection.class);
        Epoch counted = update.flags().contains(UpdateFlag.EPOCH_YEAR_2000) ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
        LocalDateTime time = update.baseTime().local().orElseThrow();
        if (time.isBefore(EARLIEST) || count(epoch, time) >= LAST_YEAR) {
            all.add(Rejection.UNREALISTIC);
        }
        if (counted != epoch) {
            all.add(Rejection.WRONG_EPOCH);
        }
        boolean isZone = update.zoneQuarters() == TimeZone.UNKNOWN
                || (update.zoneQuarters() >= LOWEST_ZONE && update.zoneQuarters() <= HIGHEST_ZONE);
        boolean isSummerTime = update.summerTimeCode() == DstOffset.UNKNOWN
                || DstOffset.offsetMinutes(update.summerTimeCode()).isPresent();
        if (!isZone || !isSummerTime) {
            all.add(Rejection.OUT_OF_RANGE);
        }
        if (features.has(Feature.AUTHORIZATION_REQUIRED) && !isAuthorized) {
            all.add(Rejection.NOT_AUTHORIZED);
        }
        if (update.opCode() == DeviceTimeControlPoint.PROPOSE_TIME_UPDATE) {
            addDoubts(all, update);
        }
        return all;
    }

    private void addDoubts(Set<Rejection> all, TimeUpdate update) {
        if (status.contains(Status.UTC_ALIGNED) && !update.flags().contains(UpdateFlag.UTC_ALIGNED)) {
            all.add(Rejection.NOT_UTC_ALIGNED);
        }
        if (update.accuracyEighths() > MAX_ACCURACY_EIGHTHS) {
            all.add(Rejection.ACCURACY);
        }
        boolean isByHand = update.flags().contains(UpdateFlag.MANUAL) || !isGood(update.source());
        if (isByHand && isGood(source)) {
            all.add(Rejection.LOWER_QUALITY);
        }
    }

    private static boolean isGood(int source) {
        return GOOD.stream().anyMatch(good -> TimeSource.of(good).code() == source);
    }

    private void set(TimeUpdate update) {
        LocalDateTime shown = LocalDateTime.ofInstant(instant(), ZoneOffset.UTC);
        error = error.plus(Duration.between(shown, update.baseTime().local().orElseThrow()));
        drift = Duration.ZERO;
        zoneQuarters = update.zoneQuarters();
        summerTimeCode = update.summerTimeCode();
        source = update.source();
        status.removeAll(SYNCHRONISED);
        status.removeAll(Set.of(Status.TIME_FAULT, Status.PROPOSE_TIME_UPDATE_REQUEST));
        if (update.flags().contains(UpdateFlag.UTC_ALIGNED)) {
            status.add(Status.UTC_ALIGNED);
        } else if (update.flags().contains(UpdateFlag.QUALIFIED_LOCAL_TIME)) {
            status.add(Status.QUALIFIED_LOCAL_TIME);
        }
    }
}
