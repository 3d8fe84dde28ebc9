package org.openiomt.ble.virtual.sport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.controlpoint.CompanyData;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.controlpoint.Parameters;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint.Content;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Context;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Distribution;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature.Feature;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.BalanceReference;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement.TorqueSource;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
import org.openiomt.ble.profile.speedcadence.SensorLocation.Place;
import org.openiomt.ble.virtual.OperationServer;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.sport.FlaggedGroups.Group;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Remainder;

/**
 * A power meter in the crank of a bicycle, with all that the Cycling Power Service knows. It tells what it measures to who listens;
 * a measurement that is longer than a packet comes as several, each with the power. Compensating its offset takes
 * {@link #COMPENSATION}. A central whose link is too slow for vectors is refused with ATT error 0x80 when
 * {@link org.openiomt.ble.virtual.Faults#withRefusal} says so for {@link #VECTOR}.
 */
public final class VirtualPowerMeter extends VirtualDevice {
    /** Cycling Power Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1818", "2a63");

    /** Cycling Power Vector. */
    public static final Channel VECTOR = Gatt.channel("1818", "2a64");

    /** Cycling Power Feature. */
    public static final Channel FEATURE = Gatt.channel("1818", "2a65");

    /** Sensor Location. */
    public static final Channel LOCATION = Gatt.channel("1818", "2a5d");

    /** Cycling Power Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1818", "2a66");

    /** How long compensating the offset takes. */
    public static final Duration COMPENSATION = Duration.ofSeconds(2);

    /** What is sent as the company of what it tells about a compensation: reserved for tests. */
    public static final int COMPANY = 0xFFFF;

    private static final long CRANK_STANDS_WRONG = 1;
    private static final long SAMPLES_PER_SECOND = 64;
    private static final long WATT_MILLISECONDS_PER_KILOJOULE = 1_000_000;
    private static final int UINT16_RANGE = 1 << Short.SIZE;
    private static final DeviceDateTime CALIBRATED = DeviceDateTime.of(2025, 6, 30, 12, 0, 0);

    private static final int FLAGS_AND_POWER = 4;
    private static final FlaggedGroups LAYOUT = new FlaggedGroups(
            FLAGS_AND_POWER,
            List.of(
                    new Group(1, 1),
                    new Group(1 << 2, 2),
                    new Group(1 << 4, 6),
                    new Group(1 << 5, 4),
                    new Group(1 << 6, 4),
                    new Group(1 << 7, 4),
                    new Group(1 << 8, 3),
                    new Group(1 << 9, 2),
                    new Group(1 << 10, 2),
                    new Group(1 << 11, 2)));

    /** The flags of what a client can have left out. */
    private static final Map<Content, Integer> FLAGS = new EnumMap<>(Map.of(
            Content.PEDAL_POWER_BALANCE,
            1,
            Content.ACCUMULATED_TORQUE,
            1 << 2,
            Content.WHEEL_REVOLUTIONS,
            1 << 4,
            Content.CRANK_REVOLUTIONS,
            1 << 5,
            Content.EXTREME_MAGNITUDES,
            1 << 6 | 1 << 7,
            Content.EXTREME_ANGLES,
            1 << 8,
            Content.TOP_DEAD_SPOT_ANGLE,
            1 << 9,
            Content.BOTTOM_DEAD_SPOT_ANGLE,
            1 << 10,
            Content.ACCUMULATED_ENERGY,
            1 << 11));

    // Guarded by this.
    private final Turning wheel = new Turning(Counter.POWER_WHEEL);
    private final Turning crank = new Turning(Counter.CRANK);
    private long wattMilliseconds;
    private int leftOut;
    private int offset;
    private boolean isCompensated;
    private boolean isCompensationFailing;

    /** Puts a power meter into the air, where it advertises. */
    public VirtualPowerMeter(VirtualAir air, String address) {
        super(air, address, "Virtual power meter", "1818");
        CyclingPowerFeature features = new CyclingPowerFeature(
                EnumSet.allOf(Feature.class), Context.TORQUE, Distribution.ALONE, Remainder.NONE);
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .add(VECTOR, Property.NOTIFY)
                .addReadable(FEATURE, CyclingPowerFeature.CODEC.encode(features))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        serve(new Mounting(
                peripheral(), LOCATION, List.of(Place.LEFT_CRANK, Place.RIGHT_CRANK, Place.SPIDER, Place.REAR_HUB)));
        peripheral().appear();
    }

    private void serve(Mounting mounting) {
        OperationServer server = new OperationServer(peripheral(), CONTROL_POINT, CyclingPowerControlPoint.POINT)
                .on(CyclingPowerControlPoint.SET_CUMULATIVE_VALUE, this::setTurns)
                .on(
                        CyclingPowerControlPoint.UPDATE_SENSOR_LOCATION,
                        asked -> mounting.mount(asked.get(CyclingPowerControlPoint.SENSOR_LOCATION)
                                .orElseThrow()))
                .on(CyclingPowerControlPoint.REQUEST_SENSOR_LOCATIONS, asked -> mounting.list())
                .on(CyclingPowerControlPoint.MASK_CONTENT, this::leaveOut)
                .on(CyclingPowerControlPoint.REQUEST_SAMPLING_RATE, asked -> Reply.done(SAMPLES_PER_SECOND))
                .on(CyclingPowerControlPoint.REQUEST_FACTORY_CALIBRATION_DATE, asked -> Reply.done(CALIBRATED))
                .onSlow(
                        CyclingPowerControlPoint.START_OFFSET_COMPENSATION,
                        asked -> later(COMPENSATION, () -> compensated(Reply.done((long) offset), Reply.FAILED)))
                .onSlow(
                        CyclingPowerControlPoint.START_ENHANCED_OFFSET_COMPENSATION,
                        asked -> later(COMPENSATION, this::compensatedInDetail));
        length(
                server,
                CyclingPowerControlPoint.SET_CRANK_LENGTH,
                CyclingPowerControlPoint.REQUEST_CRANK_LENGTH,
                CyclingPowerControlPoint.CRANK_LENGTH,
                345);
        length(
                server,
                CyclingPowerControlPoint.SET_CHAIN_LENGTH,
                CyclingPowerControlPoint.REQUEST_CHAIN_LENGTH,
                CyclingPowerControlPoint.CHAIN_LENGTH,
                1_420);
        length(
                server,
                CyclingPowerControlPoint.SET_CHAIN_WEIGHT,
                CyclingPowerControlPoint.REQUEST_CHAIN_WEIGHT,
                CyclingPowerControlPoint.CHAIN_WEIGHT,
                260);
        length(
                server,
                CyclingPowerControlPoint.SET_SPAN_LENGTH,
                CyclingPowerControlPoint.REQUEST_SPAN_LENGTH,
                CyclingPowerControlPoint.SPAN_LENGTH,
                590);
    }

    /**
     * Rides for a while, and measures at its end, when the last of the turns ended. Counters, times and the energy roll over as the
     * service says.
     *
     * @param watts the power meanwhile, -32,768 to 32,767; only what is above 0 counts as energy
     * @param wheelTurns the turns of the wheel meanwhile; below 0 it rolled backwards
     * @param crankTurns the turns of the crank meanwhile, from 0
     */
    public void ride(int watts, int wheelTurns, int crankTurns, Duration during) {
        CyclingPowerMeasurement value;
        synchronized (this) {
            wheel.turn(wheelTurns, during);
            crank.turn(crankTurns, during);
            wattMilliseconds += Math.max(0, watts) * during.toMillis();
            value = new CyclingPowerMeasurement(
                    watts,
                    BalanceReference.UNKNOWN,
                    OptionalInt.empty(),
                    TorqueSource.CRANK,
                    OptionalInt.empty(),
                    Optional.of(wheel.now()),
                    Optional.of(crank.now()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of((int) (wattMilliseconds / WATT_MILLISECONDS_PER_KILOJOULE % UINT16_RANGE)),
                    isCompensated,
                    Remainder.NONE);
        }
        measure(value);
    }

    /** Measures everything that a power meter can say, less what the client has had left out. */
    public void measure(CyclingPowerMeasurement value) {
        int without;
        synchronized (this) {
            without = leftOut;
        }
        byte[] octets = LAYOUT.without(CyclingPowerMeasurement.CODEC.encode(value), without);
        LAYOUT.split(octets, peripheral().maxValueLength()).forEach(part -> replay(MEASUREMENT, part));
    }

    /** Tells how force or torque ran over a turn. */
    public void vector(CyclingPowerVector value) {
        replay(VECTOR, CyclingPowerVector.CODEC.encode(value));
    }

    /**
     * Sends raw octets, sound or not.
     *
     * @param channel {@link #MEASUREMENT} or {@link #VECTOR}
     */
    public void replay(Channel channel, byte[] octets) {
        peripheral().notify(channel, octets);
    }

    /**
     * Says what compensating finds.
     *
     * @param torque32 in 1/32 N m, -32,768 to 32,767; 0 at first
     */
    public synchronized void offset(int torque32) {
        offset = torque32;
    }

    /** Lets the next compensation fail, because the crank stands wrong. */
    public synchronized void failNextCompensation() {
        isCompensationFailing = true;
    }

    private static void length(
            OperationServer server, Operation set, Operation request, Parameter<Long> what, long first) {
        AtomicLong length = new AtomicLong(first);
        server.on(set, asked -> {
                    length.set(asked.get(what).orElseThrow());
                    return Reply.done();
                })
                .on(request, asked -> Reply.done(length.get()));
    }

    private synchronized Reply setTurns(Parameters asked) {
        wheel.set(asked.get(CyclingPowerControlPoint.CUMULATIVE_VALUE).orElseThrow());
        return Reply.done();
    }

    private synchronized Reply leaveOut(Parameters asked) {
        long mask = asked.get(CyclingPowerControlPoint.CONTENT_MASK).orElseThrow();
        if ((mask & ~Bits.known(Content.class)) != 0) {
            return Reply.INVALID_PARAMETER;
        }
        leftOut = Bits.set(Content.class, mask).stream().mapToInt(FLAGS::get).sum();
        return Reply.done();
    }

    private synchronized Reply compensatedInDetail() {
        CompanyData told = CompanyData.of(COMPANY, new byte[0]);
        return compensated(
                Reply.done((long) offset, told), new Reply(Reply.FAILED.result(), List.of(CRANK_STANDS_WRONG, told)));
    }

    private synchronized Reply compensated(Reply good, Reply bad) {
        isCompensated |= !isCompensationFailing;
        Reply reply = isCompensationFailing ? bad : good;
        isCompensationFailing = false;
        return reply;
    }
}
