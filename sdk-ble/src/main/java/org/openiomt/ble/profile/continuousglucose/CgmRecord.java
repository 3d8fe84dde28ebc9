package org.openiomt.ble.profile.continuousglucose;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * One record of a {@link CgmMeasurement}.
 *
 * <pre>
 * field                         type    octets  present when  meaning
 * size                          uint8   1       always        octets of this record, this one and the check sum included
 * flags                         uint8   1       always        bit 0 trend, 1 quality, 5 warning, 6 calibration, 7 status
 * glucoseMilligramPerDecilitre  SFLOAT  2       always        mg/dL
 * timeOffsetMinutes             uint16  2       always        minutes since the session began
 * status                        uint8   1       flags bit 7   see {@link CgmFinding}; reserved bits kept
 * calibrationTemperature        uint8   1       flags bit 6   see {@link CgmFinding}; reserved bits kept
 * warning                       uint8   1       flags bit 5   see {@link CgmFinding}
 * trend                         SFLOAT  2       flags bit 0   mg/dL per minute
 * qualityPercent                SFLOAT  2       flags bit 1   %
 * crc                           uint16  2       {@link E2eContext}  over all octets of the record before it
 * </pre>
 *
 * @param glucoseMilligramPerDecilitre how much, mg/dL; NaN when there is no result
 * @param timeOffsetMinutes minutes since the session began, 0 to 65,535
 * @param status findings 0 to 7 as sent, 0 to 255
 * @param calibrationTemperature findings 8 to 15 as sent, 0 to 255
 * @param warning findings 16 to 23 as sent, 0 to 255
 * @param trend how fast it changes, mg/dL per minute
 * @param qualityPercent how good the value is, %
 * @param check what the check sum says
 * @param remainder unknown flags and octets before the check sum
 */
public record CgmRecord(
        MedicalFloat glucoseMilligramPerDecilitre,
        int timeOffsetMinutes,
        OptionalInt status,
        OptionalInt calibrationTemperature,
        OptionalInt warning,
        Optional<MedicalFloat> trend,
        Optional<MedicalFloat> qualityPercent,
        E2eCheck check,
        Remainder remainder)
        implements CgmMeasurement.Part, Described {

    /** The octets of a record with nothing but a value. */
    static final int MIN_SIZE = 6;

    private static final int TREND = 0x01;
    private static final int QUALITY = 0x02;
    private static final int WARNING = 0x20;
    private static final int CALIBRATION = 0x40;
    private static final int STATUS = 0x80;
    private static final int KNOWN = TREND | QUALITY | WARNING | CALIBRATION | STATUS;
    private static final int FLAGS_WIDTH = 8;

    /** Checks the ranges. */
    public CgmRecord {
        Objects.requireNonNull(glucoseMilligramPerDecilitre, "glucoseMilligramPerDecilitre");
        Bits.requireUnsigned("timeOffsetMinutes", timeOffsetMinutes, Short.SIZE);
        Bits.requireUnsigned("status", status, Byte.SIZE);
        Bits.requireUnsigned("calibrationTemperature", calibrationTemperature, Byte.SIZE);
        Bits.requireUnsigned("warning", warning, Byte.SIZE);
        Objects.requireNonNull(trend, "trend");
        Objects.requireNonNull(qualityPercent, "qualityPercent");
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns a value of mg/dL, {@code minutes} after the session began, with nothing else said. */
    public static CgmRecord of(MedicalFloat milligramPerDecilitre, int minutes, E2eCheck check) {
        return new CgmRecord(
                milligramPerDecilitre,
                minutes,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                check,
                Remainder.NONE);
    }

    /** Returns what the sensor found, by all three octets together. */
    public Set<CgmFinding> findings() {
        return Bits.set(
                CgmFinding.class,
                status.orElse(0)
                        | calibrationTemperature.orElse(0) << CgmFinding.CALIBRATION_SHIFT
                        | warning.orElse(0) << CgmFinding.WARNING_SHIFT);
    }

    /** Returns the flags octet of this record: what is present, and the unknown bits. */
    public int flags() {
        return (trend.isPresent() ? TREND : 0)
                | (qualityPercent.isPresent() ? QUALITY : 0)
                | (warning.isPresent() ? WARNING : 0)
                | (calibrationTemperature.isPresent() ? CALIBRATION : 0)
                | (status.isPresent() ? STATUS : 0)
                | (int) remainder.unknownFlags();
    }

    /** Reads a record after its size. */
    static CgmRecord read(E2e e2e) {
        ByteReader body = e2e.body();
        int at = body.offset();
        int flags = body.uint8("flags");
        long unknown = body.unknownBits("flags", at, flags, KNOWN);
        MedicalFloat glucose = body.sfloat("glucoseMilligramPerDecilitre");
        int minutes = body.uint16("timeOffsetMinutes");
        OptionalInt status = finding(body, flags & STATUS, "status", 0);
        OptionalInt calibration =
                finding(body, flags & CALIBRATION, "calibrationTemperature", CgmFinding.CALIBRATION_SHIFT);
        OptionalInt warning = finding(body, flags & WARNING, "warning", CgmFinding.WARNING_SHIFT);
        Optional<MedicalFloat> trend = (flags & TREND) != 0 ? Optional.of(body.sfloat("trend")) : Optional.empty();
        Optional<MedicalFloat> quality =
                (flags & QUALITY) != 0 ? Optional.of(body.sfloat("qualityPercent")) : Optional.empty();
        E2e.End end = e2e.end(unknown);
        return new CgmRecord(
                glucose, minutes, status, calibration, warning, trend, quality, end.check(), end.remainder());
    }

    private static OptionalInt finding(ByteReader in, int flag, String field, int shift) {
        return flag != 0 ? OptionalInt.of(CgmFinding.readOctet(in, field, shift)) : OptionalInt.empty();
    }

    /** Writes the record with its size and check sum. */
    void write(ByteWriter out, E2eContext context) {
        ByteWriter body = new ByteWriter();
        body.uint8("flags", flags());
        body.sfloat("glucoseMilligramPerDecilitre", glucoseMilligramPerDecilitre);
        body.uint16("timeOffsetMinutes", timeOffsetMinutes);
        status.ifPresent(bits -> body.uint8("status", bits));
        calibrationTemperature.ifPresent(bits -> body.uint8("calibrationTemperature", bits));
        warning.ifPresent(bits -> body.uint8("warning", bits));
        trend.ifPresent(value -> body.sfloat("trend", value));
        qualityPercent.ifPresent(value -> body.sfloat("qualityPercent", value));
        remainder.writeTo(body);
        int start = out.size();
        out.uint8("size", 1 + body.size() + E2e.size(context, E2eLayout.CRC, check));
        out.octets(body.toByteArray());
        E2e.write(out, start, context, E2eLayout.CRC, check);
    }

    @Override
    public Map<String, Object> fields() {
        ByteWriter out = new ByteWriter();
        write(out, E2eContext.NOT_KNOWN);
        byte[] octets = out.toByteArray();
        Fields fields = Fields.start()
                .put("size", octets.length)
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("glucoseMilligramPerDecilitre", glucoseMilligramPerDecilitre)
                .put("timeOffsetMinutes", timeOffsetMinutes);
        status.ifPresent(bits -> fields.bits("status", bits, FLAGS_WIDTH));
        calibrationTemperature.ifPresent(bits -> fields.bits("calibrationTemperature", bits, FLAGS_WIDTH));
        warning.ifPresent(bits -> fields.bits("warning", bits, FLAGS_WIDTH));
        fields.put("trend", trend).put("qualityPercent", qualityPercent);
        E2e.describe(fields, check, octets);
        if (check instanceof E2eCheck.Sound sound) {
            fields.put("crcAlgorithm", sound.algorithm().toString());
        } else if (check instanceof E2eCheck.Unproven) {
            int covered = octets.length - E2eLayout.CRC.size();
            fields.put("crcAlgorithm", Crc16.MCRF4XX.toString())
                    .bits("crcExpected", Crc16.MCRF4XX.of(octets, 0, covered), Short.SIZE);
        }
        return fields.remainder(remainder, FLAGS_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
