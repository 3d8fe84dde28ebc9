package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Device Wearing Position, characteristic {@code 0x2B4B} of the User Data Service: where the person wears the
 * device.
 *
 * <pre>
 * field            type   octets  present when  meaning
 * wearingPosition  uint8  1       always        0 somewhere else, 1 to 40 see {@link Position}; others kept as a raw
 *                                               code
 * </pre>
 *
 * @param code the code as sent, 0 to 255; see {@link #position()}
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record DeviceWearingPosition(int code, Remainder remainder) implements Described {
    private static final Codes<Position> CODES = Codes.of("wearingPosition", Position.class, 0);

    /** Reads and writes it. */
    public static final Codec<DeviceWearingPosition> CODEC =
            CODES.codec(DeviceWearingPosition::new, DeviceWearingPosition::code, DeviceWearingPosition::remainder);

    /** Where on the body, in the order of the codes. */
    public enum Position {
        /** Somewhere else. */
        OTHER,
        /** The head. */
        HEAD,
        /** An ear. */
        HEAD_EAR,
        /** The right ear. */
        HEAD_EAR_RIGHT,
        /** The left ear. */
        HEAD_EAR_LEFT,
        /** The neck. */
        HEAD_NECK,
        /** The trunk. */
        TRUNK,
        /** The hip. */
        TRUNK_PELVIS,
        /** The right hip. */
        TRUNK_PELVIS_RIGHT,
        /** The left hip. */
        TRUNK_PELVIS_LEFT,
        /** The chest. */
        TRUNK_THORAX,
        /** The right of the chest. */
        TRUNK_THORAX_RIGHT,
        /** The left of the chest. */
        TRUNK_THORAX_LEFT,
        /** The back. */
        TRUNK_BACK,
        /** An arm. */
        UPPER_EXTREMITY,
        /** The right arm. */
        UPPER_EXTREMITY_RIGHT,
        /** The left arm. */
        UPPER_EXTREMITY_LEFT,
        /** A wrist. */
        UPPER_EXTREMITY_WRIST,
        /** The right wrist. */
        UPPER_EXTREMITY_WRIST_RIGHT,
        /** The left wrist. */
        UPPER_EXTREMITY_WRIST_LEFT,
        /** A finger. */
        UPPER_EXTREMITY_FINGER,
        /** A finger of the right hand. */
        UPPER_EXTREMITY_FINGER_RIGHT,
        /** A finger of the left hand. */
        UPPER_EXTREMITY_FINGER_LEFT,
        /** A hand. */
        UPPER_EXTREMITY_HAND,
        /** The right hand. */
        UPPER_EXTREMITY_HAND_RIGHT,
        /** The left hand. */
        UPPER_EXTREMITY_HAND_LEFT,
        /** A leg. */
        LOWER_EXTREMITY,
        /** The right leg. */
        LOWER_EXTREMITY_RIGHT,
        /** The left leg. */
        LOWER_EXTREMITY_LEFT,
        /** An ankle. */
        LOWER_EXTREMITY_ANKLE,
        /** The right ankle. */
        LOWER_EXTREMITY_ANKLE_RIGHT,
        /** The left ankle. */
        LOWER_EXTREMITY_ANKLE_LEFT,
        /** A foot. */
        LOWER_EXTREMITY_FOOT,
        /** The right foot. */
        LOWER_EXTREMITY_FOOT_RIGHT,
        /** The left foot. */
        LOWER_EXTREMITY_FOOT_LEFT,
        /** A pocket of the trousers. */
        PANTS_POCKET,
        /** The right pocket of the trousers. */
        PANTS_POCKET_RIGHT,
        /** The left pocket of the trousers. */
        PANTS_POCKET_LEFT,
        /** A pocket at the chest. */
        CHEST_POCKET,
        /** The right pocket at the chest. */
        CHEST_POCKET_RIGHT,
        /** The left pocket at the chest. */
        CHEST_POCKET_LEFT
    }

    /** Checks the range. */
    public DeviceWearingPosition {
        CODES.check(code, remainder);
    }

    /** Returns a position. */
    public static DeviceWearingPosition of(Position position) {
        return new DeviceWearingPosition(CODES.code(position), Remainder.NONE);
    }

    /** Returns what the code means, or empty when the standard reserves it. */
    public Optional<Position> position() {
        return CODES.meaning(code);
    }

    @Override
    public Map<String, Object> fields() {
        return CODES.fields(code, remainder);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
