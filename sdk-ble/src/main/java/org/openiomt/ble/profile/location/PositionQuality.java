package org.openiomt.ble.profile.location;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Position Quality, characteristic {@code 0x2A69} of the Location and Navigation Service.
 *
 * <pre>
 * field                      type    octets  present when  meaning
 * flags                      uint16  2       always        bits 0 to 6 presence; 7-8 position status; others kept
 * beaconsInSolution          uint8   1       flags bit 0   satellites or beacons that the position was computed with
 * beaconsInView              uint8   1       flags bit 1   satellites or beacons in view
 * timeToFirstFixTenthSecond  uint16  2       flags bit 2   0.1 s
 * horizontalErrorCentimetre  uint32  4       flags bit 3   0.01 m, estimated
 * verticalErrorCentimetre    uint32  4       flags bit 4   0.01 m, estimated
 * horizontalDilutionFifths   uint8   1       flags bit 5   dilution of precision in steps of 0.2
 * verticalDilutionFifths     uint8   1       flags bit 6   dilution of precision in steps of 0.2
 * </pre>
 *
 * @param beaconsInSolution how many the position was computed with, 0 to 255
 * @param beaconsInView how many are in view, 0 to 255
 * @param timeToFirstFixTenthSecond the time to the first fix in 0.1 s, 0 to 65,535
 * @param horizontalErrorCentimetre the estimated error in 0.01 m, 0 to 4,294,967,295
 * @param verticalErrorCentimetre the estimated error in 0.01 m, 0 to 4,294,967,295
 * @param horizontalDilutionFifths the dilution of precision in steps of 0.2, 0 to 255
 * @param verticalDilutionFifths the dilution of precision in steps of 0.2, 0 to 255
 * @param positionStatus what the sensor says about its position
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/location-and-navigation-service-1-0/">LNS 1.0, 3.3</a>
 */
public record PositionQuality(
        OptionalInt beaconsInSolution,
        OptionalInt beaconsInView,
        OptionalInt timeToFirstFixTenthSecond,
        OptionalLong horizontalErrorCentimetre,
        OptionalLong verticalErrorCentimetre,
        OptionalInt horizontalDilutionFifths,
        OptionalInt verticalDilutionFifths,
        PositionStatus positionStatus,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<PositionQuality> CODEC = Codec.of(PositionQuality::read, PositionQuality::write);

    private static final int FLAGS_WIDTH = 16;
    private static final int IN_SOLUTION = 1;
    private static final int IN_VIEW = 1 << 1;
    private static final int FIRST_FIX = 1 << 2;
    private static final int HORIZONTAL_ERROR = 1 << 3;
    private static final int VERTICAL_ERROR = 1 << 4;
    private static final int HORIZONTAL_DILUTION = 1 << 5;
    private static final int VERTICAL_DILUTION = 1 << 6;
    private static final int STATUS_SHIFT = 7;
    private static final int KNOWN = (VERTICAL_DILUTION << 1) - 1 | PositionStatus.mask(STATUS_SHIFT);

    /** Checks the ranges. */
    public PositionQuality {
        Bits.requireUnsigned("beaconsInSolution", beaconsInSolution, Byte.SIZE);
        Bits.requireUnsigned("beaconsInView", beaconsInView, Byte.SIZE);
        Bits.requireUnsigned("timeToFirstFixTenthSecond", timeToFirstFixTenthSecond, Short.SIZE);
        horizontalErrorCentimetre.ifPresent(
                error -> Bits.requireUnsigned("horizontalErrorCentimetre", error, Integer.SIZE));
        verticalErrorCentimetre.ifPresent(
                error -> Bits.requireUnsigned("verticalErrorCentimetre", error, Integer.SIZE));
        Bits.requireUnsigned("horizontalDilutionFifths", horizontalDilutionFifths, Byte.SIZE);
        Bits.requireUnsigned("verticalDilutionFifths", verticalDilutionFifths, Byte.SIZE);
        Objects.requireNonNull(positionStatus, "positionStatus");
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags of this value: what is present, what is said about it, and the unknown bits. */
    public int flags() {
        return (beaconsInSolution.isPresent() ? IN_SOLUTION : 0)
                | (beaconsInView.isPresent() ? IN_VIEW : 0)
                | (timeToFirstFixTenthSecond.isPresent() ? FIRST_FIX : 0)
                | (horizontalErrorCentimetre.isPresent() ? HORIZONTAL_ERROR : 0)
                | (verticalErrorCentimetre.isPresent() ? VERTICAL_ERROR : 0)
                | (horizontalDilutionFifths.isPresent() ? HORIZONTAL_DILUTION : 0)
                | (verticalDilutionFifths.isPresent() ? VERTICAL_DILUTION : 0)
                | positionStatus.flags(STATUS_SHIFT)
                | (int) remainder.unknownFlags();
    }

    private static PositionQuality read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint16("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new PositionQuality(
                uint8(in, flags & IN_SOLUTION, "beaconsInSolution"),
                uint8(in, flags & IN_VIEW, "beaconsInView"),
                (flags & FIRST_FIX) != 0 ? OptionalInt.of(in.uint16("timeToFirstFixTenthSecond")) : OptionalInt.empty(),
                uint32(in, flags & HORIZONTAL_ERROR, "horizontalErrorCentimetre"),
                uint32(in, flags & VERTICAL_ERROR, "verticalErrorCentimetre"),
                uint8(in, flags & HORIZONTAL_DILUTION, "horizontalDilutionFifths"),
                uint8(in, flags & VERTICAL_DILUTION, "verticalDilutionFifths"),
                PositionStatus.from(flags, STATUS_SHIFT),
                in.remainder(unknown));
    }

    private static OptionalInt uint8(ByteReader in, int flag, String field) {
        return flag != 0 ? OptionalInt.of(in.uint8(field)) : OptionalInt.empty();
    }

    private static OptionalLong uint32(ByteReader in, int flag, String field) {
        return flag != 0 ? OptionalLong.of(in.uint32(field)) : OptionalLong.empty();
    }

    private static void write(PositionQuality value, ByteWriter out) {
        out.uint16("flags", value.flags());
        value.beaconsInSolution.ifPresent(count -> out.uint8("beaconsInSolution", count));
        value.beaconsInView.ifPresent(count -> out.uint8("beaconsInView", count));
        value.timeToFirstFixTenthSecond.ifPresent(time -> out.uint16("timeToFirstFixTenthSecond", time));
        value.horizontalErrorCentimetre.ifPresent(error -> out.uint32("horizontalErrorCentimetre", error));
        value.verticalErrorCentimetre.ifPresent(error -> out.uint32("verticalErrorCentimetre", error));
        value.horizontalDilutionFifths.ifPresent(fifths -> out.uint8("horizontalDilutionFifths", fifths));
        value.verticalDilutionFifths.ifPresent(fifths -> out.uint8("verticalDilutionFifths", fifths));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("beaconsInSolution", beaconsInSolution)
                .put("beaconsInView", beaconsInView)
                .put("timeToFirstFixTenthSecond", timeToFirstFixTenthSecond)
                .put("horizontalErrorCentimetre", horizontalErrorCentimetre)
                .put("verticalErrorCentimetre", verticalErrorCentimetre)
                .put("horizontalDilutionFifths", horizontalDilutionFifths)
                .put("verticalDilutionFifths", verticalDilutionFifths)
                .put("positionStatus", positionStatus)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
