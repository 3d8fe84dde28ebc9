package org.openiomt.ble.profile.devicetime;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Device Time Control Point, characteristic {@code 0x2B91} of the Device Time Service: sets the clock of a device.
 *
 * <pre>
 * field    type    octets  present when  meaning
 * crc      uint16  2       E2E_CRC       check sum of what follows
 * opCode   uint8   1       always        as below; others kept with their operand and reported, strict refuses
 * operand  ...     ...     by op code
 *
 * op code  operand
 * 2, 3     propose or force a time: flags uint16 (see {@link UpdateFlag}), time uint32 s since 1900 or 2000 by the flags, zone sint8,
 *          summer time uint8, source uint8, accuracy uint8 in 1/8 s
 * 4        propose the limit below which changes are not logged: uint16 s
 * 5        retrieve changes that are not logged: nothing
 * 7        the changes that are not logged: kept as octets, their layout was not at hand
 * 9        answer: request op code uint8, result uint8 (1 done, 2 op code not supported, 3 invalid operand, 4 failed, 5 rejected,
 *          7 busy), and with 5 the reasons uint16, see {@link Rejection}
 * </pre>
 *
 * @param message what is said
 * @param check what the check sum says
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-time-service-1-0/">DTS 1.0, 3.7</a>
 */
public record DeviceTimeControlPoint(Message message, E2eCheck check, Remainder remainder) implements Described {
    /** Reads and writes it, when the features are not known. */
    public static final Codec<DeviceTimeControlPoint> CODEC = codec(E2eContext.NOT_KNOWN);

    /** Propose a time. */
    public static final int PROPOSE_TIME_UPDATE = 2;

    /** Force a time. */
    public static final int FORCE_TIME_UPDATE = 3;

    /** Propose the limit below which changes are not logged. */
    public static final int PROPOSE_NON_LOGGED_LIMIT = 4;

    /** Retrieve changes that are not logged. */
    public static final int RETRIEVE_ACTIVE_ADJUSTMENTS = 5;

    /** The changes that are not logged. */
    public static final int REPORT_ACTIVE_ADJUSTMENTS = 7;

    /** An answer. */
    public static final int RESPONSE = 9;

    private static final int WIDTH = 16;
    private static final int REJECTED = 5;
    private static final Set<Integer> RESULTS = Set.of(1, 2, 3, 4, 5, 7);

    /** What is said about a new time. */
    public enum UpdateFlag implements Bit {
        /** It is UTC. */
        UTC_ALIGNED(0x01),
        /** It is local time from a good clock. */
        QUALIFIED_LOCAL_TIME(0x02),
        /** A person set it. */
        MANUAL(0x04),
        /** It comes from another clock. */
        EXTERNAL(0x08),
        /** The zone changed. */
        ZONE(0x10),
        /** Summer time changed. */
        SUMMER_TIME(0x20),
        /** It counts from 2000, not from 1900. */
        EPOCH_YEAR_2000(0x40),
        /** Its fractions of a second mean nothing. */
        SECOND_FRACTIONS_NOT_VALID(0x80);

        private final int mask;

        UpdateFlag(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Why a time was rejected. */
    public enum Rejection implements Bit {
        /** The time is unrealistic. */
        UNREALISTIC(0x0001),
        /** The client may not. */
        NOT_AUTHORIZED(0x0002),
        /** A part is out of range. */
        OUT_OF_RANGE(0x0004),
        /** The clock shows UTC and the new time is none. */
        NOT_UTC_ALIGNED(0x0008),
        /** The new time is not exact enough. */
        ACCURACY(0x0010),
        /** The clock was set from a better source. */
        LOWER_QUALITY(0x0020),
        /** The clock counts from another year. */
        WRONG_EPOCH(0x0040),
        /** The new time lacks precision. */
        LACK_OF_PRECISION(0x0100);

        private final int mask;

        Rejection(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** What is said. */
    public sealed interface Message {
        /** Returns the op code, 0 to 255. */
        int opCode();
    }

    /**
     * A new time.
     *
     * @param opCode {@link #PROPOSE_TIME_UPDATE} or {@link #FORCE_TIME_UPDATE}
     * @param flags what is said about it
     * @param baseTime what the clock shall show, by the epoch of the flags
     * @param zoneQuarters quarters of an hour from UTC, -128 to 127
     * @param summerTimeCode 0, 2, 4, 8, or 255 for not known
     * @param source from which clock it comes, 0 to 255
     * @param accuracyEighths how exact it is, in 1/8 s, 0 to 255
     */
    public record TimeUpdate(
            int opCode,
            Set<UpdateFlag> flags,
            DeviceDateTime baseTime,
            int zoneQuarters,
            int summerTimeCode,
            int source,
            int accuracyEighths)
            implements Message {

        /** Checks the ranges. */
        public TimeUpdate {
            if (opCode != PROPOSE_TIME_UPDATE && opCode != FORCE_TIME_UPDATE) {
                throw new IllegalArgumentException("not the op code of a time update: " + opCode);
            }
            flags = Bits.copy(UpdateFlag.class, flags);
            epoch(flags).secondsTo("baseTime", baseTime);
            if ((byte) zoneQuarters != zoneQuarters) {
                throw new IllegalArgumentException("zone out of range -128..127");
            }
            Bits.requireUnsigned("summerTime", summerTimeCode, Byte.SIZE);
            Bits.requireUnsigned("source", source, Byte.SIZE);
            Bits.requireUnsigned("accuracy", accuracyEighths, Byte.SIZE);
        }

        private static Epoch epoch(Set<UpdateFlag> flags) {
            return flags.contains(UpdateFlag.EPOCH_YEAR_2000) ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
        }
    }

    /**
     * A new limit below which changes are not logged.
     *
     * @param seconds 0 to 65,535
     */
    public record NonLoggedLimit(int seconds) implements Message {
        /** Checks the range. */
        public NonLoggedLimit {
            Bits.requireUnsigned("nonLoggedLimit", seconds, Short.SIZE);
        }

        @Override
        public int opCode() {
            return PROPOSE_NON_LOGGED_LIMIT;
        }
    }

    /** Asks for changes that are not logged. */
    public record RetrieveAdjustments() implements Message {
        @Override
        public int opCode() {
            return RETRIEVE_ACTIVE_ADJUSTMENTS;
        }
    }

    /**
     * An answer.
     *
     * @param requestOpCode what is answered, 0 to 255
     * @param result how it ended, 0 to 255; 1 is done
     * @param rejections why it was rejected, 0 to 65,535; with result 5 only
     */
    public record Response(int requestOpCode, int result, OptionalInt rejections) implements Message {
        /** Checks the ranges. */
        public Response {
            Bits.requireUnsigned("requestOpCode", requestOpCode, Byte.SIZE);
            Bits.requireUnsigned("result", result, Byte.SIZE);
            Bits.requireUnsigned("rejections", rejections, Short.SIZE);
            if (rejections.isPresent() != (result == REJECTED)) {
                throw new IllegalArgumentException("there are reasons exactly with result 5");
            }
        }

        @Override
        public int opCode() {
            return RESPONSE;
        }
    }

    /**
     * A message whose layout is not known.
     *
     * @param opCode 0 to 255
     * @param operand its octets
     */
    public record Other(int opCode, Remainder operand) implements Message {
        /** Checks the range. */
        public Other {
            Bits.requireUnsigned("opCode", opCode, Byte.SIZE);
            Bits.requireUnknown(operand, ~0L);
            if ((opCode >= PROPOSE_TIME_UPDATE && opCode <= RETRIEVE_ACTIVE_ADJUSTMENTS) || opCode == RESPONSE) {
                throw new IllegalArgumentException("an op code whose layout is known: " + opCode);
            }
        }
    }

    /** Checks that all are there. */
    public DeviceTimeControlPoint {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, message instanceof TimeUpdate ? Bits.known(UpdateFlag.class) : ~0L);
    }

    /** Returns a message without check sum; the codec of a device that wants one adds it. */
    public static DeviceTimeControlPoint of(Message message) {
        return new DeviceTimeControlPoint(message, E2eCheck.none(), Remainder.NONE);
    }

    /** Returns the codec for a clock with these features. */
    public static Codec<DeviceTimeControlPoint> codec(DeviceTimeFeature features) {
        return codec(LeadingCrc.context(features));
    }

    private static Codec<DeviceTimeControlPoint> codec(E2eContext context) {
        return Codec.of(in -> read(in, context), (value, out) -> write(value, out, context));
    }

    private static DeviceTimeControlPoint read(ByteReader in, E2eContext context) {
        int start = in.offset();
        E2eCheck check = LeadingCrc.read(in, context);
        int at = in.offset();
        int opCode = in.uint8("opCode");
        long unknown = 0;
        if (opCode == PROPOSE_TIME_UPDATE || opCode == FORCE_TIME_UPDATE) {
            unknown = in.ahead().uint16("flags") & ~Bits.known(UpdateFlag.class);
        }
        Message message = switch (opCode) {
            case PROPOSE_TIME_UPDATE, FORCE_TIME_UPDATE -> readUpdate(in, opCode);
            case PROPOSE_NON_LOGGED_LIMIT -> new NonLoggedLimit(in.uint16("nonLoggedLimit"));
            case RETRIEVE_ACTIVE_ADJUSTMENTS -> new RetrieveAdjustments();
            case RESPONSE -> readResponse(in);
            default -> readOther(in, at, opCode);
        };
        boolean isOdd = in.remaining() > 0 || (message instanceof Other && opCode != REPORT_ACTIVE_ADJUSTMENTS);
        return new DeviceTimeControlPoint(
                message, LeadingCrc.end(in, context, check, start, isOdd), in.remainder(unknown));
    }

    private static Other readOther(ByteReader in, int at, int opCode) {
        if (opCode != REPORT_ACTIVE_ADJUSTMENTS) {
            in.unforeseen("opCode", at, "unknown code " + opCode);
        }
        return new Other(opCode, in.kept("operand", in.remaining()));
    }

    private static TimeUpdate readUpdate(ByteReader in, int opCode) {
        int at = in.offset();
        int bits = in.uint16("flags");
        in.unknownBits("flags", at, bits, Bits.known(UpdateFlag.class));
        Set<UpdateFlag> flags = Bits.set(UpdateFlag.class, bits);
        return new TimeUpdate(
                opCode,
                flags,
                TimeUpdate.epoch(flags).after(in.uint32("baseTime")),
                TimeZone.readCode(in),
                DstOffset.readCode(in),
                in.uint8("source"),
                in.uint8("accuracy"));
    }

    private static Response readResponse(ByteReader in) {
        int request = in.uint8("requestOpCode");
        int at = in.offset();
        int result = in.uint8("result");
        if (!RESULTS.contains(result)) {
            in.unforeseen("result", at, "unknown code " + result);
        }
        return new Response(
                request, result, result == REJECTED ? OptionalInt.of(in.uint16("rejections")) : OptionalInt.empty());
    }

    private static void write(DeviceTimeControlPoint value, ByteWriter out, E2eContext context) {
        ByteWriter rest = new ByteWriter();
        rest.uint8("opCode", value.message.opCode());
        if (value.message instanceof TimeUpdate update) {
            rest.uint16("flags", value.flags(update));
            rest.uint32("baseTime", TimeUpdate.epoch(update.flags).secondsTo("baseTime", update.baseTime));
            rest.int8("zone", update.zoneQuarters);
            rest.uint8("summerTime", update.summerTimeCode);
            rest.uint8("source", update.source);
            rest.uint8("accuracy", update.accuracyEighths);
        } else if (value.message instanceof NonLoggedLimit limit) {
            rest.uint16("nonLoggedLimit", limit.seconds);
        } else if (value.message instanceof Response response) {
            rest.uint8("requestOpCode", response.requestOpCode);
            rest.uint8("result", response.result);
            response.rejections.ifPresent(bits -> rest.uint16("rejections", bits));
        } else if (value.message instanceof Other other) {
            other.operand.writeTo(rest);
        }
        value.remainder.writeTo(rest);
        LeadingCrc.write(out, context, value.check, rest.toByteArray());
    }

    private int flags(TimeUpdate update) {
        return (int) (Bits.mask(update.flags) | remainder.unknownFlags());
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start();
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", check.isTrusted());
        }
        fields.put("opCode", message.opCode());
        if (message instanceof TimeUpdate update) {
            fields.bits("flagBits", flags(update), WIDTH)
                    .put("flags", update.flags)
                    .put("baseTime", update.baseTime)
                    .put("zoneQuarters", update.zoneQuarters)
                    .put("summerTimeCode", update.summerTimeCode)
                    .put("source", update.source)
                    .put("accuracyEighthsSecond", update.accuracyEighths);
        } else if (message instanceof NonLoggedLimit limit) {
            fields.put("nonLoggedLimitSeconds", limit.seconds);
        } else if (message instanceof Response response) {
            fields.put("requestOpCode", response.requestOpCode).put("result", response.result);
            response.rejections.ifPresent(bits ->
                    fields.bits("rejectionBits", bits, WIDTH).put("rejections", Bits.set(Rejection.class, bits)));
        } else if (message instanceof Other other) {
            fields.octets("operand", other.operand.trailing());
        }
        return fields.remainder(remainder, WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
