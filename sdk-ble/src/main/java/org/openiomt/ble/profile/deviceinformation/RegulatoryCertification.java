package org.openiomt.ble.profile.deviceinformation;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * IEEE 11073-20601 Regulatory Certification Data List, characteristic {@code 0x2A2A} of the Device Information Service. It is
 * encoded by the Medical Device Encoding Rules: big-endian, unlike all else in GATT.
 *
 * <pre>
 * field          type    octets  present when  meaning
 * count          uint16  2       always        the number of entries
 * length         uint16  2       always        the octets that all entries take
 * authBody       uint8   1       each entry    0 empty, 1 IEEE 11073, 2 Continua, 254 experimental
 * structureType  uint8   1       each entry    what the data is, by the rules of that body
 * size           uint16  2       each entry    the octets of the data
 * data           octets  size    each entry    kept as it came
 * </pre>
 *
 * Octets that are no such list (a widely sold sensor tag sends a plain text) are kept and reported; strict refuses them.
 *
 * @param octets the whole value
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-information-service-1-1/">DIS 1.1, 3.8</a>
 */
public record RegulatoryCertification(Opaque octets) implements Described {
    /** Reads and writes it. */
    public static final Codec<RegulatoryCertification> CODEC =
            Codec.of(RegulatoryCertification::read, RegulatoryCertification::write);

    /**
     * One certification.
     *
     * @param authBody who certifies, 0 to 255
     * @param structureType what the data is, 0 to 255
     * @param data the data
     */
    public record Entry(int authBody, int structureType, Opaque data) implements Described {
        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("authBody", authBody)
                    .put("structureType", structureType)
                    .octets("data", data.octets())
                    .toMap();
        }
    }

    /** Checks that it is there. */
    public RegulatoryCertification {
        Objects.requireNonNull(octets, "octets");
    }

    /** Returns the certifications, or empty when the octets are no list of them. */
    public Optional<List<Entry>> entries() {
        try {
            return Optional.of(entries(octets.octets()));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    private static RegulatoryCertification read(ByteReader in) {
        byte[] octets = in.octets("octets", in.remaining());
        try {
            entries(octets);
        } catch (DecodeException e) {
            in.unforeseen(e.field(), e.offset(), e.reason());
        }
        return new RegulatoryCertification(Opaque.of(octets));
    }

    private static void write(RegulatoryCertification value, ByteWriter out) {
        out.octets(value.octets.octets());
    }

    private static List<Entry> entries(byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int count = in.uint16("count");
        int at = in.offset();
        int length = in.uint16("length");
        if (length != in.remaining()) {
            throw new DecodeException("length", at, "expected " + in.remaining() + ", but got " + length);
        }
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            entries.add(new Entry(
                    in.uint8("authBody"), in.uint8("structureType"), Opaque.of(in.octets("data", in.uint16("size")))));
        }
        if (count != entries.size()) {
            throw new DecodeException("count", 0, "expected " + entries.size() + ", but got " + count);
        }
        return List.copyOf(entries);
    }

    /** Returns the {@code entries}; where the octets are no list, all {@code octets}. */
    @Override
    public Map<String, Object> fields() {
        Optional<List<Entry>> entries = entries();
        return entries.isPresent()
                ? Fields.start().put("entries", entries).toMap()
                : Fields.start().octets("octets", octets.octets()).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
