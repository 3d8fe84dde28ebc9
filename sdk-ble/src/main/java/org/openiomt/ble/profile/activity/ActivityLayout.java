package org.openiomt.ble.profile.activity;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.Codec;

/**
 * The seven characteristics of activity data: which fields each can have, in the order of their flags. Bit n of the flags stands for
 * field n of the table.
 *
 * <pre>
 * fields                               type            meaning
 * energies per hour, energies          uint16, uint32  the unit was not at hand
 * fat burned (per hour)                uint16          the unit was not at hand
 * metabolic equivalents                uint8           the resolution was not at hand
 * speeds, motion cadences              uint16          the resolutions were not at hand
 * elevation, elevation gains           sint24, uint24  the resolutions were not at hand
 * distance                             uint24          the unit was not at hand
 * durations, times                     uint24, uint16  the unit was not at hand
 * activity counts (per minute)         uint32, uint16  a number
 * activity levels                      uint16          a number
 * activity types                       uint16          low octet seen by the device, high octet said by the person
 * heart rates, respiration rates       uint8           per minute
 * inter-beat interval, variability     uint16          the units were not at hand
 * steps, floors, awakenings, events    uint24, sint8,  numbers
 *                                      uint16
 * light levels                         uint24          the unit was not at hand
 * sleep stage                          uint24          bits, see {@link SleepStage}
 * sleep efficiency                     uint8           the unit was not at hand
 * </pre>
 */
public enum ActivityLayout {
    /** General activity at one moment. Characteristic {@code 0x2B3C}. */
    GENERAL_INSTANTANEOUS(
            3,
            Optional.of(23),
            unsigned("normalWalkingEnergyPerHour", 2),
            unsigned("intensityEnergyPerHour", 2),
            unsigned("totalEnergyPerHour", 2),
            unsigned("fatBurnedPerHour", 2),
            unsigned("metabolicEquivalent", 1),
            unsigned("speed", 2),
            unsigned("motionCadence", 2),
            signed("elevation", 3),
            unsigned("activityCountPerMinute", 2),
            unsigned("activityLevel", 2),
            unsigned("activityType", 2)),
    /** General activity of a sub-session. Characteristic {@code 0x2B3D}. */
    GENERAL_SUMMARY(
            4,
            Optional.empty(),
            unsigned("normalWalkingEnergy", 4),
            unsigned("intensityEnergy", 4),
            unsigned("totalEnergy", 4),
            unsigned("fatBurned", 2),
            unsigned("minimumMetabolicEquivalent", 1),
            unsigned("maximumMetabolicEquivalent", 1),
            unsigned("averageMetabolicEquivalent", 1),
            unsigned("distance", 3),
            unsigned("minimumSpeed", 2),
            unsigned("maximumSpeed", 2),
            unsigned("averageSpeed", 2),
            unsigned("normalWalkingDuration", 3),
            unsigned("intensityWalkingDuration", 3),
            unsigned("minimumMotionCadence", 2),
            unsigned("maximumMotionCadence", 2),
            unsigned("averageMotionCadence", 2),
            signed("floors", 1),
            unsigned("positiveElevationGain", 3),
            unsigned("negativeElevationGain", 3),
            unsigned("activityCount", 4),
            unsigned("minimumActivityLevel", 2),
            unsigned("maximumActivityLevel", 2),
            unsigned("averageActivityLevel", 2),
            unsigned("averageActivityType", 2),
            unsigned("wornDuration", 3)),
    /** Heart and breath at one moment. Characteristic {@code 0x2B3E}. */
    CARDIORESPIRATORY_INSTANTANEOUS(
            2,
            Optional.of(15),
            unsigned("vo2Max", 1),
            unsigned("heartRate", 1),
            unsigned("pulseInterBeatInterval", 2),
            unsigned("restingHeartRate", 1),
            unsigned("heartRateVariability", 2),
            unsigned("respirationRate", 1),
            unsigned("restingRespirationRate", 1)),
    /** Heart and breath of a sub-session. Characteristic {@code 0x2B3F}. */
    CARDIORESPIRATORY_SUMMARY(
            4,
            Optional.empty(),
            unsigned("timeInHeartRateZone1", 3),
            unsigned("timeInHeartRateZone2", 3),
            unsigned("timeInHeartRateZone3", 3),
            unsigned("timeInHeartRateZone4", 3),
            unsigned("timeInHeartRateZone5", 3),
            unsigned("minimumVo2Max", 1),
            unsigned("maximumVo2Max", 1),
            unsigned("averageVo2Max", 1),
            unsigned("minimumHeartRate", 1),
            unsigned("maximumHeartRate", 1),
            unsigned("averageHeartRate", 1),
            unsigned("minimumPulseInterBeatInterval", 2),
            unsigned("maximumPulseInterBeatInterval", 2),
            unsigned("averagePulseInterBeatInterval", 2),
            unsigned("minimumRestingHeartRate", 1),
            unsigned("maximumRestingHeartRate", 1),
            unsigned("averageRestingHeartRate", 1),
            unsigned("minimumHeartRateVariability", 2),
            unsigned("maximumHeartRateVariability", 2),
            unsigned("averageHeartRateVariability", 2),
            unsigned("minimumRespirationRate", 1),
            unsigned("maximumRespirationRate", 1),
            unsigned("averageRespirationRate", 1),
            unsigned("minimumRestingRespirationRate", 1),
            unsigned("maximumRestingRespirationRate", 1),
            unsigned("averageRestingRespirationRate", 1),
            unsigned("wornDuration", 3)),
    /** Steps of a sub-session. Characteristic {@code 0x2B40}. */
    STEP_COUNTER_SUMMARY(
            1,
            Optional.empty(),
            unsigned("normalWalkingSteps", 3),
            unsigned("intensitySteps", 3),
            unsigned("floorSteps", 3),
            unsigned("distance", 3),
            unsigned("wornDuration", 3)),
    /** Sleep at one moment. Characteristic {@code 0x2B41}. */
    SLEEP_INSTANTANEOUS(
            2,
            Optional.of(15),
            unsigned("visibleLightLevel", 3),
            unsigned("ultravioletLightLevel", 3),
            unsigned("infraredLightLevel", 3),
            unsigned("sleepStage", 3),
            unsigned("sleepingHeartRate", 1)),
    /** Sleep of a sub-session. Characteristic {@code 0x2B42}. */
    SLEEP_SUMMARY(
            3,
            Optional.empty(),
            unsigned("totalSleepTime", 3),
            unsigned("totalWakeTime", 3),
            unsigned("totalBedTime", 3),
            unsigned("numberOfAwakenings", 2),
            unsigned("sleepLatency", 2),
            unsigned("sleepEfficiency", 1),
            unsigned("snoozeTime", 2),
            unsigned("tossAndTurnEvents", 2),
            unsigned("timeOfAwakeningAfterAlarm", 3),
            unsigned("minimumVisibleLightLevel", 3),
            unsigned("maximumVisibleLightLevel", 3),
            unsigned("averageVisibleLightLevel", 3),
            unsigned("minimumUltravioletLightLevel", 3),
            unsigned("maximumUltravioletLightLevel", 3),
            unsigned("averageUltravioletLightLevel", 3),
            unsigned("minimumInfraredLightLevel", 3),
            unsigned("maximumInfraredLightLevel", 3),
            unsigned("averageInfraredLightLevel", 3),
            unsigned("averageSleepingHeartRate", 1),
            unsigned("wornDuration", 3));

    private final int flagsSize;

    @SuppressWarnings("ImmutableEnumChecker") // holds an Integer
    private final Optional<Integer> wornBit;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<Field> fields;

    @SuppressWarnings("ImmutableEnumChecker") // a codec has no state
    private final Codec<ActivityData> codec = ActivityData.codec(this);

    @SuppressWarnings("ImmutableEnumChecker") // a codec has no state
    private final Codec<Segmented<ActivityData>> packetCodec = Segmented.codec(codec);

    /**
     * A field that a flag calls.
     *
     * @param name its name
     * @param size its octets, 1 to 4
     * @param isSigned whether it may be negative
     */
    public record Field(String name, int size, boolean isSigned) {}

    ActivityLayout(int flagsSize, Optional<Integer> wornBit, Field... fields) {
        this.flagsSize = flagsSize;
        this.wornBit = wornBit;
        this.fields = List.of(fields);
    }

    /** Returns the fields, in the order of their flags. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the codec of a whole value. */
    public Codec<ActivityData> codec() {
        return codec;
    }

    /** Returns the codec of packets. */
    public Codec<Segmented<ActivityData>> packetCodec() {
        return packetCodec;
    }

    /** Returns the octets of the flags, 1 to 4. */
    int flagsSize() {
        return flagsSize;
    }

    /** Returns the bit that says that the device is worn, where there is one. */
    Optional<Integer> wornBit() {
        return wornBit;
    }

    /** Returns the place of a field, which is the number of its flag. */
    int flag(String name) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this + " has no field " + name));
    }

    private static Field unsigned(String name, int size) {
        return new Field(name, size, false);
    }

    private static Field signed(String name, int size) {
        return new Field(name, size, true);
    }
}
