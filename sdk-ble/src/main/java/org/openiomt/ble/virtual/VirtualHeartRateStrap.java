package org.openiomt.ble.virtual;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.heartrate.BodySensorLocation;
import org.openiomt.ble.profile.heartrate.HeartRateControlPoint;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Contact;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement.Width;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/** A heart rate strap for the chest. It tells what it measures to who listens, and keeps nothing. */
public final class VirtualHeartRateStrap extends VirtualDevice {
    /** Heart Rate Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("180d", "2a37");

    /** Body Sensor Location. */
    public static final Channel LOCATION = Gatt.channel("180d", "2a38");

    /** Heart Rate Control Point; it knows command 1 and refuses others with ATT error 0x80. */
    public static final Channel CONTROL_POINT = Gatt.channel("180d", "2a39");

    private static final int CHEST = 1;
    private static final int MOST_ENERGY = 0xFFFF;

    private Contact contact = Contact.DETECTED;
    private OptionalInt energy = OptionalInt.empty();

    /** Puts a strap into the air, where it advertises. */
    public VirtualHeartRateStrap(VirtualAir air, String address) {
        super(air, address, "Virtual heart rate strap", "180d");
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .addReadable(LOCATION, BodySensorLocation.CODEC.encode(BodySensorLocation.of(CHEST)))
                .add(CONTROL_POINT, Property.WRITE)
                .onWrite(CONTROL_POINT, this::control);
        peripheral().appear();
    }

    /**
     * Measures a heart rate.
     *
     * @param beatsPerMinute 0 to 65,535
     * @param intervals1024 the times between the last beats in 1/1024 s, oldest first
     */
    public void measure(int beatsPerMinute, int... intervals1024) {
        List<Integer> intervals = Arrays.stream(intervals1024).boxed().toList();
        HeartRateMeasurement value;
        synchronized (this) {
            value = new HeartRateMeasurement(
                    beatsPerMinute,
                    beatsPerMinute > 0xFF ? Width.UINT16 : Width.UINT8,
                    contact,
                    energy,
                    intervals.isEmpty() ? Optional.empty() : Optional.of(intervals),
                    Remainder.NONE);
        }
        measure(value);
    }

    /** Measures everything that a sensor can say. */
    public void measure(HeartRateMeasurement value) {
        replay(HeartRateMeasurement.CODEC.encode(value));
    }

    /** Sends raw octets as a measurement, sound or not. */
    public void replay(byte[] octets) {
        peripheral().notify(MEASUREMENT, octets);
    }

    /** Slips off the skin, and says so from now on. */
    public synchronized void slipOff() {
        contact = Contact.NOT_DETECTED;
    }

    /** Is on the skin again. */
    public synchronized void putOn() {
        contact = Contact.DETECTED;
    }

    /** Adds to the energy expended, which later measurements tell; it stays at 65,535 kJ. */
    public synchronized void expend(int kilojoule) {
        energy = OptionalInt.of(Math.min(energy.orElse(0) + kilojoule, MOST_ENERGY));
    }

    private void control(byte[] octets) {
        try {
            int command = HeartRateControlPoint.CODEC.decode(octets).command();
            if (command != HeartRateControlPoint.RESET_ENERGY_EXPENDED.command()) {
                throw new RefusedException(
                        AttError.HEART_RATE_CONTROL_POINT_NOT_SUPPORTED, "no heart rate command " + command);
            }
        } catch (DecodeException e) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "no heart rate command: " + e.getMessage());
        }
        synchronized (this) {
            energy = OptionalInt.of(0);
        }
    }
}
