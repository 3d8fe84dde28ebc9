package org.openiomt.ble.profile.pulseoximeter;

import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.core.wire.ByteReader;

/**
 * What an oximeter says about itself, its sensor and the signal: the bits of the Device and Sensor Status field. Bits 16 to
 * 23 are reserved.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/pulse-oximeter-service-1-0-1/">PLXS, 3.2.1</a>
 */
public enum SensorStatus implements Bit {
    /** The display is updated over a longer time than usual. */
    EXTENDED_DISPLAY_UPDATE(0),
    /** The device is faulty. */
    EQUIPMENT_MALFUNCTION(1),
    /** The processing of the signal is irregular. */
    SIGNAL_PROCESSING_IRREGULARITY(2),
    /** The signal is not good enough. */
    INADEQUATE_SIGNAL(3),
    /** The signal is poor. */
    POOR_SIGNAL(4),
    /** The perfusion is low. */
    LOW_PERFUSION(5),
    /** The signal is erratic. */
    ERRATIC_SIGNAL(6),
    /** The signal does not pulsate. */
    NON_PULSATILE_SIGNAL(7),
    /** The pulse is doubtful. */
    QUESTIONABLE_PULSE(8),
    /** The device still looks for a signal. */
    SIGNAL_ANALYSIS_ONGOING(9),
    /** Something interferes with the sensor. */
    SENSOR_INTERFERENCE(10),
    /** The sensor is not on the person. */
    SENSOR_OFF(11),
    /** The device does not know the sensor. */
    UNKNOWN_SENSOR(12),
    /** The sensor has slipped. */
    SENSOR_DISPLACED(13),
    /** The sensor is faulty. */
    SENSOR_MALFUNCTION(14),
    /** The sensor is not connected to the device. */
    SENSOR_DISCONNECTED(15);

    /** The width of the field. */
    public static final int WIDTH = 24;

    private static final long KNOWN = Bits.known(SensorStatus.class);

    private final int bit;

    SensorStatus(int bit) {
        this.bit = bit;
    }

    @Override
    public long mask() {
        return 1L << bit;
    }

    /** Reads the field; reserved bits are kept and reported, strict refuses them. */
    static int read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint24("deviceSensorStatus");
        in.unknownBits("deviceSensorStatus", at, bits, KNOWN);
        return bits;
    }
}
