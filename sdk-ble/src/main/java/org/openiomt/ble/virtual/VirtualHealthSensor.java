package org.openiomt.ble.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
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
import org.openiomt.ble.profile.time.CurrentElapsedTime.Clocking;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A generic health sensor: it observes whatever an application makes it observe. Live observations go to a central that has
 * subscribed and started them through the control point; everything else is stored and asked for through the Record Access
 * Control Point, by record numbers of 4 octets. Values are split over packets. Its clock counts from 2000 in UTC and is set
 * through the Elapsed Time Service; what was observed before it was set no longer lies on its present time line, and says so.
 */
public final class VirtualHealthSensor extends VirtualDevice {
    /** Health Sensor Features. */
    public static final Channel FEATURES = Gatt.channel("1840", "2bf3");

    /** Live Health Observations. */
    public static final Channel LIVE = Gatt.channel("1840", "2b8b");

    /** Stored Health Observations. */
    public static final Channel STORED = Gatt.channel("1840", "2bdd");

    /** Record Access Control Point. */
    public static final Channel RECORD_ACCESS = Gatt.channel("1840", "2a52");

    /** GHS Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1840", "2bf4");

    /** Observation Schedule Changed. */
    public static final Channel SCHEDULE_CHANGED = Gatt.channel("1840", "2bf1");

    /** UDI for Medical Devices, of Device Information. */
    public static final Channel UNIQUE_DEVICE_ID = Gatt.channel("180a", "2bff");

    /** LE GATT Security Levels, of Generic Access. */
    public static final Channel SECURITY_LEVELS = Gatt.channel("1800", "2bf5");

    /** Current Elapsed Time. */
    public static final Channel CLOCK = Gatt.channel("183f", "2bf2");

    private static final long MOST_RECORDS = 0xFFFFFFFFL;
    private static final int SECURE_MODE = 1;
    private static final int AUTHENTICATED = 3;

    private final Scheduler scheduler;
    private final SegmentSender segments;
    private final RecordServer records;
    private final ControlPointServer server;

    // Guarded by this.
    private final Set<Long> types = new HashSet<>();
    private Duration ahead = Duration.ZERO;
    private int source = ElapsedTime.SOURCE_NONE;
    private int offsetQuarters;
    /** Which time line the clock is on; written under the lock, read by reports without it. */
    private volatile int timeline;

    private boolean isLive;
    private boolean isBusy;

    /**
     * Puts a sensor into the air, where it advertises.
     *
     * @param types the MDC terms that it observes, as its features tell
     */
    public VirtualHealthSensor(VirtualAir air, String address, List<Long> types) {
        super(air, address, "Virtual health sensor", "1840");
        this.scheduler = air.scheduler();
        this.types.addAll(types);
        DeviceIdentifier udi = new DeviceIdentifier(
                Optional.of(DeviceIdentifier.Text.of("(01)00000000000000(21)" + address)),
                Optional.of(DeviceIdentifier.Text.of("00000000000000")),
                Optional.empty(),
                Optional.empty(),
                Remainder.NONE);
        SecurityLevels security = new SecurityLevels(List.of(new SecurityLevels.Level(SECURE_MODE, AUTHENTICATED)));
        peripheral()
                .advertises("183f")
                .add(FEATURES, Property.READ, Property.INDICATE)
                .value(
                        FEATURES,
                        HealthSensorFeatures.CODEC.encode(
                                new HealthSensorFeatures(types, Optional.empty(), Remainder.NONE)))
                .add(LIVE, Property.NOTIFY)
                .add(STORED, Property.NOTIFY)
                .add(RECORD_ACCESS, Property.WRITE, Property.INDICATE)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .add(SCHEDULE_CHANGED, Property.INDICATE)
                .addReadable(UNIQUE_DEVICE_ID, DeviceIdentifier.CODEC.encode(udi))
                .addReadable(SECURITY_LEVELS, SecurityLevels.CODEC.encode(security))
                .add(CLOCK, Property.READ, Property.WRITE, Property.INDICATE)
                .onRead(CLOCK, this::clockOctets)
                .onWrite(CLOCK, this::setClock)
                .onDisconnected(this::stopLive);
        segments = new SegmentSender(peripheral());
        records = new RecordServer(peripheral(), scheduler, RECORD_ACCESS, STORED, RecordServer.Rules.HEALTH_SENSOR);
        server = new ControlPointServer(peripheral(), CONTROL_POINT, ProcedureErrors.COMMON, this::serve);
        peripheral().appear();
    }

    /** Returns what its clock shows now, in UTC with whole seconds. */
    public synchronized ElapsedTime time() {
        Instant shown = scheduler.clock().instant().plus(ahead);
        return ElapsedTime.utc(LocalDateTime.ofInstant(shown, ZoneOffset.UTC), source, offsetQuarters);
    }

    /**
     * Observes a number now.
     *
     * @param type an MDC term that its features tell
     * @param unit the low 16 bits of an MDC unit
     * @param value digits and resolution, such as {@code "36.60"}; see {@link MedicalFloat#parse}
     */
    public void measure(long type, int unit, String value) {
        observe(HealthObservation.of(type, time(), new HealthValue.Numeric(unit, MedicalFloat.parse(value))));
    }

    /** Fails to observe: the number is NaN. */
    public void fail(long type, int unit) {
        measure(type, unit, "NaN");
    }

    /**
     * Observes anything.
     *
     * @throws IllegalArgumentException when its type is none that the features tell
     */
    public synchronized void observe(HealthObservation observation) {
        if (observation.type().isPresent() && !types.contains(observation.type().getAsLong())) {
            throw new IllegalArgumentException("the features tell no such type");
        }
        if (isLive) {
            segments.send(LIVE, HealthRecord.LIVE_CODEC.encode(HealthRecord.live(observation)));
            return;
        }
        long number = records.store().lastNumber().orElse(0) + 1;
        if (number > MOST_RECORDS) {
            throw new IllegalStateException(peripheral().address() + " has used all its record numbers");
        }
        int since = timeline;
        records.store().store(new RecordStore.Entry(number, Optional.empty(), () -> send(number, observation, since)));
    }

    /** Announces that something is observed at another interval from now on. */
    public void schedule(ObservationSchedule schedule) {
        peripheral().notify(SCHEDULE_CHANGED, ObservationSchedule.CODEC.encode(schedule));
    }

    /** Observes other types from now on, and indicates its features. */
    public synchronized void types(List<Long> now) {
        types.clear();
        types.addAll(now);
        byte[] octets =
                HealthSensorFeatures.CODEC.encode(new HealthSensorFeatures(now, Optional.empty(), Remainder.NONE));
        peripheral().value(FEATURES, octets);
        peripheral().notify(FEATURES, octets);
    }

    /** Whether a central has started live observations. */
    public synchronized boolean isLive() {
        return isLive;
    }

    /** Is busy, or not, from now on: live observations cannot be started. */
    public synchronized void busy(boolean busy) {
        isBusy = busy;
    }

    /** Loses the next packet of {@link #LIVE} or {@link #STORED}, as the air does. */
    public void loseNext(Channel channel) {
        segments.lose(channel);
    }

    /** Refuses the next write to the GHS Control Point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        server.refuseNext(attError);
    }

    /** Returns how many observations are stored. */
    public int stored() {
        return records.store().size();
    }

    private void send(long number, HealthObservation observation, int since) {
        HealthObservation told = since == timeline ? observation : offTimeline(observation);
        segments.send(STORED, HealthRecord.STORED_CODEC.encode(HealthRecord.stored(number, told)));
    }

    private static HealthObservation offTimeline(HealthObservation told) {
        return new HealthObservation(
                told.length(),
                told.type(),
                told.time().map(VirtualHealthSensor::offTimeline),
                told.duration(),
                told.status(),
                told.objectId(),
                told.patient(),
                told.supplemental(),
                told.derivedFrom(),
                told.members(),
                told.entries(),
                told.value(),
                told.remainder());
    }

    private static ElapsedTime offTimeline(ElapsedTime time) {
        Set<ElapsedTime.Flag> flags = EnumSet.noneOf(ElapsedTime.Flag.class);
        flags.addAll(time.flags());
        flags.remove(ElapsedTime.Flag.CURRENT_TIMELINE);
        return new ElapsedTime(
                flags, time.resolution(), time.count(), time.source(), time.offsetQuarters(), time.unknownFlags());
    }

    private synchronized void stopLive() {
        isLive = false;
    }

    private synchronized List<byte[]> serve(byte[] octets) {
        HealthSensorControlPoint request;
        try {
            request = HealthSensorControlPoint.CODEC.decode(octets);
        } catch (DecodeException e) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "no request: " + e.getMessage());
        }
        if (!request.remainder().isEmpty()) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "octets behind the request");
        }
        Meaning answer = answer(request.meaning()
                .orElseThrow(() -> new RefusedException(AttError.WRITE_REQUEST_REJECTED, "no such request")));
        return List.of(HealthSensorControlPoint.CODEC.encode(HealthSensorControlPoint.of(answer)));
    }

    private Meaning answer(Meaning request) {
        switch (request) {
            case START -> {
                if (isBusy || records.store().isReporting()) {
                    return Meaning.BUSY;
                }
                if (!peripheral().isSubscribed(LIVE)) {
                    return Meaning.LIVE_NOT_ENABLED;
                }
                isLive = true;
            }
            case STOP -> isLive = false;
            default -> throw new RefusedException(AttError.WRITE_REQUEST_REJECTED, "an answer is no request");
        }
        return Meaning.DONE;
    }

    private byte[] clockOctets() {
        Set<Clocking> says = source() == ElapsedTime.SOURCE_NONE ? Set.of(Clocking.NEEDS_SET) : Set.of();
        return CurrentElapsedTime.CODEC.encode(
                new CurrentElapsedTime(time(), Optional.of(new CurrentElapsedTime.Clock(says, 0)), Remainder.NONE));
    }

    private synchronized int source() {
        return source;
    }

    private void setClock(byte[] octets) {
        ElapsedTime wanted;
        try {
            CurrentElapsedTime written = CurrentElapsedTime.CODEC.decode(octets);
            if (written.clock().isPresent()) {
                throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "a clock is set with 9 octets");
            }
            wanted = written.time();
        } catch (DecodeException e) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "no time: " + e.getMessage());
        }
        LocalDateTime utc = wanted.time()
                .filter(time -> wanted.flags().contains(ElapsedTime.Flag.UTC))
                .orElseThrow(() -> new RefusedException(AttError.OUT_OF_RANGE, "this clock counts in UTC"));
        synchronized (this) {
            ahead = Duration.between(scheduler.clock().instant(), utc.toInstant(ZoneOffset.UTC));
            source = wanted.source();
            offsetQuarters = wanted.flags().contains(ElapsedTime.Flag.OFFSET_USED)
                    ? wanted.offsetQuarters()
                    : ElapsedTime.OFFSET_UNKNOWN;
            timeline++;
        }
        peripheral().notify(CLOCK, clockOctets());
    }
}
