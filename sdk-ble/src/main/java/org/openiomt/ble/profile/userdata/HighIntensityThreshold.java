package org.openiomt.ble.profile.userdata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * High Intensity Exercise Threshold, characteristic {@code 0x2B4D} of the User Data Service: from where on exercise is hard for
 * the user.
 *
 * <pre>
 * field                 type    octets  present when   meaning
 * selector              uint8   1       always         which of the next fields is there, 0 none; others kept as a raw code
 * energyPerHour         uint16  2       selector is 1  in 1 kJ/h
 * metabolicEquivalent   uint8   1       selector is 2  in 0.1 of the energy at rest
 * heartRateOfMaximum    uint8   1       selector is 3  in 1 % of the maximum heart rate
 * heartRate             uint8   1       selector is 4  in 1 beat per minute
 * </pre>
 *
 * @param selector as sent, 0 to 255; see {@link #measure()}
 * @param threshold the number in the unit of its measure; there exactly with selectors 1 to 4
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record HighIntensityThreshold(int selector, Optional<MedicalFloat> threshold, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<HighIntensityThreshold> CODEC =
            Codec.of(HighIntensityThreshold::read, HighIntensityThreshold::write);

    private static final Codes<Measure> SELECTORS = Codes.of("selector", Measure.class, 0);
    private static final List<Optional<Scalar>> SCALARS = List.of(
            Optional.empty(),
            Optional.of(Scalar.of(IntegerForm.UINT16, "energyPerHour", "1 kJ/h")),
            Optional.of(Scalar.of(IntegerForm.UINT8, "metabolicEquivalent", "0.1 [MET]")),
            Optional.of(Scalar.of(IntegerForm.UINT8, "heartRateOfMaximum", "1 %")),
            Optional.of(Scalar.of(IntegerForm.UINT8, "heartRate", "1 {beat}/min")));

    /** What the threshold is a number of, in the order of the selectors. */
    public enum Measure {
        /** There is no threshold. */
        NONE,
        /** Energy in an hour, in kJ/h. */
        ENERGY_PER_HOUR,
        /** Multiples of the energy at rest. */
        METABOLIC_EQUIVALENT,
        /** Heart rate, in percent of the maximum. */
        HEART_RATE_OF_MAXIMUM,
        /** Heart rate, in beats per minute. */
        HEART_RATE
    }

    /** Checks that the parts suit each other and gives the number the resolution of the wire. */
    public HighIntensityThreshold {
        SELECTORS.check(selector, remainder);
        Optional<Scalar> scalar = scalar(selector);
        if (scalar.isPresent() != threshold.isPresent()) {
            throw new IllegalArgumentException("the threshold does not suit selector " + selector);
        }
        if (scalar.isPresent()) {
            threshold = threshold.map(scalar.get()::atResolution);
        }
    }

    /** Returns a threshold. */
    public static HighIntensityThreshold of(Measure measure, MedicalFloat threshold) {
        return new HighIntensityThreshold(SELECTORS.code(measure), Optional.of(threshold), Remainder.NONE);
    }

    /** Returns what the threshold is a number of, or empty when the standard reserves the selector. */
    public Optional<Measure> measure() {
        return SELECTORS.meaning(selector);
    }

    private static Optional<Scalar> scalar(int selector) {
        return selector < SCALARS.size() ? SCALARS.get(selector) : Optional.empty();
    }

    private static HighIntensityThreshold read(ByteReader in) {
        int selector = SELECTORS.read(in);
        return new HighIntensityThreshold(selector, scalar(selector).map(scalar -> scalar.read(in)), in.remainder(0));
    }

    private static void write(HighIntensityThreshold value, ByteWriter out) {
        SELECTORS.write(out, value.selector);
        scalar(value.selector).ifPresent(scalar -> value.threshold.ifPresent(number -> scalar.write(out, number)));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("selector", selector).put("measure", measure());
        scalar(selector)
                .ifPresent(scalar -> fields.put(scalar.field(), threshold).put("unit", scalar.unit()));
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
