package org.openiomt.ble.profile.authorization;

import java.util.Map;
import java.util.Objects;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/**
 * ACS Data In {@code 0x2B30}, ACS Data Out Notify {@code 0x2B31} and ACS Data Out Indicate {@code 0x2B32} of the Authorization
 * Control Service: a value of another service, sealed with keys that both sides have agreed upon.
 *
 * <pre>
 * field    type            octets      present when  meaning
 * segment  segment header  1           always        see {@link org.openiomt.ble.profile.SegmentHeader}
 * content   octets          to the end  always        readable with the keys only
 * </pre>
 *
 * @param content the sealed value
 * @see <a href="https://www.bluetooth.com/specifications/specs/authorization-control-service-1-0/">ACS 1.0, 3</a>
 */
public record ProtectedData(Opaque content) implements Described {
    /** Reads and writes one packet, with its segment header. */
    public static final Codec<Segmented<ProtectedData>> CODEC =
            Segmented.codec(Codec.of(ProtectedData::read, ProtectedData::write));

    /** Checks that it is there. */
    public ProtectedData {
        Objects.requireNonNull(content, "content");
    }

    private static ProtectedData read(ByteReader in) {
        return new ProtectedData(Opaque.of(in.octets("content", in.remaining())));
    }

    private static void write(ProtectedData value, ByteWriter out) {
        out.octets(value.content.octets());
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().octets("content", content.octets()).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
