package org.openiomt.ble.profile.heartrate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Heart Rate Measurement, characteristic {@code 0x2A37} of the Heart Rate Service.
 *
 * <pre>
 * field                    type          octets  present when  meaning
 * flags                    uint8         1       always        bit 0 width, 1-2 contact, 3 energy, 4 RR; others kept
 * heartRate                uint8|uint16  1|2     always        beats per minute; 2 octets when bit 0 is set; width kept
 * energyExpendedKilojoule  uint16        2       flags bit 3   kJ since the last reset; stays at 65,535 when full
 * rrIntervals1024          uint16        2 each  flags bit 4   1/1024 s each, oldest first, to the end; may be none;
 *                                                              a single octet after them is kept
 * </pre>
 *
 * @param heartRate beats per minute, 0 to 65,535
 * @param width the octets of the heart rate on the wire
 * @param contact what the sensor says about its contact with the skin
 * @param energyExpendedKilojoule kJ since the last reset
 * @param rrIntervals1024 times between beats in 1/1024 s, oldest first; an empty list when they are announced and none came
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/heart-rate-service-1-0/">HRS 1.0, 3.1</a>
 */
public record HeartRateMeasurement(
        int heartRate,
        Width width,
        Contact contact,
        OptionalInt energyExpendedKilojoule,
        Optional<List<Integer>> rrIntervals1024,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<HeartRateMeasurement> CODEC =
            Codec.of(HeartRateMeasurement::read, HeartRateMeasurement::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int WIDE = 1;
    private static final int CONTACT_SHIFT = 1;
    private static final int CONTACT = 3 << CONTACT_SHIFT;
    private static final int ENERGY = 1 << 3;
    private static final int INTERVALS = 1 << 4;
    private static final int KNOWN = WIDE | CONTACT | ENERGY | INTERVALS;
    private static final List<Contact> CONTACTS = List.of(Contact.values());

    /** How many octets hold the heart rate. */
    public enum Width {
        /** One octet, up to 255. */
        UINT8,
        /** Two octets, up to 65,535. */
        UINT16
    }

    /** What the sensor says about its contact with the skin; two bits, in the order of their value. */
    public enum Contact {
        /** The sensor does not watch its contact. */
        NOT_SUPPORTED("not supported"),
        /** The same, with the bit set that has no meaning then. */
        NOT_SUPPORTED_BIT_SET("not supported"),
        /** The sensor watches and finds no or poor contact. */
        NOT_DETECTED("not detected"),
        /** The sensor watches and finds contact. */
        DETECTED("detected");

        private final String text;

        Contact(String text) {
            this.text = text;
        }

        /** Returns {@code detected}, {@code not detected} or {@code not supported}. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Copies the list. */
    public HeartRateMeasurement {
        Objects.requireNonNull(width, "width");
        Bits.requireUnsigned("heartRate", heartRate, width == Width.UINT8 ? Byte.SIZE : Short.SIZE);
        Objects.requireNonNull(contact, "contact");
        Bits.requireUnsigned("energyExpendedKilojoule", energyExpendedKilojoule, Short.SIZE);
        Bits.requireUnknown(remainder, KNOWN);
        rrIntervals1024 = rrIntervals1024.map(List::copyOf);
        for (int interval : rrIntervals1024.orElse(List.of())) {
            Bits.requireUnsigned("rrIntervals1024", interval, Short.SIZE);
        }
    }

    /** Returns a heart rate in as few octets as it needs, with nothing else said. */
    public static HeartRateMeasurement of(int heartRate) {
        return new HeartRateMeasurement(
                heartRate,
                heartRate > 0xFF ? Width.UINT16 : Width.UINT8,
                Contact.NOT_SUPPORTED,
                OptionalInt.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (width == Width.UINT16 ? WIDE : 0)
                | (contactBits() << CONTACT_SHIFT)
                | (energyExpendedKilojoule.isPresent() ? ENERGY : 0)
                | (rrIntervals1024.isPresent() ? INTERVALS : 0)
                | (int) remainder.unknownFlags();
    }

    private int contactBits() {
        return switch (contact) {
            case NOT_SUPPORTED -> 0;
            case NOT_SUPPORTED_BIT_SET -> 1;
            case NOT_DETECTED -> 2;
            case DETECTED -> 3;
        };
    }

    private static HeartRateMeasurement read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        boolean isWide = (flags & WIDE) != 0;
        return new HeartRateMeasurement(
                isWide ? in.uint16("heartRate") : in.uint8("heartRate"),
                isWide ? Width.UINT16 : Width.UINT8,
                CONTACTS.get((flags & CONTACT) >> CONTACT_SHIFT),
                (flags & ENERGY) != 0 ? OptionalInt.of(in.uint16("energyExpendedKilojoule")) : OptionalInt.empty(),
                (flags & INTERVALS) != 0 ? Optional.of(readIntervals(in)) : Optional.empty(),
                in.remainder(unknown));
    }

    private static List<Integer> readIntervals(ByteReader in) {
        return in.list(in.remaining() / Short.BYTES, one -> one.uint16("rrIntervals1024"));
    }

    private static void write(HeartRateMeasurement value, ByteWriter out) {
        out.uint8("flags", value.flags());
        if (value.width == Width.UINT16) {
            out.uint16("heartRate", value.heartRate);
        } else {
            out.uint8("heartRate", value.heartRate);
        }
        value.energyExpendedKilojoule.ifPresent(energy -> out.uint16("energyExpendedKilojoule", energy));
        for (int interval : value.rrIntervals1024.orElse(List.of())) {
            out.uint16("rrIntervals1024", interval);
        }
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("heartRate", heartRate)
                .put("contact", contact)
                .put("energyExpendedKilojoule", energyExpendedKilojoule)
                .put("rrIntervals1024", rrIntervals1024)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
