package org.openiomt.ble.profile.environment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Environmental Sensing Trigger Setting, descriptor {@code 0x290D}: when a sensor tells a value.
 *
 * <pre>
 * field      type    octets  present when                          meaning
 * condition  uint8   1       always                                see {@link Condition}; others kept as a raw code
 * seconds    uint24  3       condition 1, 2                        time between values
 * threshold  scalar  1 to 4  condition 4 to 9, characteristic said  in the form of the characteristic
 * operand    octets  rest    condition 4 to 9, else                the same, of a form that is not known here
 * </pre>
 *
 * The octets of a threshold have the form of the characteristic that the descriptor stands beside. The plain {@link #CODEC}
 * does not know it and keeps them; {@link #codec(EnvironmentalReading.Kind)} reads them.
 *
 * @param code the condition as sent, 0 to 255; see {@link #condition()}
 * @param seconds 0 to 16,777,215; there exactly with conditions 1 and 2
 * @param threshold a number in the unit of the characteristic
 * @param operand the octets of a threshold of a characteristic that is not known here
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1.2.2</a>
 */
public record EnvironmentalTrigger(
        int code,
        OptionalInt seconds,
        Optional<EnvironmentalReading> threshold,
        Optional<Opaque> operand,
        Remainder remainder)
        implements Described {

    private static final Codes<Condition> CONDITIONS = Codes.of("condition", Condition.class, 0);
    private static final int SECONDS_WIDTH = 24;

    /** Reads and writes it beside any characteristic; a threshold stays octets. */
    public static final Codec<EnvironmentalTrigger> CODEC =
            Codec.of(in -> read(in, Optional.empty()), EnvironmentalTrigger::write);

    /** When a sensor tells a value, in the order of the codes. */
    public enum Condition {
        /** By this trigger never. */
        INACTIVE,
        /** After a fixed time, always. */
        FIXED_INTERVAL,
        /** Not before a time has passed. */
        NO_LESS_THAN_INTERVAL,
        /** When it is another one than before. */
        CHANGED,
        /** While it is below the threshold. */
        LESS,
        /** While it is not above the threshold. */
        LESS_OR_EQUAL,
        /** While it is above the threshold. */
        GREATER,
        /** While it is not below the threshold. */
        GREATER_OR_EQUAL,
        /** While it is the threshold. */
        EQUAL,
        /** While it is not the threshold. */
        NOT_EQUAL;

        private boolean hasSeconds() {
            return this == FIXED_INTERVAL || this == NO_LESS_THAN_INTERVAL;
        }

        private boolean hasThreshold() {
            return compareTo(LESS) >= 0;
        }
    }

    /** Checks that the parts suit each other. */
    public EnvironmentalTrigger {
        CONDITIONS.check(code, remainder);
        Optional<Condition> condition = CONDITIONS.meaning(code);
        if (seconds.isPresent() != condition.filter(Condition::hasSeconds).isPresent()) {
            throw new IllegalArgumentException("seconds do not suit condition " + code);
        }
        Bits.requireUnsigned("seconds", seconds, SECONDS_WIDTH);
        boolean isOneThreshold = threshold.isPresent() != operand.isPresent();
        boolean isNoThreshold = threshold.isEmpty() && operand.isEmpty();
        if (condition.filter(Condition::hasThreshold).isPresent() ? !isOneThreshold : !isNoThreshold) {
            throw new IllegalArgumentException("a threshold does not suit condition " + code);
        }
        if (threshold.isPresent() && !threshold.get().remainder().isEmpty()) {
            throw new IllegalArgumentException("the tail of a trigger is its own, not that of its threshold");
        }
    }

    /** Returns a trigger that compares with {@code threshold}. */
    public static EnvironmentalTrigger of(Condition condition, EnvironmentalReading threshold) {
        return new EnvironmentalTrigger(
                CONDITIONS.code(condition),
                OptionalInt.empty(),
                Optional.of(threshold),
                Optional.empty(),
                Remainder.NONE);
    }

    /** Returns a trigger by time. */
    public static EnvironmentalTrigger of(Condition condition, int seconds) {
        return new EnvironmentalTrigger(
                CONDITIONS.code(condition),
                OptionalInt.of(seconds),
                Optional.empty(),
                Optional.empty(),
                Remainder.NONE);
    }

    /** Returns a trigger that needs nothing: {@link Condition#INACTIVE} or {@link Condition#CHANGED}. */
    public static EnvironmentalTrigger of(Condition condition) {
        return new EnvironmentalTrigger(
                CONDITIONS.code(condition), OptionalInt.empty(), Optional.empty(), Optional.empty(), Remainder.NONE);
    }

    /** Returns the codec of a trigger that stands beside a characteristic of this kind. */
    public static Codec<EnvironmentalTrigger> codec(EnvironmentalReading.Kind kind) {
        Optional<EnvironmentalReading.Kind> known = Optional.of(Objects.requireNonNull(kind, "kind"));
        return Codec.of(in -> read(in, known), EnvironmentalTrigger::write);
    }

    /** Returns the condition, or empty when the standard reserves its code. */
    public Optional<Condition> condition() {
        return CONDITIONS.meaning(code);
    }

    private static EnvironmentalTrigger read(ByteReader in, Optional<EnvironmentalReading.Kind> kind) {
        int code = CONDITIONS.read(in);
        Optional<Condition> condition = CONDITIONS.meaning(code);
        OptionalInt seconds = condition.filter(Condition::hasSeconds).isPresent()
                ? OptionalInt.of(in.uint24("seconds"))
                : OptionalInt.empty();
        boolean hasThreshold = condition.filter(Condition::hasThreshold).isPresent();
        Optional<EnvironmentalReading> threshold =
                hasThreshold ? kind.map(known -> threshold(in, known)) : Optional.empty();
        Optional<Opaque> operand = hasThreshold && kind.isEmpty()
                ? Optional.of(Opaque.of(in.octets("operand", Math.max(1, in.remaining()))))
                : Optional.empty();
        return new EnvironmentalTrigger(code, seconds, threshold, operand, in.remainder(0));
    }

    private static EnvironmentalReading threshold(ByteReader in, EnvironmentalReading.Kind kind) {
        MedicalFloat number = kind.scalar().read(in);
        return new EnvironmentalReading(kind, number, Remainder.NONE);
    }

    private static void write(EnvironmentalTrigger value, ByteWriter out) {
        CONDITIONS.write(out, value.code);
        value.seconds.ifPresent(time -> out.uint24("seconds", time));
        value.threshold.ifPresent(reading -> reading.scalar().write(out, reading.value()));
        value.operand.ifPresent(octets -> out.octets(octets.octets()));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("condition", code)
                .put("meaning", condition())
                .put("seconds", seconds)
                .put("threshold", threshold);
        operand.ifPresent(octets -> fields.octets("operand", octets.octets()));
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
