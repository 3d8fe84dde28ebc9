package org.openiomt.ble.virtual;

import static org.openiomt.ble.profile.pulseoximeter.OximeterFeature.STORAGE;
import static org.openiomt.ble.profile.pulseoximeter.OximeterFeature.TIME_STAMP;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.OximeterFeatures;
import org.openiomt.ble.profile.pulseoximeter.Oximetry;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A finger oximeter. It tells what it measures continuously to who listens. Spot checks it keeps while nobody listens, 1,024 at
 * most, and sends when a central subscribes, oldest first, each until it is confirmed.
 */
public final class VirtualOximeter extends VirtualDevice {
    /** PLX Spot-Check Measurement. */
    public static final Channel SPOT_CHECK = Gatt.channel("1822", "2a5e");

    /** PLX Continuous Measurement. */
    public static final Channel CONTINUOUS = Gatt.channel("1822", "2a5f");

    /** PLX Features. */
    public static final Channel FEATURES = Gatt.channel("1822", "2a60");

    private final Memory memory;

    /** Puts an oximeter into the air, where it advertises. */
    public VirtualOximeter(VirtualAir air, String address) {
        super(air, address, "Virtual oximeter", "1822");
        OximeterFeatures features = new OximeterFeatures(
                Set.of(STORAGE, TIME_STAMP), OptionalInt.empty(), OptionalInt.empty(), Remainder.NONE);
        peripheral()
                .add(SPOT_CHECK, Property.INDICATE)
                .add(CONTINUOUS, Property.NOTIFY)
                .addReadable(FEATURES, OximeterFeatures.CODEC.encode(features));
        memory = new Memory(peripheral(), SPOT_CHECK);
        peripheral().appear();
    }

    /** Measures continuously, in percent and pulses per minute. */
    public void measure(int spO2, int pulseRate) {
        measure(MedicalFloat.of(spO2, 0), MedicalFloat.of(pulseRate, 0));
    }

    /** Measures continuously at any resolution, in percent and pulses per minute. */
    public void measure(BigDecimal spO2, BigDecimal pulseRate) {
        measure(MedicalFloat.from(spO2), MedicalFloat.from(pulseRate));
    }

    /** Measures continuously at any resolution, in percent and pulses per minute. */
    public void measure(MedicalFloat spO2, MedicalFloat pulseRate) {
        measure(ContinuousMeasurement.of(Oximetry.of(spO2, pulseRate)));
    }

    /** Measures continuously everything that an oximeter can say. */
    public void measure(ContinuousMeasurement value) {
        replay(CONTINUOUS, ContinuousMeasurement.CODEC.encode(value));
    }

    /** Finds no pulse: both numbers are NaN, as oximeters say it. */
    public void fail() {
        measure(MedicalFloat.NAN, MedicalFloat.NAN);
    }

    /** Measures once, in percent and pulses per minute, now by the device's clock. */
    public void spotCheck(int spO2, int pulseRate) {
        spotCheck(MedicalFloat.of(spO2, 0), MedicalFloat.of(pulseRate, 0));
    }

    /** Measures once at any resolution, in percent and pulses per minute, now by the device's clock. */
    public void spotCheck(MedicalFloat spO2, MedicalFloat pulseRate) {
        spotCheck(new SpotCheckMeasurement(
                Oximetry.of(spO2, pulseRate),
                now(),
                SpotCheckMeasurement.Clock.SET,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE));
    }

    /** Measures once everything that an oximeter can say. */
    public void spotCheck(SpotCheckMeasurement value) {
        replay(SPOT_CHECK, SpotCheckMeasurement.CODEC.encode(value));
    }

    /**
     * Sends raw octets, sound or not.
     *
     * @param channel {@link #SPOT_CHECK}, where they are kept until they are confirmed, or {@link #CONTINUOUS}
     */
    public void replay(Channel channel, byte[] octets) {
        if (channel.equals(SPOT_CHECK)) {
            memory.add(octets);
        } else {
            peripheral().notify(channel, octets);
        }
    }

    /** Returns how many spot checks wait to be confirmed. */
    public int stored() {
        return memory.size();
    }
}
