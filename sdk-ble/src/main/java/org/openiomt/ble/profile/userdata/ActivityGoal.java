package org.openiomt.ble.profile.userdata;

import java.util.Map;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Activity Goal, characteristic {@code 0x2B4E} of the User Data Service: what a user wants to reach.
 *
 * <pre>
 * field                   type    octets  present when  meaning
 * flags                   uint8   1       always        bits 0 to 6: the fields in order; bit 7 kept
 * energyKilojoule         uint16  2       flags bit 0   energy expended in all
 * walkingSteps            uint24  3       flags bit 1   steps of normal walking
 * intensitySteps          uint24  3       flags bit 2   steps of intense walking
 * floorSteps              uint24  3       flags bit 3   steps of stairs
 * distanceMetre           uint24  3       flags bit 4   way
 * walkingSecond           uint24  3       flags bit 5   time of normal walking
 * intensityWalkingSecond  uint24  3       flags bit 6   time of intense walking
 * </pre>
 *
 * @param energyKilojoule 0 to 65,535
 * @param walkingSteps 0 to 16,777,215
 * @param intensitySteps 0 to 16,777,215
 * @param floorSteps 0 to 16,777,215
 * @param distanceMetre 0 to 16,777,215
 * @param walkingSecond 0 to 16,777,215
 * @param intensityWalkingSecond 0 to 16,777,215
 * @param remainder unknown flags and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record ActivityGoal(
        OptionalInt energyKilojoule,
        OptionalInt walkingSteps,
        OptionalInt intensitySteps,
        OptionalInt floorSteps,
        OptionalInt distanceMetre,
        OptionalInt walkingSecond,
        OptionalInt intensityWalkingSecond,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<ActivityGoal> CODEC = Codec.of(ActivityGoal::read, ActivityGoal::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int KNOWN = 0x7F;
    private static final int ENERGY_WIDTH = 16;
    private static final int WIDTH = 24;
    private static final int ENERGY = 0;
    private static final int WALKING_STEPS = 1;
    private static final int INTENSITY_STEPS = 2;
    private static final int FLOOR_STEPS = 3;
    private static final int DISTANCE = 4;
    private static final int WALKING_TIME = 5;
    private static final int INTENSITY_TIME = 6;

    /** Checks the ranges. */
    public ActivityGoal {
        Bits.requireUnsigned("energyKilojoule", energyKilojoule, ENERGY_WIDTH);
        Bits.requireUnsigned("walkingSteps", walkingSteps, WIDTH);
        Bits.requireUnsigned("intensitySteps", intensitySteps, WIDTH);
        Bits.requireUnsigned("floorSteps", floorSteps, WIDTH);
        Bits.requireUnsigned("distanceMetre", distanceMetre, WIDTH);
        Bits.requireUnsigned("walkingSecond", walkingSecond, WIDTH);
        Bits.requireUnsigned("intensityWalkingSecond", intensityWalkingSecond, WIDTH);
        Bits.requireUnknown(remainder, KNOWN);
    }

    /** Returns the flags octet of this value: what is present, and the unknown bit. */
    public int flags() {
        return flag(ENERGY, energyKilojoule)
                | flag(WALKING_STEPS, walkingSteps)
                | flag(INTENSITY_STEPS, intensitySteps)
                | flag(FLOOR_STEPS, floorSteps)
                | flag(DISTANCE, distanceMetre)
                | flag(WALKING_TIME, walkingSecond)
                | flag(INTENSITY_TIME, intensityWalkingSecond)
                | (int) remainder.unknownFlags();
    }

    private static int flag(int bit, OptionalInt field) {
        return field.isPresent() ? 1 << bit : 0;
    }

    private static ActivityGoal read(ByteReader in) {
        int at = in.offset();
        int flags = in.uint8("flags");
        long unknown = in.unknownBits("flags", at, flags, KNOWN);
        return new ActivityGoal(
                (flags & 1 << ENERGY) != 0 ? OptionalInt.of(in.uint16("energyKilojoule")) : OptionalInt.empty(),
                read(in, flags, WALKING_STEPS, "walkingSteps"),
                read(in, flags, INTENSITY_STEPS, "intensitySteps"),
                read(in, flags, FLOOR_STEPS, "floorSteps"),
                read(in, flags, DISTANCE, "distanceMetre"),
                read(in, flags, WALKING_TIME, "walkingSecond"),
                read(in, flags, INTENSITY_TIME, "intensityWalkingSecond"),
                in.remainder(unknown));
    }

    private static OptionalInt read(ByteReader in, int flags, int bit, String field) {
        return (flags & 1 << bit) != 0 ? OptionalInt.of(in.uint24(field)) : OptionalInt.empty();
    }

    private static void write(ActivityGoal value, ByteWriter out) {
        out.uint8("flags", value.flags());
        value.energyKilojoule.ifPresent(number -> out.uint16("energyKilojoule", number));
        value.walkingSteps.ifPresent(number -> out.uint24("walkingSteps", number));
        value.intensitySteps.ifPresent(number -> out.uint24("intensitySteps", number));
        value.floorSteps.ifPresent(number -> out.uint24("floorSteps", number));
        value.distanceMetre.ifPresent(number -> out.uint24("distanceMetre", number));
        value.walkingSecond.ifPresent(number -> out.uint24("walkingSecond", number));
        value.intensityWalkingSecond.ifPresent(number -> out.uint24("intensityWalkingSecond", number));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .bits("flags", flags(), FLAGS_WIDTH)
                .put("energyKilojoule", energyKilojoule)
                .put("walkingSteps", walkingSteps)
                .put("intensitySteps", intensitySteps)
                .put("floorSteps", floorSteps)
                .put("distanceMetre", distanceMetre)
                .put("walkingSecond", walkingSecond)
                .put("intensityWalkingSecond", intensityWalkingSecond)
                .remainder(remainder, FLAGS_WIDTH)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
