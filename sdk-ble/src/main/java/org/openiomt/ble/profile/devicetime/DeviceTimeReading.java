package org.openiomt.ble.profile.devicetime;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Device Time, characteristic {@code 0x2B90} of the Device Time Service: what a clock shows. Nothing in the value says which fields it
 * has behind the status, the features do; without them they stay octets.
 *
 * <pre>
 * field               type    octets  present when                meaning
 * crc                 uint16  2       E2E_CRC                     check sum of what follows
 * baseTime            uint32  4       always                      s since 1900 (status bit 4 = 0) or 2000 (status bit 4 = 1)
 * zone                sint8   1       always                      quarters of an hour from UTC, without summer time, -48 to 56;
 *                                                                 -128 not known; others kept and reported, strict refuses
 * summerTime          uint8   1       always                      0 none, 2 half an hour, 4 one, 8 two hours, 255 not known; others
 *                                                                 kept and reported, strict refuses
 * status              uint16  2       always                      bits 0 to 6, see {@link Status}; others kept
 * userTime            uint32  4       SEPARATE_USER_TIMELINE      s of the clock that the person sees, since the same year
 * accumulatedDrift    uint16  2       RTC_DRIFT_TRACKING          in s
 * nextSequenceNumber  uint16  2       TIME_CHANGE_LOGGING         of the log of time changes
 * secondFractions     uint16  2       BASE_TIME_SECOND_FRACTIONS  in 1/65536 s, beside baseTime
 * </pre>
 *
 * @param baseTime what the clock shows, by the epoch of the status
 * @param zoneQuarters as sent, -128 to 127
 * @param summerTimeCode as sent, 0 to 255
 * @param status what is known about the clock
 * @param userTime what the person sees
 * @param accumulatedDriftSeconds how far the clock may be wrong
 * @param nextSequenceNumber the next number of the log
 * @param secondFractions in 1/65536 s
 * @param check what the check sum says
 * @param remainder unknown bits of the status, trailing octets, and all of which the features do not say what they are
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-time-service-1-0/">DTS 1.0, 3.3</a>
 */
public record DeviceTimeReading(
        DeviceDateTime baseTime,
        int zoneQuarters,
        int summerTimeCode,
        Set<Status> status,
        Optional<DeviceDateTime> userTime,
        OptionalInt accumulatedDriftSeconds,
        OptionalInt nextSequenceNumber,
        OptionalInt secondFractions,
        E2eCheck check,
        Remainder remainder)
        implements Described {

    /** Reads and writes it, when the features are not known. */
    public static final Codec<DeviceTimeReading> CODEC = codec(Optional.empty());

    private static final int WIDTH = 16;

    /** What is known about a clock. */
    public enum Status implements Bit {
        /** It lost its time and was not set since. */
        TIME_FAULT(0x01),
        /** It shows UTC. */
        UTC_ALIGNED(0x02),
        /** It was set to local time from a good clock. */
        QUALIFIED_LOCAL_TIME(0x04),
        /** It asks to be set. */
        PROPOSE_TIME_UPDATE_REQUEST(0x08),
        /** It counts from 2000, not from 1900. */
        EPOCH_YEAR_2000(0x10),
        /** A change was made that is not logged. */
        NON_LOGGED_CHANGE_ACTIVE(0x20),
        /** Changes are being put together to one in the log. */
        LOG_CONSOLIDATION_ACTIVE(0x40);

        private final int mask;

        Status(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks the ranges, and that the clock can show its times. */
    public DeviceTimeReading {
        status = Bits.copy(Status.class, status);
        Epoch epoch = epoch(status);
        epoch.secondsTo("baseTime", baseTime);
        if ((byte) zoneQuarters != zoneQuarters) {
            throw new IllegalArgumentException("zone out of range -128..127");
        }
        Bits.requireUnsigned("summerTime", summerTimeCode, Byte.SIZE);
        userTime.ifPresent(time -> epoch.secondsTo("userTime", time));
        Bits.requireUnsigned("accumulatedDrift", accumulatedDriftSeconds, Short.SIZE);
        Bits.requireUnsigned("nextSequenceNumber", nextSequenceNumber, Short.SIZE);
        Bits.requireUnsigned("secondFractions", secondFractions, Short.SIZE);
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, Bits.known(Status.class));
    }

    /** Returns the offset from UTC without summer time in minutes, where it is known and exists. */
    public OptionalInt zoneMinutes() {
        return TimeZone.offsetMinutes(zoneQuarters);
    }

    /** Returns the summer time in minutes, where it is known. */
    public OptionalInt summerTimeMinutes() {
        return DstOffset.offsetMinutes(summerTimeCode);
    }

    /** Returns the codec for a clock with these features. */
    public static Codec<DeviceTimeReading> codec(DeviceTimeFeature features) {
        return codec(Optional.of(features));
    }

    private static Codec<DeviceTimeReading> codec(Optional<DeviceTimeFeature> features) {
        E2eContext context = features.map(LeadingCrc::context).orElse(E2eContext.NOT_KNOWN);
        return Codec.of(in -> read(in, features, context), (value, out) -> write(value, out, context));
    }

    private static Epoch epoch(Set<Status> status) {
        return status.contains(Status.EPOCH_YEAR_2000) ? Epoch.YEAR_2000 : Epoch.YEAR_1900;
    }

    private static DeviceTimeReading read(ByteReader in, Optional<DeviceTimeFeature> features, E2eContext context) {
        int start = in.offset();
        E2eCheck check = LeadingCrc.read(in, context);
        long baseTime = in.uint32("baseTime");
        int zone = TimeZone.readCode(in);
        int summerTime = DstOffset.readCode(in);
        int at = in.offset();
        int bits = in.uint16("status");
        long unknown = in.unknownBits("status", at, bits, Bits.known(Status.class));
        Set<Status> status = Bits.set(Status.class, bits);
        Epoch epoch = epoch(status);
        return new DeviceTimeReading(
                epoch.after(baseTime),
                zone,
                summerTime,
                status,
                DeviceTimeParameters.has(features, Feature.SEPARATE_USER_TIMELINE)
                        ? Optional.of(epoch.after(in.uint32("userTime")))
                        : Optional.empty(),
                optional(in, features, Feature.RTC_DRIFT_TRACKING, "accumulatedDrift"),
                optional(in, features, Feature.TIME_CHANGE_LOGGING, "nextSequenceNumber"),
                optional(in, features, Feature.BASE_TIME_SECOND_FRACTIONS, "secondFractions"),
                LeadingCrc.end(in, context, check, start, in.remaining() > 0),
                in.remainder(unknown));
    }

    private static OptionalInt optional(
            ByteReader in, Optional<DeviceTimeFeature> features, Feature feature, String field) {
        return DeviceTimeParameters.has(features, feature) ? OptionalInt.of(in.uint16(field)) : OptionalInt.empty();
    }

    private static void write(DeviceTimeReading value, ByteWriter out, E2eContext context) {
        Epoch epoch = epoch(value.status);
        ByteWriter rest = new ByteWriter();
        rest.uint32("baseTime", epoch.secondsTo("baseTime", value.baseTime));
        rest.int8("zone", value.zoneQuarters);
        rest.uint8("summerTime", value.summerTimeCode);
        rest.uint16("status", value.bits());
        value.userTime.ifPresent(time -> rest.uint32("userTime", epoch.secondsTo("userTime", time)));
        value.accumulatedDriftSeconds.ifPresent(seconds -> rest.uint16("accumulatedDrift", seconds));
        value.nextSequenceNumber.ifPresent(number -> rest.uint16("nextSequenceNumber", number));
        value.secondFractions.ifPresent(fractions -> rest.uint16("secondFractions", fractions));
        value.remainder.writeTo(rest);
        LeadingCrc.write(out, context, value.check, rest.toByteArray());
    }

    private int bits() {
        return (int) (Bits.mask(status) | remainder.unknownFlags());
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start();
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", check.isTrusted());
        }
        return fields.put("baseTime", baseTime)
                .put("zoneMinutes", zoneMinutes())
                .put("summerTimeMinutes", summerTimeMinutes())
                .bits("statusBits", bits(), WIDTH)
                .put("status", status)
                .put("userTime", userTime)
                .put("accumulatedDriftSeconds", accumulatedDriftSeconds)
                .put("nextSequenceNumber", nextSequenceNumber)
                .put("secondFractions65536", secondFractions)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
