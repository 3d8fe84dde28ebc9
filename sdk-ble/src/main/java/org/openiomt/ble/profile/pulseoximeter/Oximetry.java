package org.openiomt.ble.profile.pulseoximeter;

import java.util.Objects;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.MedicalFloat;

/**
 * The pair of values that an oximeter measures together: SFLOAT and SFLOAT, 4 octets. NaN is a failed measurement.
 *
 * @param spO2 the saturation of oxygen in percent
 * @param pulseRate pulses per minute
 */
public record Oximetry(MedicalFloat spO2, MedicalFloat pulseRate) {
    /** Checks that both are there. */
    public Oximetry {
        Objects.requireNonNull(spO2, "spO2");
        Objects.requireNonNull(pulseRate, "pulseRate");
    }

    /** Returns a pair. */
    public static Oximetry of(MedicalFloat spO2, MedicalFloat pulseRate) {
        return new Oximetry(spO2, pulseRate);
    }

    static Oximetry read(ByteReader in, String spO2, String pulseRate) {
        return new Oximetry(in.sfloat(spO2), in.sfloat(pulseRate));
    }

    void write(ByteWriter out, String spO2Name, String pulseRateName) {
        out.sfloat(spO2Name, spO2);
        out.sfloat(pulseRateName, pulseRate);
    }

    /** Hides the reading. */
    @Override
    public String toString() {
        return "Oximetry[]";
    }
}
