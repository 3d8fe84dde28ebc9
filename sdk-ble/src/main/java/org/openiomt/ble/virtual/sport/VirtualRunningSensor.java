package org.openiomt.ble.virtual.sport;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.speedcadence.RunningFeature;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.ble.profile.speedcadence.SensorLocation.Place;
import org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint;
import org.openiomt.ble.virtual.OperationServer;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Remainder;

/**
 * A running sensor for shoe or hip. It tells what it measures to who listens. Through its control point the distance can be set, it
 * can be calibrated, which takes {@link #CALIBRATION}, and be worn elsewhere.
 */
public final class VirtualRunningSensor extends VirtualDevice {
    /** RSC Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1814", "2a53");

    /** RSC Feature. */
    public static final Channel FEATURE = Gatt.channel("1814", "2a54");

    /** Sensor Location. */
    public static final Channel LOCATION = Gatt.channel("1814", "2a5d");

    /** SC Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1814", "2a55");

    /** How long a calibration takes. */
    public static final Duration CALIBRATION = Duration.ofSeconds(2);

    private static final long DECIMETRES_PER_METRE = 10;
    private static final long PARTS_PER_DECIMETRE = 256 * Duration.ofSeconds(1).toMillis();
    private static final long DISTANCE_RANGE = 1L << Integer.SIZE;

    // Guarded by this.
    private OptionalInt stride = OptionalInt.empty();
    private long distanceParts;
    private boolean isCalibrationFailing;

    /** How somebody moves. */
    public enum Gait {
        /** One foot is always on the ground. */
        WALKING,
        /** Both feet leave the ground. */
        RUNNING
    }

    /** Puts a sensor into the air, where it advertises. */
    public VirtualRunningSensor(VirtualAir air, String address) {
        super(air, address, "Virtual running sensor", "1814");
        Features features = Features.of(RunningFeature.class, Short.SIZE, EnumSet.allOf(RunningFeature.class));
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .addReadable(FEATURE, RunningFeature.CODEC.encode(features))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        Mounting mounting = new Mounting(peripheral(), LOCATION, List.of(Place.TOP_OF_SHOE, Place.IN_SHOE, Place.HIP));
        new OperationServer(peripheral(), CONTROL_POINT, SpeedCadenceControlPoint.POINT)
                .on(
                        SpeedCadenceControlPoint.SET_CUMULATIVE_VALUE,
                        asked -> setDistance(asked.get(SpeedCadenceControlPoint.CUMULATIVE_VALUE)
                                .orElseThrow()))
                .onSlow(SpeedCadenceControlPoint.START_CALIBRATION, asked -> later(CALIBRATION, this::calibrated))
                .on(
                        SpeedCadenceControlPoint.UPDATE_SENSOR_LOCATION,
                        asked -> mounting.mount(asked.get(SpeedCadenceControlPoint.SENSOR_LOCATION)
                                .orElseThrow()))
                .on(SpeedCadenceControlPoint.REQUEST_SENSOR_LOCATIONS, asked -> mounting.list());
        peripheral().appear();
    }

    /**
     * Says how long a stride is, which later measurements tell; none does at first.
     *
     * @param centimetres 0 to 65,535
     */
    public synchronized void strideLength(int centimetres) {
        stride = OptionalInt.of(centimetres);
    }

    /**
     * Moves for a while, and measures at its end.
     *
     * @param speed256 in 1/256 m/s, 0 to 65,535
     * @param cadence how often a minute, 0 to 255
     * @param during adds to the distance, which rolls over after 2<sup>32</sup> dm; whole milliseconds count
     */
    public void move(Gait gait, int speed256, int cadence, Duration during) {
        RunningMeasurement value;
        synchronized (this) {
            distanceParts += speed256 * DECIMETRES_PER_METRE * during.toMillis();
            value = new RunningMeasurement(
                    speed256,
                    cadence,
                    stride,
                    OptionalLong.of(distanceParts / PARTS_PER_DECIMETRE % DISTANCE_RANGE),
                    gait == Gait.RUNNING,
                    Remainder.NONE);
        }
        measure(value);
    }

    /** Measures everything that a sensor can say. */
    public void measure(RunningMeasurement value) {
        replay(RunningMeasurement.CODEC.encode(value));
    }

    /** Sends raw octets as a measurement, sound or not. */
    public void replay(byte[] octets) {
        peripheral().notify(MEASUREMENT, octets);
    }

    /** Lets the next calibration fail. */
    public synchronized void failNextCalibration() {
        isCalibrationFailing = true;
    }

    private synchronized Reply setDistance(long decimetres) {
        distanceParts = decimetres * PARTS_PER_DECIMETRE;
        return Reply.done();
    }

    private synchronized Reply calibrated() {
        Reply reply = isCalibrationFailing ? Reply.FAILED : Reply.done();
        isCalibrationFailing = false;
        return reply;
    }
}
