package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.weight.UnitSystem;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement.BodyMass;
import org.openiomt.ble.profile.weight.WeightScaleFeature;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A weight scale. What it weighs while nobody listens it keeps, 1,024 readings at most, and sends when a central subscribes,
 * oldest first, each until it is confirmed.
 */
public final class VirtualScale extends VirtualDevice {
    /** Weight Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("181d", "2a9d");

    /** Weight Scale Feature. */
    public static final Channel FEATURE = Gatt.channel("181d", "2a9e");

    /** Steps of 0.05 kg. */
    private static final int WEIGHT_RESOLUTION = 4;

    /** Steps of 0.001 m. */
    private static final int HEIGHT_RESOLUTION = 3;

    private final Memory memory;

    /** Puts a scale into the air, where it advertises. */
    public VirtualScale(VirtualAir air, String address) {
        super(air, address, "Virtual scale", "181d");
        WeightScaleFeature features = new WeightScaleFeature(
                EnumSet.allOf(WeightScaleFeature.Feature.class), WEIGHT_RESOLUTION, HEIGHT_RESOLUTION, Remainder.NONE);
        peripheral()
                .add(MEASUREMENT, Property.INDICATE)
                .addReadable(FEATURE, WeightScaleFeature.CODEC.encode(features));
        memory = new Memory(peripheral(), MEASUREMENT);
        peripheral().appear();
    }

    /**
     * Weighs somebody, now by the device's clock.
     *
     * @param kilograms a multiple of 0.005, such as {@code "81.65"}
     */
    public void measure(String kilograms) {
        measure(MedicalFloat.parse(kilograms), OptionalInt.empty(), Optional.empty());
    }

    /** Weighs somebody, in kilograms, a multiple of 0.005, now by the device's clock. */
    public void measure(BigDecimal kilograms) {
        measure(MedicalFloat.from(kilograms), OptionalInt.empty(), Optional.empty());
    }

    /**
     * Weighs a person that the scale knows, now by the device's clock.
     *
     * @param kilograms a multiple of 0.005
     * @param user the scale's number of the person, 0 to 254
     * @param bodyMass the body mass index and the height in metres
     */
    public void measure(MedicalFloat kilograms, OptionalInt user, Optional<BodyMass> bodyMass) {
        measure(new WeightMeasurement(UnitSystem.SI, kilograms, now(), user, bodyMass, Remainder.NONE));
    }

    /** Weighs with everything that a scale can say, also in pounds. */
    public void measure(WeightMeasurement value) {
        memory.add(WeightMeasurement.CODEC.encode(value));
    }

    /** Fails to weigh and says so. */
    public void fail() {
        measure(MedicalFloat.NAN, OptionalInt.empty(), Optional.empty());
    }

    /** Sends raw octets as a measurement, sound or not; kept like one until it is confirmed. */
    public void replay(byte[] octets) {
        memory.add(octets);
    }

    /** Returns how many readings wait to be confirmed. */
    public int stored() {
        return memory.size();
    }
}
