package org.openiomt.ble.profile.healthsensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Health Sensor Features, characteristic {@code 0x2BF3} of the Generic Health Sensor Service: what a sensor can observe.
 *
 * <pre>
 * field            type         octets   present when  meaning
 * flags            uint8        1        always        bit 0 specializations; others kept
 * types            uint32 list  1 + 4 n  always        MDC terms of the observations
 * specializations  list         1 + 3 n  flags bit 0   of each the low half of an MDC device specialization (uint16) and its version
 *                                                      (uint8)
 * </pre>
 *
 * @param types MDC terms
 * @param specializations the device specializations
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record HealthSensorFeatures(
        List<Long> types, Optional<List<Specialization>> specializations, Remainder remainder) implements Described {

    /** Reads and writes it. */
    public static final Codec<HealthSensorFeatures> CODEC =
            Codec.of(HealthSensorFeatures::read, HealthSensorFeatures::write);

    private static final int SPECIALIZATIONS = 0x01;

    /**
     * A kind of device.
     *
     * @param term the low 16 bits of an MDC device specialization (partition 8)
     * @param version 0 to 255
     */
    public record Specialization(int term, int version) implements Described {
        /** Checks the ranges. */
        public Specialization {
            Bits.requireUnsigned("term", term, Short.SIZE);
            Bits.requireUnsigned("version", version, Byte.SIZE);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().put("term", term).put("version", version).toMap();
        }
    }

    /** Copies and checks. */
    public HealthSensorFeatures {
        types = HealthLists.codes(types);
        specializations = specializations.map(List::copyOf);
        specializations.ifPresent(list -> Bits.requireUnsigned("specializations", list.size(), Byte.SIZE));
        Bits.requireUnknown(remainder, SPECIALIZATIONS);
    }

    private int flags() {
        return (specializations.isPresent() ? SPECIALIZATIONS : 0) | (int) remainder.unknownFlags();
    }

    private static HealthSensorFeatures read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, SPECIALIZATIONS);
        return new HealthSensorFeatures(
                HealthLists.read(in, "types"),
                (flags & SPECIALIZATIONS) != 0 ? Optional.of(readSpecializations(in)) : Optional.empty(),
                in.remainder(unknown));
    }

    private static List<Specialization> readSpecializations(ByteReader in) {
        return in.list(
                in.uint8("specializations"),
                one -> new Specialization(one.uint16("specializations"), one.uint8("version")));
    }

    private static void write(HealthSensorFeatures value, ByteWriter out) {
        out.uint8("flags", value.flags());
        HealthLists.write(out, value.types);
        value.specializations.ifPresent(list -> {
            out.uint8("specializations", list.size());
            list.forEach(one -> {
                out.uint16("specializations", one.term);
                out.uint8("version", one.version);
            });
        });
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), Byte.SIZE)
                .put("types", types)
                .put("specializations", specializations)
                .remainder(remainder, Byte.SIZE)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
