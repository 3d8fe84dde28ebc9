package org.openiomt.ble.profile.time;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Time Source, characteristic {@code 0x2A13}: where a clock has its time from.
 *
 * <pre>
 * field   type   octets  present when  meaning
 * source  uint8  1       always        0 not known, 1 to 7 see {@link Source}; others kept as a raw code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #source()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/current-time-service-1-1/">CTS 1.1</a>
 */
public record TimeSource(int code, Remainder remainder) implements Described {
    static final Codes<Source> CODES = Codes.of("source", Source.class, 0);

    /** Reads and writes it. */
    public static final Codec<TimeSource> CODEC = CODES.codec(TimeSource::new, TimeSource::code, TimeSource::remainder);

    /** Where the time comes from, in the order of the codes. */
    public enum Source {
        /** The device does not know. */
        UNKNOWN,
        /** A time server. */
        NETWORK_TIME_PROTOCOL,
        /** Satellites. */
        GPS,
        /** A radio station. */
        RADIO_TIME_SIGNAL,
        /** A person. */
        MANUAL,
        /** An atomic clock. */
        ATOMIC_CLOCK,
        /** A telephone network. */
        CELLULAR_NETWORK,
        /** None: the clock runs by itself. */
        NOT_SYNCHRONIZED
    }

    /** Checks the range. */
    public TimeSource {
        CODES.check(code, remainder);
    }

    /** Returns a source. */
    public static TimeSource of(Source source) {
        return new TimeSource(CODES.code(source), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Source> source() {
        return CODES.meaning(code);
    }

    @Override
    public Map<String, Object> fields() {
        return CODES.fields(code, remainder);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
