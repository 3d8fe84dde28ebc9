package org.openiomt.ble.profile.userdata;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.ScalarValue;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A number of the User Data Service: one characteristic for each {@link Kind}, one number in each. A server refuses to give or
 * take it before the user has consented, with the ATT error 0x80; see {@link UserControlMessage.Consent}.
 *
 * <pre>
 * field     type            octets  present when  meaning
 * the kind  see the table   1 to 4  always        the number in the steps of the table of {@link Kind}
 * </pre>
 *
 * @param kind what it says of the user, or of the server's list of users
 * @param value the number in the unit of its kind; NaN for the index of a user whom the server does not know
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/user-data-service-1-1/">UDS 1.1, 3</a>
 */
public record UserNumber(Kind kind, MedicalFloat value, Remainder remainder) implements ScalarValue {

    /** Gives the number the resolution of the wire: 70.5 kg becomes 70.500. */
    public UserNumber {
        value = Objects.requireNonNull(kind, "kind").scalar.atResolution(value);
        Bits.requireUnknown(remainder, ~0L);
    }

    @Override
    public Scalar scalar() {
        return kind.scalar;
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }

    /** The table: UUID, name, octets, step with unit, and the code for "not known". */
    @SuppressWarnings("ImmutableEnumChecker") // a Profile is a record of a stateless codec
    public enum Kind {
        /** Where aerobic exercise begins. */
        AEROBIC_LOWER_LIMIT("2A7E", "Aerobic Heart Rate Lower Limit", beats("aerobicHeartRateLowerLimit")),
        /** The heart rate of the aerobic threshold. */
        AEROBIC_THRESHOLD("2A7F", "Aerobic Threshold", beats("aerobicThreshold")),
        /** In whole years. */
        AGE("2A80", "Age", Scalar.of(IntegerForm.UINT8, "age", "1 a")),
        /** Where anaerobic exercise begins. */
        ANAEROBIC_LOWER_LIMIT("2A81", "Anaerobic Heart Rate Lower Limit", beats("anaerobicHeartRateLowerLimit")),
        /** Where anaerobic exercise ends. */
        ANAEROBIC_UPPER_LIMIT("2A82", "Anaerobic Heart Rate Upper Limit", beats("anaerobicHeartRateUpperLimit")),
        /** The heart rate of the anaerobic threshold. */
        ANAEROBIC_THRESHOLD("2A83", "Anaerobic Threshold", beats("anaerobicThreshold")),
        /** Where aerobic exercise ends. */
        AEROBIC_UPPER_LIMIT("2A84", "Aerobic Heart Rate Upper Limit", beats("aerobicHeartRateUpperLimit")),
        /** Where fat burn begins. */
        FAT_BURN_LOWER_LIMIT("2A88", "Fat Burn Heart Rate Lower Limit", beats("fatBurnHeartRateLowerLimit")),
        /** Where fat burn ends. */
        FAT_BURN_UPPER_LIMIT("2A89", "Fat Burn Heart Rate Upper Limit", beats("fatBurnHeartRateUpperLimit")),
        /** The highest that the user reaches. */
        HEART_RATE_MAX("2A8D", "Heart Rate Max", beats("heartRateMax")),
        /** Of the body. */
        HEIGHT("2A8E", "Height", metres("height", "0.01 m")),
        /** Of the body. */
        HIP_CIRCUMFERENCE("2A8F", "Hip Circumference", metres("hipCircumference", "0.01 m")),
        /** The highest that the user should reach. */
        MAXIMUM_RECOMMENDED_HEART_RATE("2A91", "Maximum Recommended Heart Rate", beats("maximumRecommendedHeartRate")),
        /** Of a user at rest. */
        RESTING_HEART_RATE("2A92", "Resting Heart Rate", beats("restingHeartRate")),
        /** Between fat burn and fitness. */
        TWO_ZONE_LIMIT("2A95", "Two Zone Heart Rate Limits", beats("twoZoneHeartRateLimit")),
        /** The most oxygen that the user takes up. */
        VO2_MAX("2A96", "VO2 Max", Scalar.of(IntegerForm.UINT8, "vo2Max", "1 mL/kg/min")),
        /** Of the body. */
        WAIST_CIRCUMFERENCE("2A97", "Waist Circumference", metres("waistCircumference", "0.01 m")),
        /** Of the body. */
        WEIGHT("2A98", "Weight", Scalar.of(IntegerForm.UINT16, "weight", "0.005 kg")),
        /** Counts the changes of the data of the user, so that a client sees whether its copy is old. */
        DATABASE_CHANGE_INCREMENT(
                "2A99", "Database Change Increment", Scalar.of(IntegerForm.UINT32, "databaseChangeIncrement", "1 1")),
        /** The server's number of the user whose data it gives; NaN when it knows no such user. */
        USER_INDEX(
                "2A9A",
                "User Index",
                Scalar.of(IntegerForm.UINT8, "userIndex", "1 1").unknown(0xFF)),
        /** Of the body. */
        HIGH_RESOLUTION_HEIGHT("2B47", "High Resolution Height", metres("highResolutionHeight", "0.0001 m")),
        /** From step to step of the same foot. */
        STRIDE_LENGTH("2B49", "Stride Length", metres("strideLength", "0.001 m")),
        /** After how much time without a move the device reminds its user. */
        SEDENTARY_INTERVAL(
                "2B4F",
                "Sedentary Interval Notification",
                Scalar.of(IntegerForm.UINT16, "sedentaryIntervalNotification", "1 min")),
        /** The energy that the user takes in. */
        CALORIC_INTAKE("2B50", "Caloric Intake", Scalar.of(IntegerForm.UINT16, "caloricIntake", "1 kJ"));

        private final Scalar scalar;
        private final Profile<UserNumber> profile;

        Kind(String uuid, String name, Scalar scalar) {
            this.scalar = scalar;
            this.profile = new Profile<>(
                    uuid,
                    name,
                    scalar.codec((value, remainder) -> new UserNumber(this, value, remainder)),
                    UserNumber.class);
        }

        /** Returns the characteristic. */
        public Profile<UserNumber> profile() {
            return profile;
        }

        /** Returns how the number stands in its octets. */
        public Scalar scalar() {
            return scalar;
        }

        /**
         * Returns a number.
         *
         * @param value in the unit of this kind
         * @throws IllegalArgumentException when the octets cannot bear it
         */
        public UserNumber of(MedicalFloat value) {
            return new UserNumber(this, value, Remainder.NONE);
        }

        private static Scalar beats(String field) {
            return Scalar.of(IntegerForm.UINT8, field, "1 {beat}/min");
        }

        private static Scalar metres(String field, String step) {
            return Scalar.of(IntegerForm.UINT16, field, step);
        }
    }
}
