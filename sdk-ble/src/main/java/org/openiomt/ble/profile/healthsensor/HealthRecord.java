package org.openiomt.ble.profile.healthsensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Live Health Observations, characteristic {@code 0x2B8B}, and Stored Health Observations, {@code 0x2BDD}, of the Generic Health
 * Sensor Service. They are split over packets, see {@link Segmented}; this is the whole.
 *
 * <pre>
 * field         type               octets  present when  meaning
 * recordNumber  uint32             4       stored        the number under which the device keeps it
 * observation   HealthObservation  rest    always        see {@link HealthObservation}
 * </pre>
 *
 * @param recordNumber the number of a stored observation
 * @param observation what was observed
 * @param remainder octets behind the end that the observation's length names
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record HealthRecord(OptionalLong recordNumber, HealthObservation observation, Remainder remainder)
        implements Described {

    /** Reads and writes a live observation. */
    public static final Codec<HealthRecord> LIVE_CODEC =
            Codec.of(in -> read(in, OptionalLong.empty()), HealthRecord::write);

    /** Reads and writes a stored observation. */
    public static final Codec<HealthRecord> STORED_CODEC =
            Codec.of(in -> read(in, OptionalLong.of(in.uint32("recordNumber"))), HealthRecord::write);

    /** Reads and writes the packets of live observations. */
    public static final Codec<Segmented<HealthRecord>> LIVE_PACKET_CODEC = Segmented.codec(LIVE_CODEC);

    /** Reads and writes the packets of stored observations. */
    public static final Codec<Segmented<HealthRecord>> STORED_PACKET_CODEC = Segmented.codec(STORED_CODEC);

    /** Checks the range. */
    public HealthRecord {
        recordNumber.ifPresent(number -> Bits.requireUnsigned("recordNumber", number, Integer.SIZE));
        Objects.requireNonNull(observation, "observation");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns a live observation. */
    public static HealthRecord live(HealthObservation observation) {
        return new HealthRecord(OptionalLong.empty(), observation, Remainder.NONE);
    }

    /** Returns a stored observation. */
    public static HealthRecord stored(long recordNumber, HealthObservation observation) {
        return new HealthRecord(OptionalLong.of(recordNumber), observation, Remainder.NONE);
    }

    private static HealthRecord read(ByteReader in, OptionalLong recordNumber) {
        return new HealthRecord(recordNumber, HealthObservation.read(in), in.remainder(0));
    }

    private static void write(HealthRecord value, ByteWriter out) {
        value.recordNumber.ifPresent(number -> out.uint32("recordNumber", number));
        value.observation.write(out);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(
                Fields.start().put("recordNumber", recordNumber).toMap());
        fields.putAll(observation.fields());
        if (!remainder.isEmpty()) {
            fields.put("behind", Fields.start().trailing(remainder).toMap());
        }
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
