package org.openiomt.ble.profile.activity;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * When a session began or ended, by a clock that never jumps and a correction for the time that the person sees.
 *
 * <pre>
 * field     type    octets  present when  meaning
 * baseTime  uint32  4       always        s of the device's clock; from when it counts was not at hand
 * offset    sint16  2       always        the correction; its unit was not at hand
 * </pre>
 *
 * @param baseSeconds 0 to 4,294,967,295
 * @param offset -32,768 to 32,767
 */
public record SessionMoment(long baseSeconds, int offset) implements Described {
    /** Checks the ranges. */
    public SessionMoment {
        Bits.requireUnsigned("baseTime", baseSeconds, Integer.SIZE);
        if ((short) offset != offset) {
            throw new IllegalArgumentException("offset out of range -32768..32767");
        }
    }

    static SessionMoment read(ByteReader in) {
        return new SessionMoment(in.uint32("baseTime"), in.int16("offset"));
    }

    void write(ByteWriter out) {
        out.uint32("baseTime", baseSeconds);
        out.int16("offset", offset);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("baseSeconds", baseSeconds)
                .put("offset", offset)
                .toMap();
    }

    /** Hides the moment. */
    @Override
    public String toString() {
        return Fields.names(this);
    }
}
