package org.openiomt.ble.profile.battery;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Battery Time Status, characteristic {@code 0x2BEE} of the Battery Service.
 *
 * <pre>
 * field                     type    octets  present when  meaning
 * flags                     uint8   1       always        bit 0 on standby, 1 recharged; others kept
 * untilDischarged           uint24  3       always        min; see {@link BatteryDuration}
 * untilDischargedOnStandby  uint24  3       flags bit 0   min; as above
 * untilRecharged            uint24  3       flags bit 1   min; as above
 * </pre>
 *
 * @param untilDischarged how long the charge lasts as the device is used now
 * @param untilDischargedOnStandby how long it lasts on standby
 * @param untilRecharged how long charging takes
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/battery-service/">BAS 1.1, 3.7</a>
 */
public record BatteryTimeStatus(
        BatteryDuration untilDischarged,
        Optional<BatteryDuration> untilDischargedOnStandby,
        Optional<BatteryDuration> untilRecharged,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BatteryTimeStatus> CODEC = Codec.of(BatteryTimeStatus::read, BatteryTimeStatus::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int STANDBY = 0x01;
    private static final int RECHARGED = 0x02;

    /** Checks that all are there. */
    public BatteryTimeStatus {
        Objects.requireNonNull(untilDischarged, "untilDischarged");
        Objects.requireNonNull(untilDischargedOnStandby, "untilDischargedOnStandby");
        Objects.requireNonNull(untilRecharged, "untilRecharged");
        Bits.requireUnknown(remainder, STANDBY | RECHARGED);
    }

    private int flags() {
        return (untilDischargedOnStandby.isPresent() ? STANDBY : 0)
                | (untilRecharged.isPresent() ? RECHARGED : 0)
                | (int) remainder.unknownFlags();
    }

    private static BatteryTimeStatus read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, STANDBY | RECHARGED);
        return new BatteryTimeStatus(
                duration(in, "untilDischarged"),
                (flags & STANDBY) != 0 ? Optional.of(duration(in, "untilDischargedOnStandby")) : Optional.empty(),
                (flags & RECHARGED) != 0 ? Optional.of(duration(in, "untilRecharged")) : Optional.empty(),
                in.remainder(unknown));
    }

    private static BatteryDuration duration(ByteReader in, String field) {
        return new BatteryDuration(in.uint24(field));
    }

    private static void write(BatteryTimeStatus value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint24("untilDischarged", value.untilDischarged.code());
        value.untilDischargedOnStandby.ifPresent(time -> out.uint24("untilDischargedOnStandby", time.code()));
        value.untilRecharged.ifPresent(time -> out.uint24("untilRecharged", time.code()));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("untilDischargedMinutes", untilDischarged.plain())
                .put("untilDischargedOnStandbyMinutes", untilDischargedOnStandby.map(BatteryDuration::plain))
                .put("untilRechargedMinutes", untilRecharged.map(BatteryDuration::plain))
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
