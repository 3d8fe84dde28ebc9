package org.openiomt.ble.profile.bloodpressure;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.Remainder;

/**
 * Blood Pressure Record, characteristic {@code 0x2B36} of the Blood Pressure Service since version 1.1: a reading that the cuff
 * has stored. It is split over packets, see {@link Segmented}; this is the whole.
 *
 * <pre>
 * field           type    octets  present when            meaning
 * sequenceNumber  uint16  2       always                  counts the stored records
 * characteristic  uint16  2       always                  2A35, 2A36, 2B34 or 2B35: what follows; others kept as octets
 * reading         value   rest    always                  in the layout of that characteristic
 * crc             uint16  2       the features have bit 6  check sum of all before it, without the headers of the packets
 * </pre>
 *
 * @param sequenceNumber the number under which the cuff keeps it, 0 to 65,535
 * @param characteristic the assigned number of what was recorded, 0 to 65,535
 * @param reading what was recorded; empty when the characteristic is none of the four
 * @param check what the check sum says; where it did not prove itself, its octets are the tail of the reading
 * @param recorded the octets of a characteristic that is none of the four
 * @see <a href="https://www.bluetooth.com/specifications/specs/blood-pressure-service-1-1-1/">BLS 1.1</a>
 */
public record BloodPressureRecord(
        int sequenceNumber, int characteristic, Optional<Described> reading, E2eCheck check, Remainder recorded)
        implements Described {

    /** Reads and writes it, when it is not known whether the cuff sends check sums. */
    public static final Codec<BloodPressureRecord> CODEC = codec(E2eContext.NOT_KNOWN);

    /** Reads and writes its packets. */
    public static final Codec<Segmented<BloodPressureRecord>> PACKET_CODEC = Segmented.codec(CODEC);

    private static final int UUID_WIDTH = 16;
    private static final int CRC_SIZE = 2;

    /** What a cuff can record. */
    private static final Map<Integer, Codec<? extends Described>> READINGS = Map.of(
            0x2A35, BloodPressureMeasurement.CODEC,
            0x2A36, IntermediateCuffPressure.CODEC,
            0x2B34, EnhancedBloodPressureMeasurement.CODEC,
            0x2B35, EnhancedIntermediateCuffPressure.CODEC);

    /** Checks the ranges, and that there is a reading exactly when its layout is known. */
    public BloodPressureRecord {
        Bits.requireUnsigned("sequenceNumber", sequenceNumber, Short.SIZE);
        Bits.requireUnsigned("characteristic", characteristic, UUID_WIDTH);
        Objects.requireNonNull(check, "check");
        if (READINGS.containsKey(characteristic) != reading.isPresent()
                || (reading.isPresent() && !recorded.isEmpty())) {
            throw new IllegalArgumentException("a record holds a reading exactly when its characteristic is known");
        }
        Bits.requireUnknown(recorded, ~0L);
    }

    /** Returns a record of an enhanced measurement. */
    public static BloodPressureRecord of(
            int sequenceNumber, EnhancedBloodPressureMeasurement measurement, E2eCheck check) {
        return new BloodPressureRecord(sequenceNumber, 0x2B34, Optional.of(measurement), check, Remainder.NONE);
    }

    /** Returns the codec for a cuff of which this much is known; {@link BloodPressureFeature} says it. */
    public static Codec<BloodPressureRecord> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static BloodPressureRecord read(ByteReader in, E2eContext context) {
        E2e whole = E2e.open(in, proven(in, context), E2eLayout.CRC);
        ByteReader body = whole.body();
        int sequenceNumber = body.uint16("sequenceNumber");
        int at = body.offset();
        int characteristic = body.uint16("characteristic");
        Codec<? extends Described> codec = READINGS.get(characteristic);
        if (codec == null) {
            body.unforeseen("characteristic", at, "no reading of a cuff: " + Fields.hex(characteristic, UUID_WIDTH));
            Remainder recorded = Remainder.of(0, body.octets("recorded", body.remaining()));
            return new BloodPressureRecord(
                    sequenceNumber,
                    characteristic,
                    Optional.empty(),
                    whole.end(0).check(),
                    recorded);
        }
        Described reading = codec.read(body);
        E2eCheck check = whole.end(0).check();
        byte[] tail = remainder(reading).trailing();
        if (context.presence() == E2eContext.Presence.NOT_KNOWN && tail.length == CRC_SIZE) {
            check = new E2eCheck.Unproven(OptionalInt.empty(), (tail[0] & 0xFF) | (tail[1] & 0xFF) << Byte.SIZE);
        }
        return new BloodPressureRecord(sequenceNumber, characteristic, Optional.of(reading), check, Remainder.NONE);
    }

    /** A check sum over a value and its own check sum is 0: then there is one. 1 of 65,536 values looks so by chance. */
    private static E2eContext proven(ByteReader in, E2eContext context) {
        boolean isProven = context.presence() == E2eContext.Presence.NOT_KNOWN
                && in.crc16(Crc16.MCRF4XX, in.offset(), in.offset() + in.remaining()) == 0;
        return isProven ? E2eContext.PRESENT : context;
    }

    private static void write(BloodPressureRecord value, ByteWriter out, E2eContext context) {
        int start = out.size();
        out.uint16("sequenceNumber", value.sequenceNumber);
        out.uint16("characteristic", value.characteristic);
        value.reading.ifPresent(reading -> writeReading(reading, out));
        value.recorded.writeTo(out);
        boolean isTail = context.presence() == E2eContext.Presence.NOT_KNOWN && !value.check.isTrusted();
        if (!isTail) {
            E2e.write(out, start, context, E2eLayout.CRC, value.check);
        }
    }

    private static void writeReading(Described reading, ByteWriter out) {
        if (reading instanceof BloodPressureMeasurement measurement) {
            BloodPressureMeasurement.CODEC.write(measurement, out);
        } else if (reading instanceof IntermediateCuffPressure pressure) {
            IntermediateCuffPressure.CODEC.write(pressure, out);
        } else if (reading instanceof EnhancedBloodPressureMeasurement measurement) {
            EnhancedBloodPressureMeasurement.CODEC.write(measurement, out);
        } else if (reading instanceof EnhancedIntermediateCuffPressure pressure) {
            EnhancedIntermediateCuffPressure.CODEC.write(pressure, out);
        } else {
            throw new IllegalArgumentException("no reading of a cuff: " + reading.getClass());
        }
    }

    private static Remainder remainder(Described reading) {
        if (reading instanceof BloodPressureMeasurement measurement) {
            return measurement.remainder();
        }
        if (reading instanceof IntermediateCuffPressure pressure) {
            return pressure.frame().remainder();
        }
        if (reading instanceof EnhancedBloodPressureMeasurement measurement) {
            return measurement.remainder();
        }
        if (reading instanceof EnhancedIntermediateCuffPressure pressure) {
            return pressure.remainder();
        }
        throw new AssertionError(reading);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("sequenceNumber", sequenceNumber)
                .bits("characteristic", characteristic, UUID_WIDTH)
                .put("reading", reading);
        if (reading.isEmpty()) {
            fields.octets("recorded", recorded.trailing());
        }
        return E2e.describe(fields, check, CODEC.encode(this)).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
