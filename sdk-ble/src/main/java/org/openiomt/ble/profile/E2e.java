package org.openiomt.ble.profile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * Reads and writes values with end-to-end protection: a counter and a check sum that a client verifies itself, so that a fault
 * in any part between sensor and app is noticed. Not for use by several threads at once.
 *
 * <pre>
 * context    a value ends in            what happens
 * PRESENT    the right check sum        Sound
 *            a wrong one, or none       refused in both modes, before any field is read
 * ABSENT     anything                   None; octets after the last field are a tail
 * NOT_KNOWN  nothing                    None
 *            a check sum that is right  Sound: 2 of 65,536 tails look so by chance
 *            octets of its size         Unproven: kept and reported, strict refuses
 *            other octets               None; they are a tail
 * </pre>
 *
 * A wrong check sum is refused in lenient mode too. Leniency is for what the standard does not foresee; this it does foresee,
 * and says that the value is not the one that was measured. Octets between the last field and the check sum are a tail.
 */
public final class E2e {
    /** What stands in the check sum of a feature characteristic without protection. */
    public static final int UNSUPPORTED_CRC = 0xFFFF;

    private static final int CRC_SIZE = 2;
    private static final List<Crc16> ALGORITHMS = List.of(Crc16.MCRF4XX, Crc16.CCITT_FALSE);

    private final ByteReader in;
    private final E2eContext context;
    private final E2eLayout layout;
    private final int start;
    private final int end;
    private final Optional<String> fault;

    private E2e(ByteReader in, int start, E2eContext context, E2eLayout layout) {
        this.in = in;
        this.context = context;
        this.layout = layout;
        this.start = start;
        boolean isPresent = context.presence() == E2eContext.Presence.PRESENT;
        int size = isPresent ? in.remaining() - layout.size() : in.remaining();
        if (size < 0) {
            throw new DecodeException(
                    "crc",
                    start,
                    "cut short: a value of this device ends in a check sum of " + layout.size() + " octets, but only "
                            + in.remaining() + " came");
        }
        this.end = in.offset() + in.remaining();
        this.fault = isPresent ? fault(in, start, end - CRC_SIZE, context.algorithm()) : Optional.empty();
        in.narrow("value", size);
    }

    private static Optional<String> fault(ByteReader in, int start, int crcAt, Crc16 algorithm) {
        int crc = in.uint16At(crcAt);
        return crc == in.crc16(algorithm, start, crcAt)
                ? Optional.empty()
                : Optional.of(wrong(in, algorithm, start, crcAt, crc));
    }

    /**
     * How a value ended.
     *
     * @param check what its protection says
     * @param remainder unknown flags and the octets between the last field and the protection
     */
    public record End(E2eCheck check, Remainder remainder) {}

    /**
     * Begins a value, or a record of one, that takes all octets that are left.
     *
     * @throws DecodeException when the value must be protected and its check sum is missing or wrong
     */
    public static E2e open(ByteReader in, E2eContext context, E2eLayout layout) {
        E2e value = new E2e(in, in.offset(), context, layout);
        value.requireSound();
        return value;
    }

    /**
     * Begins a record, of which {@code in} has read the first octets already, and lets the caller judge its {@link #fault}.
     *
     * @param start the first octet that the check sum covers
     * @throws DecodeException when the record must be protected and has no room for a check sum
     */
    public static E2e judge(ByteReader in, int start, E2eContext context, E2eLayout layout) {
        return new E2e(in, start, context, layout);
    }

    /** Returns what is wrong with the check sum of a value that must have one, in words; empty when nothing is. */
    public Optional<String> fault() {
        return fault;
    }

    /**
     * Refuses a value that has a {@link #fault}.
     *
     * @throws DecodeException when it has one
     */
    public void requireSound() {
        if (fault.isPresent()) {
            throw new DecodeException("crc", end - CRC_SIZE, fault.get());
        }
    }

    /** Returns the fields, which are read from here; it ends before the protection until {@link #end}. */
    public ByteReader body() {
        return in;
    }

    /**
     * Ends the value after its last known field.
     *
     * @throws DecodeException in strict mode, when octets are left that are no check sum
     */
    public End end(long unknownFlags) {
        return switch (context.presence()) {
            case PRESENT -> {
                Remainder tail = in.remainder(unknownFlags);
                in.widen(end);
                OptionalInt counter = readCounter(in, layout);
                in.skip("crc", CRC_SIZE);
                yield new End(E2eCheck.sound(counter, context.algorithm()), tail);
            }
            case ABSENT -> new End(E2eCheck.none(), in.remainder(unknownFlags));
            case NOT_KNOWN -> endNotKnown(unknownFlags);
        };
    }

    private End endNotKnown(long unknownFlags) {
        int tailSize = in.remaining() - layout.size();
        if (tailSize < 0) {
            return new End(E2eCheck.none(), in.remainder(unknownFlags));
        }
        int crcAt = end - CRC_SIZE;
        int crc = in.uint16At(crcAt);
        Optional<Crc16> algorithm = fitting(in, start, crcAt, crc);
        if (algorithm.isEmpty() && tailSize > 0) {
            return new End(E2eCheck.none(), in.remainder(unknownFlags));
        }
        in.narrow("value", tailSize);
        Remainder tail = in.remainder(unknownFlags);
        in.widen(end);
        OptionalInt counter = readCounter(in, layout);
        in.skip("crc", CRC_SIZE);
        if (algorithm.isPresent()) {
            return new End(E2eCheck.sound(counter, algorithm.get()), tail);
        }
        in.unforeseen("crc", crcAt, "if it is a check sum, " + wrong(in, Crc16.MCRF4XX, start, crcAt, crc));
        return new End(new E2eCheck.Unproven(counter, crc), tail);
    }

    /**
     * Judges the check sum of a feature characteristic, which is there with and without protection.
     *
     * @param in has read the check sum and all octets that it covers
     * @param isSupported what the features say
     * @param crcAt the octet of the check sum
     * @param crc the check sum as sent
     * @param from the first octet that it covers
     * @param to the octet after the last that it covers
     * @throws DecodeException when it is wrong, or is none although the features promise one, or is one although they do not
     */
    public static E2eCheck feature(
            ByteReader in, E2eContext context, boolean isSupported, int crcAt, int crc, int from, int to) {
        if (!isSupported) {
            if (crc != UNSUPPORTED_CRC) {
                throw new DecodeException(
                        "crc",
                        crcAt,
                        "expected 0xFFFF, because the features say that there is no check sum, but got " + hex(crc));
            }
            return E2eCheck.none();
        }
        if (context.presence() == E2eContext.Presence.PRESENT) {
            if (crc != in.crc16(context.algorithm(), from, to)) {
                throw new DecodeException("crc", crcAt, wrong(in, context.algorithm(), from, to, crc));
            }
            return E2eCheck.sound(OptionalInt.empty(), context.algorithm());
        }
        return fitting(in, from, to, crc)
                .map(algorithm -> E2eCheck.sound(OptionalInt.empty(), algorithm))
                .orElseThrow(() -> new DecodeException("crc", crcAt, wrong(in, Crc16.MCRF4XX, from, to, crc)));
    }

    /**
     * Writes the counter and the check sum over everything from {@code start}. What the context knows goes before what the
     * value says: a protected device gets a check sum though the value was made without.
     *
     * @throws IllegalArgumentException when the value has no counter and the layout has one, and when a value that did not prove
     *     itself is to be written with a proof
     */
    public static void write(ByteWriter out, int start, E2eContext context, E2eLayout layout, E2eCheck check) {
        boolean isKnown = context.presence() != E2eContext.Presence.NOT_KNOWN;
        if (size(context, layout, check) == 0) {
            return;
        }
        if (isKnown && !check.isTrusted()) {
            throw new IllegalArgumentException("a value that did not prove itself gets no check sum");
        }
        if (layout == E2eLayout.COUNTER_AND_CRC) {
            out.uint8(
                    "counter",
                    check.counter().orElseThrow(() -> new IllegalArgumentException("this value needs a counter")));
        }
        if (check instanceof E2eCheck.Unproven unproven) {
            out.uint16("crc", unproven.crc());
            return;
        }
        Crc16 algorithm = !isKnown && check instanceof E2eCheck.Sound sound ? sound.algorithm() : context.algorithm();
        out.uint16("crc", algorithm.of(out.toByteArray(), start, out.size() - start));
    }

    /** Returns how many octets {@link #write} writes. */
    public static int size(E2eContext context, E2eLayout layout, E2eCheck check) {
        return switch (context.presence()) {
            case PRESENT -> layout.size();
            case ABSENT -> 0;
            case NOT_KNOWN -> check instanceof E2eCheck.None ? 0 : layout.size();
        };
    }

    /**
     * Adds {@code counter}, {@code crc} and {@code crcValid}, where the value has them.
     *
     * @param octets the value as written, up to and with its check sum
     */
    public static Fields describe(Fields fields, E2eCheck check, byte[] octets) {
        if (check instanceof E2eCheck.None) {
            return fields;
        }
        return fields.put("counter", check.counter())
                .bits("crc", crc(octets), Short.SIZE)
                .put("crcValid", check.isTrusted());
    }

    private static int crc(byte[] octets) {
        return (octets[octets.length - CRC_SIZE] & 0xFF) | (octets[octets.length - 1] & 0xFF) << Byte.SIZE;
    }

    private static OptionalInt readCounter(ByteReader in, E2eLayout layout) {
        return layout == E2eLayout.COUNTER_AND_CRC ? OptionalInt.of(in.uint8("counter")) : OptionalInt.empty();
    }

    private static Optional<Crc16> fitting(ByteReader in, int from, int to, int crc) {
        for (Crc16 algorithm : ALGORITHMS) {
            if (in.crc16(algorithm, from, to) == crc) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    private static String wrong(ByteReader in, Crc16 algorithm, int from, int to, int crc) {
        String hint = fitting(in, from, to, crc)
                .map(other -> "; it is right by " + other + ", which this device may use")
                .orElse("; the octets changed on their way, and the value is not used");
        return "wrong check sum: expected " + hex(in.crc16(algorithm, from, to)) + " (" + algorithm + " of "
                + (to - from) + " octets), but got " + hex(crc) + hint;
    }

    private static String hex(int crc) {
        return Fields.hex(crc, Short.SIZE);
    }
}
