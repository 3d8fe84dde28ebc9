package org.openiomt.ble.profile.positioning;

import java.util.List;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Uncertainty, characteristic {@code 0x2AB4} of the Indoor Positioning Service: how far a position can be trusted.
 *
 * <pre>
 * field        type   octets  present when  meaning
 * uncertainty  uint8  1       always        bit 0: 1 the beacon moves
 *                                           bits 1 to 3: how old the position may be: 0 to 7 are 3, 4, 6, 12, 28, 89, 426,
 *                                             3541 seconds
 *                                           bits 4 to 6: how far it may be off: 0 less than 0.1 m, 1 to 1 m, 2 to 2 m, 3 to
 *                                             5 m, 4 to 10 m, 5 to 50 m, 6 more than 50 m, 7 reserved: kept and reported
 *                                           bit 7 kept
 * </pre>
 *
 * @param isMobile whether the beacon moves
 * @param updateTimeCode 0 to 7; see {@link #updateTimeSecond()}
 * @param precisionCode 0 to 7; see {@link #precision()}
 * @param remainder the unknown bit and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/indoor-positioning-service-1-0/">IPS 1.0, 3.8</a>
 */
public record Uncertainty(boolean isMobile, int updateTimeCode, int precisionCode, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<Uncertainty> CODEC = Codec.of(Uncertainty::read, Uncertainty::write);

    private static final int WIDTH = 8;
    private static final int MOBILE = 0x01;
    private static final int UPDATE_SHIFT = 1;
    private static final int PRECISION_SHIFT = 4;
    private static final int CODE_MAX = 0x7;
    private static final int CODE_WIDTH = 3;
    private static final int KNOWN = 0x7F;
    private static final List<Integer> UPDATE_SECONDS = List.of(3, 4, 6, 12, 28, 89, 426, 3541);
    private static final List<String> PRECISIONS = List.of(
            "less than 0.1 m",
            "0.1 to 1 m",
            "1 to 2 m",
            "2 to 5 m",
            "5 to 10 m",
            "10 to 50 m",
            "more than 50 m",
            "reserved");

    /** Checks the ranges. */
    public Uncertainty {
        Bits.requireUnsigned("updateTime", updateTimeCode, CODE_WIDTH);
        Bits.requireUnsigned("precision", precisionCode, CODE_WIDTH);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns how old the position may be, in seconds. */
    public int updateTimeSecond() {
        return UPDATE_SECONDS.get(updateTimeCode);
    }

    /** Returns how far the position may be off, in words. */
    public String precision() {
        return PRECISIONS.get(precisionCode);
    }

    private static Uncertainty read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint8("uncertainty");
        long unknown = in.unknownBits("uncertainty", at, bits, KNOWN);
        int precision = bits >> PRECISION_SHIFT & CODE_MAX;
        if (precision == CODE_MAX) {
            in.unforeseen("uncertainty", at, "reserved precision 7");
        }
        return new Uncertainty((bits & MOBILE) != 0, bits >> UPDATE_SHIFT & CODE_MAX, precision, in.remainder(unknown));
    }

    private static void write(Uncertainty value, ByteWriter out) {
        out.uint8(
                "uncertainty",
                (value.isMobile ? MOBILE : 0)
                        | value.updateTimeCode << UPDATE_SHIFT
                        | value.precisionCode << PRECISION_SHIFT
                        | value.remainder.unknownFlags());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("mobile", isMobile)
                .put("updateTimeSecond", updateTimeSecond())
                .put("precision", precision())
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
