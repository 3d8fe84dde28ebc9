package org.openiomt.ble.virtual.sport;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.speedcadence.CyclingFeature;
import org.openiomt.ble.profile.speedcadence.CyclingMeasurement;
import org.openiomt.ble.profile.speedcadence.Revolutions.Counter;
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
 * A cycling sensor that counts the turns of wheel and crank. It tells them to who listens. Through its control point the turns of the
 * wheel can be set, and it can be mounted elsewhere; it cannot be calibrated.
 */
public final class VirtualCyclingSensor extends VirtualDevice {
    /** CSC Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1816", "2a5b");

    /** CSC Feature. */
    public static final Channel FEATURE = Gatt.channel("1816", "2a5c");

    /** Sensor Location. */
    public static final Channel LOCATION = Gatt.channel("1816", "2a5d");

    /** SC Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1816", "2a55");

    // Guarded by this.
    private final Turning wheel = new Turning(Counter.WHEEL);
    private final Turning crank = new Turning(Counter.CRANK);

    /** Puts a sensor into the air, where it advertises. */
    public VirtualCyclingSensor(VirtualAir air, String address) {
        super(air, address, "Virtual cycling sensor", "1816");
        Features features = Features.of(CyclingFeature.class, Short.SIZE, EnumSet.allOf(CyclingFeature.class));
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .addReadable(FEATURE, CyclingFeature.CODEC.encode(features))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        Mounting mounting =
                new Mounting(peripheral(), LOCATION, List.of(Place.CHAINSTAY, Place.REAR_WHEEL, Place.FRONT_WHEEL));
        new OperationServer(peripheral(), CONTROL_POINT, SpeedCadenceControlPoint.POINT)
                .on(
                        SpeedCadenceControlPoint.SET_CUMULATIVE_VALUE,
                        asked -> setTurns(asked.get(SpeedCadenceControlPoint.CUMULATIVE_VALUE)
                                .orElseThrow()))
                .on(
                        SpeedCadenceControlPoint.UPDATE_SENSOR_LOCATION,
                        asked -> mounting.mount(asked.get(SpeedCadenceControlPoint.SENSOR_LOCATION)
                                .orElseThrow()))
                .on(SpeedCadenceControlPoint.REQUEST_SENSOR_LOCATIONS, asked -> mounting.list());
        peripheral().appear();
    }

    /**
     * Rides for a while, and measures at its end, when the last of the turns ended. Counters and times roll over as the service says.
     *
     * @param wheelTurns the turns of the wheel meanwhile, from 0
     * @param crankTurns the turns of the crank meanwhile, from 0
     */
    public void ride(int wheelTurns, int crankTurns, Duration during) {
        CyclingMeasurement value;
        synchronized (this) {
            wheel.turn(wheelTurns, during);
            crank.turn(crankTurns, during);
            value = new CyclingMeasurement(Optional.of(wheel.now()), Optional.of(crank.now()), Remainder.NONE);
        }
        measure(value);
    }

    /** Measures everything that a sensor can say. */
    public void measure(CyclingMeasurement value) {
        replay(CyclingMeasurement.CODEC.encode(value));
    }

    /** Sends raw octets as a measurement, sound or not. */
    public void replay(byte[] octets) {
        peripheral().notify(MEASUREMENT, octets);
    }

    private synchronized Reply setTurns(long turns) {
        wheel.set(turns);
        return Reply.done();
    }
}
