package org.openiomt.ble.profile.insulin;

import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.core.model.DeviceDateTime;

/** What the history tells of the clock of the pump. */
public sealed interface ClockHistory extends HistoryData {

    /** Why a reference time was recorded. */
    enum RecordingReason implements InsulinCode {
        /** The pump does not know. */
        UNDETERMINED(0x0F),
        /** The clock was set. */
        SET_DATE_TIME(0x33),
        /** It was time to. */
        PERIODIC_RECORDING(0x3C),
        /** The clock lost its time. */
        DATE_TIME_LOSS(0x55);

        private final int code;

        RecordingReason(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /**
     * The clock of the pump: reason uint8, dateTime date-time, timeZone sint8 and dst uint8 as in a session start time.
     *
     * @param reason why it was recorded
     * @param dateTime local time
     * @param timeZoneQuarters quarters of an hour from UTC, -127 to 127; empty when not known (-128)
     * @param dstQuarters quarters of an hour of summer time, 0 to 254; empty when not known (255)
     */
    record ReferenceTime(
            Coded<RecordingReason> reason,
            DeviceDateTime dateTime,
            OptionalInt timeZoneQuarters,
            OptionalInt dstQuarters)
            implements ClockHistory {
        private static final int SECONDS = 60;

        /** Checks the ranges. */
        public ReferenceTime {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(dateTime, "dateTime");
            if (timeZoneQuarters.isPresent() && Math.abs(timeZoneQuarters.getAsInt()) > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("timeZoneQuarters out of range -127..127");
            }
            if (dstQuarters.isPresent()
                    && (dstQuarters.getAsInt() < 0 || dstQuarters.getAsInt() >= DstOffset.UNKNOWN)) {
                throw new IllegalArgumentException("dstQuarters out of range 0..254");
            }
        }

        static ReferenceTime read(FieldReader in) {
            Coded<RecordingReason> reason = in.code8("reason", RecordingReason.class);
            DeviceDateTime time = in.dateTime("dateTime");
            int zone = TimeZone.readCode(in.octets());
            int dst = DstOffset.readCode(in.octets());
            return new ReferenceTime(
                    reason,
                    time,
                    zone == TimeZone.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(zone),
                    dst == DstOffset.UNKNOWN ? OptionalInt.empty() : OptionalInt.of(dst));
        }

        /** Returns the offset of the local time from UTC, summer time included, when the pump knows both and they exist. */
        public Optional<ZoneOffset> offset() {
            OptionalInt zone = TimeZone.offsetMinutes(timeZoneQuarters.orElse(TimeZone.UNKNOWN));
            OptionalInt summer = DstOffset.offsetMinutes(dstQuarters.orElse(DstOffset.UNKNOWN));
            return zone.isPresent() && summer.isPresent()
                    ? Optional.of(ZoneOffset.ofTotalSeconds((zone.getAsInt() + summer.getAsInt()) * SECONDS))
                    : Optional.empty();
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("reason", reason);
            out.dateTime("dateTime", dateTime);
            out.quarters("timeZone", timeZoneQuarters, TimeZone.UNKNOWN);
            out.quarters("dst", dstQuarters, DstOffset.UNKNOWN);
        }
    }

    /**
     * The clock of the pump in another form: reason uint8, baseTime date-time, offsetMinutes sint16.
     *
     * @param reason why it was recorded
     * @param baseTime the pump's own clock
     * @param offsetMinutes min that are added for the time that the user sees, -32,768 to 32,767
     */
    record BaseOffset(Coded<RecordingReason> reason, DeviceDateTime baseTime, int offsetMinutes)
            implements ClockHistory {
        /** Checks the range. */
        public BaseOffset {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(baseTime, "baseTime");
            if ((short) offsetMinutes != offsetMinutes) {
                throw new IllegalArgumentException("offsetMinutes out of range -32768..32767");
            }
        }

        static BaseOffset read(FieldReader in) {
            return new BaseOffset(
                    in.code8("reason", RecordingReason.class),
                    in.dateTime("baseTime"),
                    in.octets().int16("offsetMinutes"));
        }

        @Override
        public void write(FieldWriter out) {
            out.code8("reason", reason);
            out.dateTime("baseTime", baseTime);
            out.octets().int16("offsetMinutes", offsetMinutes);
            out.fields().put("offsetMinutes", offsetMinutes);
        }
    }
}
