package org.openiomt.ble.profile.time;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Reference Time Information, characteristic {@code 0x2A14} of the Current Time Service: how far a clock can be trusted.
 *
 * <pre>
 * field             type   octets  present when  meaning
 * source            uint8  1       always        see {@link TimeSource}; others kept as a raw code
 * accuracy          uint8  1       always        in 0.125 s; 254 more than 31.625 s, +INF; 255 not known, NaN
 * daysSinceUpdate   uint8  1       always        0 to 254; 255 = 255 days or more
 * hoursSinceUpdate  uint8  1       always        0 to 23; 255 = 255 days or more; others kept and reported, strict refuses
 * </pre>
 *
 * @param sourceCode as sent, 0 to 255
 * @param accuracySecond how far the clock may be off, a multiple of 0.125
 * @param daysSinceUpdate as sent, 0 to 255; see {@link #sinceUpdate()}
 * @param hoursSinceUpdate as sent, 0 to 255; see {@link #sinceUpdate()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1, 3.3</a>
 */
public record ReferenceTimeInformation(
        int sourceCode, MedicalFloat accuracySecond, int daysSinceUpdate, int hoursSinceUpdate, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ReferenceTimeInformation> CODEC =
            Codec.of(ReferenceTimeInformation::read, ReferenceTimeInformation::write);

    /** Days or hours that say: 255 days or more. */
    public static final int LONG_AGO = 255;

    private static final int MAX_HOUR = 23;

    /** Checks the ranges and gives the accuracy the resolution of the wire. */
    public ReferenceTimeInformation {
        TimeSource.CODES.check(sourceCode, remainder);
        accuracySecond = TimeAccuracy.SCALAR.atResolution(accuracySecond);
        Bits.requireUnsigned("daysSinceUpdate", daysSinceUpdate, Byte.SIZE);
        Bits.requireUnsigned("hoursSinceUpdate", hoursSinceUpdate, Byte.SIZE);
    }

    /** Returns where the time comes from, or empty when the standard reserves the code. */
    public Optional<TimeSource.Source> source() {
        return TimeSource.CODES.meaning(sourceCode);
    }

    /** Returns how long ago the clock was set; empty when that is 255 days or more, or the hours are reserved. */
    public Optional<Duration> sinceUpdate() {
        return daysSinceUpdate == LONG_AGO || hoursSinceUpdate > MAX_HOUR
                ? Optional.empty()
                : Optional.of(Duration.ofDays(daysSinceUpdate).plusHours(hoursSinceUpdate));
    }

    private static ReferenceTimeInformation read(ByteReader in) {
        int source = TimeSource.CODES.read(in);
        MedicalFloat accuracy = TimeAccuracy.SCALAR.read(in);
        int days = in.uint8("daysSinceUpdate");
        int at = in.offset();
        int hours = in.uint8("hoursSinceUpdate");
        if (hours > MAX_HOUR && hours != LONG_AGO) {
            in.unforeseen("hoursSinceUpdate", at, "expected 0 to 23 or 255, but got " + hours);
        }
        return new ReferenceTimeInformation(source, accuracy, days, hours, in.remainder(0));
    }

    private static void write(ReferenceTimeInformation value, ByteWriter out) {
        TimeSource.CODES.write(out, value.sourceCode);
        TimeAccuracy.SCALAR.write(out, value.accuracySecond);
        out.uint8("daysSinceUpdate", value.daysSinceUpdate);
        out.uint8("hoursSinceUpdate", value.hoursSinceUpdate);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("sourceCode", sourceCode)
                .put("source", source())
                .put("accuracySecond", accuracySecond)
                .put("daysSinceUpdate", daysSinceUpdate)
                .put("hoursSinceUpdate", hoursSinceUpdate)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
