package org.openiomt.ble.profile.devicetime;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.Remainder;

/**
 * Device Time Feature, characteristic {@code 0x2B8E} of the Device Time Service: what a clock can do. Sources disagree whether the
 * check sum is there without protection; the length decides.
 *
 * <pre>
 * field     type    octets  present when      meaning
 * crc       uint16  2       4 octets or more  check sum of the features; 0xFFFF when bit 0 of them is clear
 * features  uint16  2       always            bits 0 to 12, see {@link Feature}; others kept
 * </pre>
 *
 * @param supports what the clock can do
 * @param form whether the check sum is there
 * @param check what it says
 * @param remainder unknown bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-time-service-1-0/">DTS 1.0, 3.1</a>
 */
public record DeviceTimeFeature(Set<Feature> supports, Form form, E2eCheck check, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<DeviceTimeFeature> CODEC = Codec.of(DeviceTimeFeature::read, DeviceTimeFeature::write);

    private static final int WIDTH = 16;
    private static final int CRC_SIZE = 2;

    /** Whether the check sum is there. */
    public enum Form {
        /** It is. */
        WITH_CRC,
        /** It is not. */
        WITHOUT_CRC
    }

    /** What a clock can do. */
    public enum Feature implements Bit {
        /** Its values bear a check sum. */
        E2E_CRC(0x0001),
        /** It logs when its time changes. */
        TIME_CHANGE_LOGGING(0x0002),
        /** It tells fractions of a second. */
        BASE_TIME_SECOND_FRACTIONS(0x0004),
        /** A person sees its time. */
        TIME_DISPLAYED(0x0008),
        /** It says in which form. */
        DISPLAYED_FORMATS(0x0010),
        /** The form can be changed. */
        DISPLAYED_FORMATS_CHANGEABLE(0x0020),
        /** The person sees another time than it measures by. */
        SEPARATE_USER_TIMELINE(0x0040),
        /** It wants to know who sets it. */
        AUTHORIZATION_REQUIRED(0x0080),
        /** It follows how far it goes wrong. */
        RTC_DRIFT_TRACKING(0x0100),
        /** It can count from 1900. */
        EPOCH_YEAR_1900(0x0200),
        /** It can count from 2000. */
        EPOCH_YEAR_2000(0x0400),
        /** The limit below which changes are not logged can be set. */
        PROPOSE_NON_LOGGED_LIMIT(0x0800),
        /** It tells changes that are not logged yet. */
        RETRIEVE_ACTIVE_ADJUSTMENTS(0x1000);

        private final int mask;

        Feature(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /** Checks and copies. */
    public DeviceTimeFeature {
        supports = Bits.copy(Feature.class, supports);
        Objects.requireNonNull(form, "form");
        boolean isChecked = form == Form.WITH_CRC && supports.contains(Feature.E2E_CRC);
        if (isChecked != check instanceof E2eCheck.Sound) {
            throw new IllegalArgumentException(
                    "there is a check sum exactly when the features have one and it is sent");
        }
        Bits.requireUnknown(remainder, Bits.known(Feature.class));
    }

    /** Returns the features of a clock, with the check sum or its placeholder. */
    public static DeviceTimeFeature of(Set<Feature> supports) {
        return new DeviceTimeFeature(
                supports,
                Form.WITH_CRC,
                supports.contains(Feature.E2E_CRC) ? E2eCheck.sound() : E2eCheck.none(),
                Remainder.NONE);
    }

    /** Whether a feature is there. */
    public boolean has(Feature feature) {
        return supports.contains(feature);
    }

    private int bits() {
        return (int) (Bits.mask(supports) | remainder.unknownFlags());
    }

    private static DeviceTimeFeature read(ByteReader in) {
        int crcAt = in.offset();
        Form form = in.remaining() >= 2 * CRC_SIZE ? Form.WITH_CRC : Form.WITHOUT_CRC;
        int crc = form == Form.WITH_CRC ? in.uint16("crc") : E2e.UNSUPPORTED_CRC;
        int at = in.offset();
        int bits = in.uint16("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(Feature.class));
        boolean isPromised = (bits & Feature.E2E_CRC.mask()) != 0;
        E2eCheck check = E2eCheck.none();
        if (form == Form.WITH_CRC) {
            check = E2e.feature(in, E2eContext.NOT_KNOWN, isPromised, crcAt, crc, at, in.offset());
        } else if (isPromised) {
            in.unforeseen("features", at, "promise a check sum, but there is none");
        }
        return new DeviceTimeFeature(Bits.set(Feature.class, bits), form, check, in.remainder(unknown));
    }

    private static void write(DeviceTimeFeature value, ByteWriter out) {
        ByteWriter features = new ByteWriter();
        features.uint16("features", value.bits());
        if (value.form == Form.WITH_CRC) {
            Crc16 algorithm = value.check instanceof E2eCheck.Sound sound ? sound.algorithm() : Crc16.MCRF4XX;
            boolean isPromised = value.has(Feature.E2E_CRC);
            out.uint16("crc", isPromised ? algorithm.of(features.toByteArray()) : E2e.UNSUPPORTED_CRC);
        }
        out.octets(features.toByteArray());
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start();
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", check.isTrusted());
        }
        return fields.bits("features", bits(), WIDTH)
                .put("supports", supports)
                .put("form", form)
                .remainder(remainder, WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
