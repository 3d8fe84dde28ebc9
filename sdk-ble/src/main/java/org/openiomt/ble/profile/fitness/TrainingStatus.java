package org.openiomt.ble.profile.fitness;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Training Status, characteristic {@code 0x2AD3} of the Fitness Machine Service.
 *
 * <pre>
 * field   type   octets      present when  meaning
 * flags   uint8  1           always        bit 0 text, bit 1 the text goes on in a long read; others kept
 * status  uint8  1           always        0 other .. 15 post-workout; others kept as a raw code
 * text    UTF-8  to the end  flags bit 0   what the machine shows; may be cut where bit 1 is set
 * </pre>
 *
 * @param code the status as sent, 0 to 255; see {@link #status()}
 * @param text what the machine shows
 * @param isExtended whether a read gives more of the text than this
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/fitness-machine-service-1-0/">FTMS 1.0, 4.10</a>
 */
public record TrainingStatus(int code, Optional<DeviceText> text, boolean isExtended, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<TrainingStatus> CODEC = Codec.of(TrainingStatus::read, TrainingStatus::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int TEXT = 0x01;
    private static final int EXTENDED = 0x02;
    private static final int KNOWN = TEXT | EXTENDED;

    /** What goes on, in the order of the codes. */
    public enum Status {
        /** Something else. */
        OTHER,
        /** Nothing. */
        IDLE,
        /** Warming up. */
        WARMING_UP,
        /** An interval of low intensity. */
        LOW_INTENSITY_INTERVAL,
        /** An interval of high intensity. */
        HIGH_INTENSITY_INTERVAL,
        /** An interval of recovery. */
        RECOVERY_INTERVAL,
        /** Isometric training. */
        ISOMETRIC,
        /** The heart rate controls the machine. */
        HEART_RATE_CONTROL,
        /** A fitness test. */
        FITNESS_TEST,
        /** The speed is below what can be controlled. */
        SPEED_TOO_LOW,
        /** The speed is above what can be controlled. */
        SPEED_TOO_HIGH,
        /** Cooling down. */
        COOL_DOWN,
        /** The power controls the machine. */
        POWER_CONTROL,
        /** The user controls the machine. */
        MANUAL,
        /** Before a training. */
        PRE_WORKOUT,
        /** After a training. */
        POST_WORKOUT
    }

    /** Checks the range. */
    public TrainingStatus {
        Bits.requireUnsigned("status", code, Byte.SIZE);
        Objects.requireNonNull(text, "text");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns what goes on, or empty when the standard reserves the code. */
    public Optional<Status> status() {
        return code < Status.values().length ? Optional.of(Status.values()[code]) : Optional.empty();
    }

    /** Returns the flags octet of this value: what is present, and the unknown bits. */
    public int flags() {
        return (text.isPresent() ? TEXT : 0) | (isExtended ? EXTENDED : 0) | (int) remainder.unknownFlags();
    }

    private static TrainingStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        int statusAt = in.offset();
        int code = in.uint8("status");
        if (code >= Status.values().length) {
            in.unforeseen("status", statusAt, "unknown code " + code);
        }
        return new TrainingStatus(
                code,
                (flags & TEXT) != 0 ? Optional.of(DeviceText.read(in, "text")) : Optional.empty(),
                (flags & EXTENDED) != 0,
                in.remainder(unknown));
    }

    private static void write(TrainingStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint8("status", value.code);
        value.text.ifPresent(text -> text.writeTo(out));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("status", code)
                .put("training", status())
                .put("text", text.map(DeviceText::text))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
