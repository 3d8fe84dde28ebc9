package org.openiomt.ble.profile.glucose;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Glucose Measurement Context, characteristic {@code 0x2A34} of the Glucose Service: what the person said about the
 * measurement of the same number. It comes on its own, usually right after the measurement.
 *
 * <pre>
 * field                     type    octets  present when  meaning
 * flags                     uint8   1       always        bit 0 carbohydrate, 1 meal, 2 tester and health, 3 exercise,
 *                                                         4 medication, 5 its unit, 6 HbA1c, 7 extended flags
 * sequenceNumber            uint16  2       always        the number of the measurement
 * extendedFlags             uint8   1       flags bit 7   all bits reserved; kept, and comes first
 * carbohydrateId            uint8   1       flags bit 0   1 breakfast .. 7 brunch; others kept
 * carbohydrateKilogram      SFLOAT  2       flags bit 0   kg
 * meal                      uint8   1       flags bit 1   1 before, 2 after, 3 fasting, 4 casual, 5 bedtime; others kept
 * tester                    uint4   1       flags bit 2   low half: 1 self, 2 professional, 3 laboratory, 15 not available
 * health                    uint4           flags bit 2   high half: 1 minor, 2 major, 3 menses, 4 stress, 5 none,
 *                                                         15 not available; others of both kept
 * exerciseSeconds           uint16  2       flags bit 3   s; 65,535 = longer than that
 * exerciseIntensityPercent  uint8   1       flags bit 3   %
 * medicationId              uint8   1       flags bit 4   insulin: 1 rapid, 2 short, 3 intermediate, 4 long acting,
 *                                                         5 mixed; others kept
 * medication                SFLOAT  2       flags bit 4   in kg (bit 5 = 0) or L (bit 5 = 1)
 * hba1cPercent              SFLOAT  2       flags bit 6   %
 * </pre>
 *
 * @param sequenceNumber the number of the measurement, 0 to 65,535
 * @param extendedFlags as sent, 0 to 255
 * @param carbohydrate what was eaten
 * @param meal when, relative to a meal, 0 to 255
 * @param testerHealth who measured and how the person was
 * @param exercise what the person did before
 * @param medicationUnit the unit of the medication
 * @param medication what was taken
 * @param hba1c the glycated haemoglobin in percent
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/glucose-service-1-0-1/">GLS, 3.2</a>
 */
public record GlucoseMeasurementContext(
        int sequenceNumber,
        OptionalInt extendedFlags,
        Optional<Amount> carbohydrate,
        OptionalInt meal,
        Optional<TesterHealth> testerHealth,
        Optional<Exercise> exercise,
        MedicationUnit medicationUnit,
        Optional<Amount> medication,
        Optional<MedicalFloat> hba1c,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<GlucoseMeasurementContext> CODEC =
            Codec.of(GlucoseMeasurementContext::read, GlucoseMeasurementContext::write);

    private static final int FLAGS_WIDTH = 8;
    private static final int CARBOHYDRATE = 0x01;
    private static final int MEAL = 0x02;
    private static final int TESTER_HEALTH = 0x04;
    private static final int EXERCISE = 0x08;
    private static final int MEDICATION = 0x10;
    private static final int LITRES = 0x20;
    private static final int HBA1C = 0x40;
    private static final int EXTENDED = 0x80;
    private static final int LAST_CARBOHYDRATE = 7;
    private static final int LAST_MEAL = 5;
    private static final int LAST_MEDICATION = 5;

    /** The unit of a medication. */
    public enum MedicationUnit {
        /** Kilograms. */
        KILOGRAM("kg"),
        /** Litres. */
        LITRE("L");

        private final String symbol;

        MedicationUnit(String symbol) {
            this.symbol = symbol;
        }

        /** Returns {@code kg} or {@code L}. */
        @Override
        public String toString() {
            return symbol;
        }
    }

    /**
     * How much of what.
     *
     * @param id of what, 0 to 255; the layout table has the codes
     * @param value how much
     */
    public record Amount(int id, MedicalFloat value) {
        /** Checks the range. */
        public Amount {
            Bits.requireUnsigned("id", id, Byte.SIZE);
            Objects.requireNonNull(value, "value");
        }

        private static Amount read(ByteReader in, String idName, int lastId, String valueName) {
            int at = in.offset();
            int id = in.uint8(idName);
            if (id == 0 || id > lastId) {
                in.unforeseen(idName, at, "unknown code " + id);
            }
            return new Amount(id, in.sfloat(valueName));
        }

        private void write(ByteWriter out, String idName, String valueName) {
            out.uint8(idName, id);
            out.sfloat(valueName, value);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Amount[]";
        }
    }

    /**
     * Who measured, and how the person was; one octet.
     *
     * @param tester who measured, 0 to 15
     * @param health how the person was, 0 to 15
     */
    public record TesterHealth(int tester, int health) {
        /** The code of a tester or of a state of health that the meter does not know. */
        public static final int NOT_AVAILABLE = 15;

        private static final int NIBBLE = 4;
        private static final int NIBBLE_MASK = 0x0F;
        private static final int LAST_TESTER = 3;
        private static final int LAST_HEALTH = 5;

        /** Checks the ranges. */
        public TesterHealth {
            Bits.requireUnsigned("tester", tester, NIBBLE);
            Bits.requireUnsigned("health", health, NIBBLE);
        }

        private static TesterHealth read(ByteReader in) {
            int at = in.offset();
            int both = in.uint8("tester");
            int tester = both & NIBBLE_MASK;
            int health = both >> NIBBLE;
            if (tester != NOT_AVAILABLE && (tester == 0 || tester > LAST_TESTER)) {
                in.unforeseen("tester", at, "unknown code " + tester);
            }
            if (health != NOT_AVAILABLE && (health == 0 || health > LAST_HEALTH)) {
                in.unforeseen("health", at, "unknown code " + health);
            }
            return new TesterHealth(tester, health);
        }

        private void write(ByteWriter out) {
            out.uint8("tester", tester | health << NIBBLE);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "TesterHealth[]";
        }
    }

    /**
     * What the person did before.
     *
     * @param seconds how long, 0 to 65,535; see {@link #OVERRUN_SECONDS}
     * @param intensityPercent how hard, 0 to 255; a sound meter stays at or below 100
     */
    public record Exercise(int seconds, int intensityPercent) {
        /** The duration that stands for all longer ones. */
        public static final int OVERRUN_SECONDS = 0xFFFF;

        /** Checks the ranges. */
        public Exercise {
            Bits.requireUnsigned("exerciseSeconds", seconds, Short.SIZE);
            Bits.requireUnsigned("exerciseIntensityPercent", intensityPercent, Byte.SIZE);
        }

        private static Exercise read(ByteReader in) {
            return new Exercise(in.uint16("exerciseSeconds"), in.uint8("exerciseIntensityPercent"));
        }

        private void write(ByteWriter out) {
            out.uint16("exerciseSeconds", seconds);
            out.uint8("exerciseIntensityPercent", intensityPercent);
        }

        /** Hides the content. */
        @Override
        public String toString() {
            return "Exercise[]";
        }
    }

    /** Checks that all are there and in range. */
    public GlucoseMeasurementContext {
        Bits.requireUnsigned("sequenceNumber", sequenceNumber, Short.SIZE);
        Bits.requireUnsigned("extendedFlags", extendedFlags, FLAGS_WIDTH);
        Objects.requireNonNull(carbohydrate, "carbohydrate");
        Bits.requireUnsigned("meal", meal, Byte.SIZE);
        Objects.requireNonNull(testerHealth, "testerHealth");
        Objects.requireNonNull(exercise, "exercise");
        Objects.requireNonNull(medicationUnit, "medicationUnit");
        Objects.requireNonNull(medication, "medication");
        Objects.requireNonNull(hba1c, "hba1c");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the flags octet of this value: what is present. */
    public int flags() {
        return (carbohydrate.isPresent() ? CARBOHYDRATE : 0)
                | (meal.isPresent() ? MEAL : 0)
                | (testerHealth.isPresent() ? TESTER_HEALTH : 0)
                | (exercise.isPresent() ? EXERCISE : 0)
                | (medication.isPresent() ? MEDICATION : 0)
                | (medicationUnit == MedicationUnit.LITRE ? LITRES : 0)
                | (hba1c.isPresent() ? HBA1C : 0)
                | (extendedFlags.isPresent() ? EXTENDED : 0);
    }

    private static GlucoseMeasurementContext read(ByteReader in) {
        int flags = in.uint8("flags");
        return new GlucoseMeasurementContext(
                in.uint16("sequenceNumber"),
                (flags & EXTENDED) != 0 ? OptionalInt.of(in.uint8("extendedFlags")) : OptionalInt.empty(),
                (flags & CARBOHYDRATE) != 0
                        ? Optional.of(Amount.read(in, "carbohydrateId", LAST_CARBOHYDRATE, "carbohydrateKilogram"))
                        : Optional.empty(),
                (flags & MEAL) != 0 ? OptionalInt.of(readMeal(in)) : OptionalInt.empty(),
                (flags & TESTER_HEALTH) != 0 ? Optional.of(TesterHealth.read(in)) : Optional.empty(),
                (flags & EXERCISE) != 0 ? Optional.of(Exercise.read(in)) : Optional.empty(),
                (flags & LITRES) != 0 ? MedicationUnit.LITRE : MedicationUnit.KILOGRAM,
                (flags & MEDICATION) != 0
                        ? Optional.of(Amount.read(in, "medicationId", LAST_MEDICATION, "medication"))
                        : Optional.empty(),
                (flags & HBA1C) != 0 ? Optional.of(in.sfloat("hba1cPercent")) : Optional.empty(),
                in.remainder(0));
    }

    private static int readMeal(ByteReader in) {
        int at = in.offset();
        int meal = in.uint8("meal");
        if (meal == 0 || meal > LAST_MEAL) {
            in.unforeseen("meal", at, "unknown code " + meal);
        }
        return meal;
    }

    private static void write(GlucoseMeasurementContext value, ByteWriter out) {
        out.uint8("flags", value.flags());
        out.uint16("sequenceNumber", value.sequenceNumber);
        value.extendedFlags.ifPresent(bits -> out.uint8("extendedFlags", bits));
        value.carbohydrate.ifPresent(amount -> amount.write(out, "carbohydrateId", "carbohydrateKilogram"));
        value.meal.ifPresent(meal -> out.uint8("meal", meal));
        value.testerHealth.ifPresent(both -> both.write(out));
        value.exercise.ifPresent(exercise -> exercise.write(out));
        value.medication.ifPresent(amount -> amount.write(out, "medicationId", "medication"));
        value.hba1c.ifPresent(percent -> out.sfloat("hba1cPercent", percent));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().bits("flags", flags(), FLAGS_WIDTH).put("sequenceNumber", sequenceNumber);
        extendedFlags.ifPresent(bits -> fields.bits("extendedFlags", bits, FLAGS_WIDTH));
        return fields.put("carbohydrateId", carbohydrate.map(Amount::id))
                .put("carbohydrateKilogram", carbohydrate.map(Amount::value))
                .put("meal", meal)
                .put("tester", testerHealth.map(TesterHealth::tester))
                .put("health", testerHealth.map(TesterHealth::health))
                .put("exerciseSeconds", exercise.map(Exercise::seconds))
                .put("exerciseIntensityPercent", exercise.map(Exercise::intensityPercent))
                .put("medicationId", medication.map(Amount::id))
                .put("medication", medication.map(Amount::value))
                .put("medicationUnit", medication.map(present -> medicationUnit))
                .put("hba1cPercent", hba1c)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
