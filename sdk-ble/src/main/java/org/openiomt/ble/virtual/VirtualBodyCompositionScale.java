package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.userdata.UserNumber;
import org.openiomt.ble.profile.weight.BodyCompositionFeature;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.profile.weight.UnitSystem;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement.BodyMass;
import org.openiomt.ble.profile.weight.WeightScaleFeature;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A scale that measures weight and body composition of several people. What it measures of a person whom it knows leaves it only
 * towards a central that has this person's consent, see the User Control Point; what it measures of a stranger bears the user
 * {@value #UNKNOWN_USER} and goes to everybody. Until then it is kept, 1,024 readings at most, oldest first, each until it is
 * confirmed. A body composition that does not fit a packet takes two.
 */
public final class VirtualBodyCompositionScale extends VirtualDevice {
    /** Weight Measurement. */
    public static final Channel WEIGHT = Gatt.channel("181d", "2a9d");

    /** Weight Scale Feature. */
    public static final Channel WEIGHT_FEATURE = Gatt.channel("181d", "2a9e");

    /** Body Composition Measurement. */
    public static final Channel BODY_COMPOSITION = Gatt.channel("181b", "2a9c");

    /** Body Composition Feature. */
    public static final Channel BODY_COMPOSITION_FEATURE = Gatt.channel("181b", "2a9b");

    /** User Control Point. */
    public static final Channel USER_CONTROL_POINT = UserDataServer.CONTROL_POINT;

    /** User Index. */
    public static final Channel USER_INDEX = UserDataServer.USER_INDEX;

    /** Database Change Increment. */
    public static final Channel CHANGE_INCREMENT = UserDataServer.CHANGE_INCREMENT;

    /** Registered User. */
    public static final Channel REGISTERED_USER = UserDataServer.REGISTERED_USER;

    /** First Name. */
    public static final Channel FIRST_NAME = UserDataServer.FIRST_NAME;

    /** Date of Birth. */
    public static final Channel DATE_OF_BIRTH = UserDataServer.DATE_OF_BIRTH;

    /** Gender. */
    public static final Channel GENDER = UserDataServer.GENDER;

    /** Height of the user, from which the scale computes the body mass index. */
    public static final Channel HEIGHT = UserDataServer.HEIGHT;

    /** The user of a reading of somebody whom the scale does not know. */
    public static final int UNKNOWN_USER = UserDataServer.UNKNOWN_USER;

    /** Steps of 0.05 kg. */
    private static final int MASS_RESOLUTION = 4;

    /** Steps of 0.001 m. */
    private static final int HEIGHT_RESOLUTION = 3;

    private static final int FLAGS_AND_FAT = 4;
    private static final int TIME_OCTETS = 7;
    private static final int PART_OCTETS = 2;
    private static final int BMI_DIGITS = 1;

    private final UserDataServer users;
    private final Memory weights;
    private final Memory compositions;

    /** Puts a scale that knows nobody into the air, where it advertises. */
    public VirtualBodyCompositionScale(VirtualAir air, String address) {
        super(air, address, "Virtual body composition scale", "181b");
        WeightScaleFeature weight = new WeightScaleFeature(
                EnumSet.allOf(WeightScaleFeature.Feature.class), MASS_RESOLUTION, HEIGHT_RESOLUTION, Remainder.NONE);
        BodyCompositionFeature composition = new BodyCompositionFeature(
                EnumSet.allOf(BodyCompositionFeature.Feature.class),
                MASS_RESOLUTION,
                HEIGHT_RESOLUTION,
                Remainder.NONE);
        peripheral()
                .advertises("181d", "181c")
                .add(WEIGHT, Property.INDICATE)
                .addReadable(WEIGHT_FEATURE, WeightScaleFeature.CODEC.encode(weight))
                .add(BODY_COMPOSITION, Property.INDICATE)
                .addReadable(BODY_COMPOSITION_FEATURE, BodyCompositionFeature.CODEC.encode(composition));
        weights = new Memory(peripheral(), WEIGHT);
        compositions = new Memory(peripheral(), BODY_COMPOSITION);
        users = new UserDataServer(peripheral(), () -> {
            weights.sendNext();
            compositions.sendNext();
        });
        peripheral().appear();
    }

    /**
     * Registers a person at the scale itself.
     *
     * @param consentCode with which a central gets the person's consent, 0 to 9999
     * @return the person's index, 0 to 254
     */
    public int register(int consentCode) {
        if (consentCode < 0 || consentCode > 9999) {
            throw new IllegalArgumentException("consent code out of range 0..9999");
        }
        return users.register(consentCode);
    }

    /** Sets a person's name at the scale itself; a central with the person's consent hears that the data have changed. */
    public void name(int user, String firstName) {
        users.change(user, FIRST_NAME, DeviceText.CODEC.encode(DeviceText.of(firstName)));
    }

    /** Sets a person's height at the scale itself, in metres such as {@code "1.82"}. */
    public void height(int user, String metres) {
        UserNumber value = UserNumber.Kind.HEIGHT.of(MedicalFloat.parse(metres));
        users.change(user, HEIGHT, UserNumber.Kind.HEIGHT.profile().codec().encode(value));
    }

    /** Returns the people whom the scale knows. */
    public List<Integer> users() {
        return users.indices();
    }

    /**
     * Weighs a person, now by the device's clock, with the body mass index where the scale knows the height.
     *
     * @param user the person's index, or {@link #UNKNOWN_USER}
     * @param kilograms a multiple of 0.005, such as {@code "81.65"}
     */
    public void weigh(int user, String kilograms) {
        MedicalFloat weight = MedicalFloat.parse(kilograms);
        Optional<BodyMass> mass = height(user).map(height -> new BodyMass(index(weight, height), height));
        WeightMeasurement value =
                new WeightMeasurement(UnitSystem.SI, weight, now(), OptionalInt.of(user), mass, Remainder.NONE);
        byte[] octets = WeightMeasurement.CODEC.encode(value);
        keep(weights, user, () -> List.of(octets));
    }

    /**
     * Measures a person's weight and body, now by the device's clock.
     *
     * @param user the person's index, or {@link #UNKNOWN_USER}
     * @param kilograms a multiple of 0.005
     * @param bodyFatPercent a multiple of 0.1
     * @param parts what else was found, at the resolution of the wire; the weight is added
     */
    public void measure(int user, String kilograms, String bodyFatPercent, Map<Part, MedicalFloat> parts) {
        weigh(user, kilograms);
        Map<Part, MedicalFloat> all = new EnumMap<>(Part.class);
        all.putAll(parts);
        all.put(Part.WEIGHT, MedicalFloat.parse(kilograms));
        measure(new BodyCompositionMeasurement(
                UnitSystem.SI,
                MedicalFloat.parse(bodyFatPercent),
                now(),
                OptionalInt.of(user),
                all,
                false,
                Remainder.NONE));
    }

    /** Measures a body with everything that a scale can say, also in pounds. */
    public void measure(BodyCompositionMeasurement value) {
        keep(compositions, value.userId().orElse(UNKNOWN_USER), () -> packets(value));
    }

    /** Fails to measure a person's body and says so. */
    public void fail(int user) {
        measure(new BodyCompositionMeasurement(
                UnitSystem.SI, MedicalFloat.NAN, now(), OptionalInt.of(user), Map.of(), false, Remainder.NONE));
    }

    /** Sends raw octets as a body composition, sound or not, to everybody; kept like one until it is confirmed. */
    public void replay(byte[] octets) {
        compositions.add(octets);
    }

    /** Answers the next request to the User Control Point that the scale knows with "operation failed". */
    public void failNextProcedure() {
        users.failNext();
    }

    /** Refuses the next write to the User Control Point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        users.refuseNext(attError);
    }

    /** Returns how many readings wait to be confirmed, weights and body compositions together. */
    public int stored() {
        return weights.size() + compositions.size();
    }

    private void keep(Memory memory, int user, Supplier<List<byte[]>> packets) {
        if (user != UNKNOWN_USER && !users.knows(user)) {
            throw new IllegalArgumentException("the scale knows no user " + user);
        }
        memory.add(packets, () -> user == UNKNOWN_USER || users.current().orElse(UNKNOWN_USER) == user);
    }

    private Optional<MedicalFloat> height(int user) {
        return users.field(user, HEIGHT)
                .map(octets ->
                        UserNumber.Kind.HEIGHT.profile().codec().decode(octets).value());
    }

    private static MedicalFloat index(MedicalFloat weight, MedicalFloat height) {
        BigDecimal square = height.toBigDecimal().pow(2);
        return MedicalFloat.from(weight.toBigDecimal().divide(square, BMI_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** Returns a measurement in one packet, or in two of which the first bears the time. */
    private List<byte[]> packets(BodyCompositionMeasurement value) {
        byte[] whole = BodyCompositionMeasurement.CODEC.encode(value);
        int room = peripheral().maxValueLength();
        if (whole.length <= room) {
            return List.of(whole);
        }
        int used = FLAGS_AND_FAT
                + (value.takenAt().isPresent() ? TIME_OCTETS : 0)
                + (value.userId().isPresent() ? 1 : 0);
        List<Part> order = new ArrayList<>(value.parts().keySet());
        int inFirst = Math.min(order.size(), (room - used) / PART_OCTETS);
        return List.of(
                half(value, order.subList(0, inFirst), value.takenAt().isPresent()),
                half(value, order.subList(inFirst, order.size()), false));
    }

    private static byte[] half(BodyCompositionMeasurement value, List<Part> which, boolean hasTime) {
        Map<Part, MedicalFloat> parts = new EnumMap<>(Part.class);
        parts.putAll(value.parts());
        parts.keySet().retainAll(which);
        return BodyCompositionMeasurement.CODEC.encode(new BodyCompositionMeasurement(
                value.units(),
                value.bodyFat(),
                hasTime ? value.takenAt() : Optional.empty(),
                value.userId(),
                parts,
                true,
                Remainder.NONE));
    }
}
