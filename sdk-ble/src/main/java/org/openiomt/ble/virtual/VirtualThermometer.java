package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.util.Optional;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.thermometer.IntermediateTemperature;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureSite;
import org.openiomt.ble.profile.thermometer.TemperatureType;
import org.openiomt.ble.profile.thermometer.TemperatureUnit;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * An ear thermometer. What it measures while nobody listens it keeps, 1,024 readings at most, and sends when a central
 * subscribes, oldest first, each until it is confirmed.
 */
public final class VirtualThermometer extends VirtualDevice {
    /** Temperature Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("1809", "2a1c");

    /** Temperature Type. */
    public static final Channel TYPE = Gatt.channel("1809", "2a1d");

    /** Intermediate Temperature. */
    public static final Channel INTERMEDIATE = Gatt.channel("1809", "2a1e");

    private final Memory memory;

    /** Puts a thermometer into the air, where it advertises. */
    public VirtualThermometer(VirtualAir air, String address) {
        super(air, address, "Virtual thermometer", "1809");
        TemperatureType type = new TemperatureType(TemperatureSite.TYMPANUM, Remainder.NONE);
        peripheral()
                .add(MEASUREMENT, Property.INDICATE)
                .add(INTERMEDIATE, Property.NOTIFY)
                .addReadable(TYPE, TemperatureType.CODEC.encode(type));
        memory = new Memory(peripheral(), MEASUREMENT);
        peripheral().appear();
    }

    /**
     * Measures in the ear, now by the device's clock.
     *
     * @param celsius digits and resolution, such as {@code "37.60"}; see {@link MedicalFloat#parse}
     */
    public void measure(String celsius) {
        measure(MedicalFloat.parse(celsius));
    }

    /** Measures in the ear, in degrees Celsius, now by the device's clock. */
    public void measure(BigDecimal celsius) {
        measure(MedicalFloat.from(celsius));
    }

    /** Measures in the ear, in degrees Celsius, now by the device's clock. */
    public void measure(MedicalFloat celsius) {
        measure(reading(celsius));
    }

    /** Measures everything that a thermometer can say: unit, time, site. */
    public void measure(TemperatureMeasurement value) {
        memory.add(TemperatureMeasurement.CODEC.encode(value));
    }

    /** Shows a temperature while the measurement goes on. Nobody hears it who does not listen. */
    public void warmUp(String celsius) {
        IntermediateTemperature value = new IntermediateTemperature(reading(MedicalFloat.parse(celsius)));
        peripheral().notify(INTERMEDIATE, IntermediateTemperature.CODEC.encode(value));
    }

    /** Sends raw octets as a measurement, sound or not; kept like one until it is confirmed. */
    public void replay(byte[] octets) {
        memory.add(octets);
    }

    /** Returns how many readings wait to be confirmed. */
    public int stored() {
        return memory.size();
    }

    private TemperatureMeasurement reading(MedicalFloat celsius) {
        return new TemperatureMeasurement(
                celsius, TemperatureUnit.CELSIUS, now(), Optional.of(TemperatureSite.TYMPANUM), Remainder.NONE);
    }
}
