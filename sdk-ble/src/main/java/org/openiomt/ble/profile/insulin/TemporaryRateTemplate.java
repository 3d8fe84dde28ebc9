package org.openiomt.ble.profile.insulin;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;

/**
 * A template of a temporary basal rate: template uint8, then a {@link TemporaryRate}.
 *
 * @param number its number, 0 to 255
 * @param rate the rate
 */
public record TemporaryRateTemplate(int number, TemporaryRate rate) implements CommandBody, HistoryData {
    /** Checks the range. */
    public TemporaryRateTemplate {
        Bits.requireUnsigned("template", number, Byte.SIZE);
        Objects.requireNonNull(rate, "rate");
    }

    static TemporaryRateTemplate read(FieldReader in) {
        return new TemporaryRateTemplate(in.uint8("template"), TemporaryRate.read(in));
    }

    @Override
    public void write(FieldWriter out) {
        out.uint8("template", number);
        rate.write(out);
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "TemporaryRateTemplate[]";
    }
}
