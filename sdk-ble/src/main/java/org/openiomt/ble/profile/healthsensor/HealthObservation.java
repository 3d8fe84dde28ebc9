package org.openiomt.ble.profile.healthsensor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * An observation of a health sensor in the form of ISO/IEEE 11073-10206 (ACOM), as the Generic Health Sensor Service sends it.
 *
 * <pre>
 * field         type         octets     present when  meaning
 * class         uint8        1          always        which value, see {@link HealthValue}
 * length        uint16       2          always        of the whole, or of what follows; see {@link Length}
 * flags         uint16       2          always        bits 0 to 9 as below; others kept
 * type          uint32       4          flags bit 0   an MDC term
 * time          ElapsedTime  9          flags bit 1   when it was
 * duration      FLOAT        4          flags bit 2   how long it took, in s
 * status        uint16       2          flags bit 3   bit 0 invalid, 1 questionable, 2 not available, 3 calibrating, 4 test, 5 demo;
 *                                                     others kept, their meaning is not known here
 * objectId      uint32       4          flags bit 4   a number to refer to it within the same transfer
 * patient       uint8        1          flags bit 5   the device's number of the person
 * supplemental  uint32 list  1 + 4 n    flags bit 6   MDC terms that qualify the value
 * derivedFrom   uint32 list  1 + 4 n    flags bit 7   objects that it was computed from
 * members       uint32 list  1 + 4 n    flags bit 8   objects that it holds
 * entries       entry list   1 + ...    flags bit 9   further attributes, see {@link HealthEntry}
 * value         by class     ...        always        see {@link HealthValue}
 * </pre>
 *
 * @param length what the length field counts
 * @param type what was observed, an MDC term; in a bundle the bundle may say it for all
 * @param time when it was
 * @param duration how long it took, in seconds
 * @param status what the device says about its validity, 0 to 65,535
 * @param objectId a number to refer to it
 * @param patient the device's number of the person
 * @param supplemental MDC terms that qualify the value
 * @param derivedFrom objects that it was computed from
 * @param members objects that it holds
 * @param entries further attributes
 * @param value what was observed
 * @param remainder unknown flags and octets behind the value
 * @see <a href="https://www.bluetooth.com/specifications/specs/generic-health-sensor-service/">GHSS 1.0</a>
 */
public record HealthObservation(
        Length length,
        OptionalLong type,
        Optional<ElapsedTime> time,
        Optional<MedicalFloat> duration,
        OptionalInt status,
        OptionalLong objectId,
        OptionalInt patient,
        Optional<List<Long>> supplemental,
        Optional<List<Long>> derivedFrom,
        Optional<List<Long>> members,
        Optional<List<HealthEntry>> entries,
        HealthValue value,
        Remainder remainder)
        implements Described {

    private static final String FIELD = "observation";
    private static final int FLAGS_WIDTH = 16;
    private static final int TYPE = 0x0001;
    private static final int TIME = 0x0002;
    private static final int DURATION = 0x0004;
    private static final int STATUS = 0x0008;
    private static final int OBJECT_ID = 0x0010;
    private static final int PATIENT = 0x0020;
    private static final int SUPPLEMENTAL = 0x0040;
    private static final int DERIVED_FROM = 0x0080;
    private static final int MEMBERS = 0x0100;
    private static final int ENTRIES = 0x0200;
    private static final int KNOWN = 0x03FF;
    private static final int HEAD_SIZE = 3;

    /** What the length field counts; sources disagree, and the octets decide. */
    public enum Length {
        /** The whole observation, class and length included. */
        WHOLE(HEAD_SIZE),
        /** What follows the length. */
        REST(0);

        private final int head;

        Length(int head) {
            this.head = head;
        }
    }

    /** Checks and copies. */
    public HealthObservation {
        Objects.requireNonNull(length, "length");
        type.ifPresent(code -> Bits.requireUnsigned("type", code, Integer.SIZE));
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(duration, "duration");
        Bits.requireUnsigned("status", status, Short.SIZE);
        objectId.ifPresent(id -> Bits.requireUnsigned("objectId", id, Integer.SIZE));
        Bits.requireUnsigned("patient", patient, Byte.SIZE);
        supplemental = supplemental.map(HealthLists::codes);
        derivedFrom = derivedFrom.map(HealthLists::codes);
        members = members.map(HealthLists::codes);
        entries = entries.map(List::copyOf);
        entries.ifPresent(list -> Bits.requireUnsigned("entryCount", list.size(), Byte.SIZE));
        Objects.requireNonNull(value, "value");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns a value of a type at a time, with nothing else. */
    public static HealthObservation of(long type, ElapsedTime time, HealthValue value) {
        return new HealthObservation(
                Length.WHOLE,
                OptionalLong.of(type),
                Optional.of(time),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                value,
                Remainder.NONE);
    }

    /** Returns the flags: what is present, and the unknown bits. */
    public int flags() {
        return (type.isPresent() ? TYPE : 0)
                | (time.isPresent() ? TIME : 0)
                | (duration.isPresent() ? DURATION : 0)
                | (status.isPresent() ? STATUS : 0)
                | (objectId.isPresent() ? OBJECT_ID : 0)
                | (patient.isPresent() ? PATIENT : 0)
                | (supplemental.isPresent() ? SUPPLEMENTAL : 0)
                | (derivedFrom.isPresent() ? DERIVED_FROM : 0)
                | (members.isPresent() ? MEMBERS : 0)
                | (entries.isPresent() ? ENTRIES : 0)
                | (int) remainder.unknownFlags();
    }

    /**
     * Reads an observation; what lies behind it is left. The length counts the whole where the octets can be understood so, and what
     * follows it where only that can. A value of an unknown class takes any number of octets, so there the length is the one that
     * leaves none behind.
     */
    static HealthObservation read(ByteReader in) {
        int at = in.offset();
        int observationClass = in.uint8("class");
        int size = in.uint16("length");
        if (size > in.remaining()) {
            return read(in.part(FIELD, rest(in, at, size, Length.WHOLE)), observationClass, Length.WHOLE, true);
        }
        boolean isRest = !HealthValue.isKnown(observationClass) && size == in.remaining();
        Length likely = isRest ? Length.REST : Length.WHOLE;
        try {
            return attempt(in, at, observationClass, size, likely);
        } catch (DecodeException notLikely) {
            try {
                return attempt(in, at, observationClass, size, isRest ? Length.WHOLE : Length.REST);
            } catch (DecodeException notEven) {
                throw notLikely;
            }
        }
    }

    private static HealthObservation attempt(ByteReader in, int at, int observationClass, int size, Length length) {
        int rest = rest(in, at, size, length);
        HealthObservation observation = read(in.ahead(rest), observationClass, length, true);
        in.skip(FIELD, rest);
        return observation;
    }

    private static HealthObservation readMember(ByteReader in, Length length) {
        int at = in.offset();
        int observationClass = in.uint8("class");
        int size = in.uint16("length");
        if (observationClass == HealthValue.Bundle.CLASS) {
            throw new DecodeException("class", at, "a bundle holds no bundle");
        }
        return read(in.part(FIELD, rest(in, at, size, length)), observationClass, length, false);
    }

    private static int rest(ByteReader in, int at, int size, Length length) {
        int rest = size - length.head;
        if (rest < 0 || rest > in.remaining()) {
            throw new DecodeException(
                    "length",
                    at + 1,
                    "says " + size + " octets, but the observation has " + (in.remaining() + HEAD_SIZE) + " or "
                            + in.remaining() + " behind its length");
        }
        return rest;
    }

    private static HealthObservation read(ByteReader in, int observationClass, Length length, boolean mayBundle) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        if (!HealthValue.isKnown(observationClass)) {
            in.unforeseen("class", at - HEAD_SIZE, "unknown class " + observationClass);
        }
        return new HealthObservation(
                length,
                (flags & TYPE) != 0 ? OptionalLong.of(in.uint32("type")) : OptionalLong.empty(),
                (flags & TIME) != 0 ? Optional.of(ElapsedTime.read(in)) : Optional.empty(),
                (flags & DURATION) != 0 ? Optional.of(in.float32("duration")) : Optional.empty(),
                (flags & STATUS) != 0 ? OptionalInt.of(in.uint16("status")) : OptionalInt.empty(),
                (flags & OBJECT_ID) != 0 ? OptionalLong.of(in.uint32("objectId")) : OptionalLong.empty(),
                (flags & PATIENT) != 0 ? OptionalInt.of(in.uint8("patient")) : OptionalInt.empty(),
                (flags & SUPPLEMENTAL) != 0 ? Optional.of(HealthLists.read(in, "supplemental")) : Optional.empty(),
                (flags & DERIVED_FROM) != 0 ? Optional.of(HealthLists.read(in, "derivedFrom")) : Optional.empty(),
                (flags & MEMBERS) != 0 ? Optional.of(HealthLists.read(in, "members")) : Optional.empty(),
                (flags & ENTRIES) != 0 ? Optional.of(HealthEntry.readAll(in)) : Optional.empty(),
                mayBundle && observationClass == HealthValue.Bundle.CLASS
                        ? readBundle(in, length)
                        : HealthValue.read(in, observationClass),
                in.remainder(unknown));
    }

    private static HealthValue.Bundle readBundle(ByteReader in, Length length) {
        int count = in.uint8("count");
        return new HealthValue.Bundle(in.list(count, member -> readMember(member, length)));
    }

    /** Writes it. */
    void write(ByteWriter out) {
        byte[] rest = rest();
        out.uint8("class", value.observationClass());
        out.uint16("length", rest.length + length.head);
        out.octets(rest);
    }

    private byte[] rest() {
        ByteWriter out = new ByteWriter();
        out.uint16("flags", flags());
        type.ifPresent(code -> out.uint32("type", code));
        time.ifPresent(moment -> moment.write(out));
        duration.ifPresent(seconds -> out.float32("duration", seconds));
        status.ifPresent(bits -> out.uint16("status", bits));
        objectId.ifPresent(id -> out.uint32("objectId", id));
        patient.ifPresent(number -> out.uint8("patient", number));
        supplemental.ifPresent(codes -> HealthLists.write(out, codes));
        derivedFrom.ifPresent(ids -> HealthLists.write(out, ids));
        members.ifPresent(ids -> HealthLists.write(out, ids));
        entries.ifPresent(list -> HealthEntry.writeAll(out, list));
        value.write(out);
        remainder.writeTo(out);
        return out.toByteArray();
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("observationClass", value.observationClass())
                .put("length", rest().length + length.head);
        if (length == Length.REST) {
            fields.put("lengthCounts", length);
        }
        fields.bits("flags", flags(), FLAGS_WIDTH)
                .put("type", type)
                .put("time", time)
                .put("durationSeconds", duration);
        status.ifPresent(bits -> fields.bits("status", bits, Short.SIZE));
        fields.put("objectId", objectId)
                .put("patient", patient)
                .put("supplemental", supplemental)
                .put("derivedFrom", derivedFrom)
                .put("members", members)
                .put("attributes", entries);
        value.describe(fields);
        return fields.remainder(remainder, FLAGS_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
