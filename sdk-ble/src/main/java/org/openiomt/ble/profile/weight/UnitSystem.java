package org.openiomt.ble.profile.weight;

/** The units of one value of a scale, which also say how fine its numbers are. */
@SuppressWarnings("ImmutableEnumChecker") // a Step is a record of two numbers
public enum UnitSystem {
    /** Kilograms in steps of 0.005 and metres in steps of 0.001. */
    SI("kg", new Step(5, -3), "m", new Step(1, -3)),
    /** Pounds in steps of 0.01 and inches in steps of 0.1. */
    IMPERIAL("lb", new Step(1, -2), "in", new Step(1, -1));

    private final String weightUnit;
    private final Step weightStep;
    private final String heightUnit;
    private final Step heightStep;

    UnitSystem(String weightUnit, Step weightStep, String heightUnit, Step heightStep) {
        this.weightUnit = weightUnit;
        this.weightStep = weightStep;
        this.heightUnit = heightUnit;
        this.heightStep = heightStep;
    }

    /** Returns {@code kg} or {@code lb}. */
    public String weightUnit() {
        return weightUnit;
    }

    /** Returns {@code m} or {@code in}. */
    public String heightUnit() {
        return heightUnit;
    }

    Step weightStep() {
        return weightStep;
    }

    Step heightStep() {
        return heightStep;
    }
}
