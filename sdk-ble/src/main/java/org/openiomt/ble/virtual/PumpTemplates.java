package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandData.TemplateStatus;
import org.openiomt.ble.profile.insulin.CommandData.TemplateStatus.State;
import org.openiomt.ble.profile.insulin.CommandData.TemplateType;
import org.openiomt.ble.profile.insulin.CommandMessage.BolusTemplate;
import org.openiomt.ble.profile.insulin.CommandMessage.WriteBlocks;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.TemplateHistory.ProfileTemplateType;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.ble.profile.insulin.TimeBlock;
import org.openiomt.core.wire.MedicalFloat;

/** The templates of a pump: profiles over the day, temporary basal rates, boluses. Every template has a number of its own. */
final class PumpTemplates {
    /** The minutes of a day, which the blocks of a profile fill. */
    static final int DAY = 24 * 60;

    private static final int MOST_BLOCKS = 24;

    // Guarded by the pump.
    private final TreeMap<Integer, List<TimeBlock>> profiles = new TreeMap<>();
    private final TreeMap<Integer, TemporaryRate> rates = new TreeMap<>();
    private final TreeMap<Integer, BolusTemplate> boluses = new TreeMap<>();
    private final Map<Kind, Integer> active = new EnumMap<>(Kind.class);
    private final List<TimeBlock> writing = new ArrayList<>();
    private int writingTo;

    /** A kind of templates. */
    enum Kind {
        BASAL(TemplateType.BASAL_RATE_PROFILE, Feature.BASAL_RATE, 1, 3),
        SENSITIVITY(TemplateType.INSULIN_SENSITIVITY_PROFILE, Feature.INSULIN_SENSITIVITY_PROFILE, 4, 2),
        CARBOHYDRATE(TemplateType.INSULIN_TO_CARBOHYDRATE_PROFILE, Feature.INSULIN_TO_CARBOHYDRATE_PROFILE, 6, 2),
        TARGET(TemplateType.TARGET_GLUCOSE_RANGE_PROFILE, Feature.TARGET_GLUCOSE_RANGE_PROFILE, 8, 2),
        TBR(TemplateType.TBR, Feature.TBR_TEMPLATE, 10, 2),
        BOLUS(TemplateType.BOLUS, Feature.BOLUS_TEMPLATE, 12, 2);

        final TemplateType type;
        final Feature feature;
        final int first;
        final int count;

        Kind(TemplateType type, Feature feature, int first, int count) {
            this.type = type;
            this.feature = feature;
            this.first = first;
            this.count = count;
        }

        boolean has(int number) {
            return number >= first && number < first + count;
        }

        static Optional<Kind> of(int number) {
            return Arrays.stream(values()).filter(kind -> kind.has(number)).findFirst();
        }
    }

    /** What the commands about a kind of profile are called, and what a block of it may hold. */
    enum Profile {
        BASAL(
                Kind.BASAL,
                ProfileTemplateType.BASAL_RATE,
                CommandCode.READ_BASAL_RATE_PROFILE,
                CommandCode.BASAL_RATE_PROFILE,
                CommandCode.WRITE_BASAL_RATE_PROFILE,
                CommandCode.WROTE_BASAL_RATE_PROFILE,
                HistoryEventType.BASAL_RATE_BLOCK_CHANGED,
                10),
        SENSITIVITY(
                Kind.SENSITIVITY,
                ProfileTemplateType.INSULIN_SENSITIVITY,
                CommandCode.READ_SENSITIVITY_PROFILE,
                CommandCode.SENSITIVITY_PROFILE,
                CommandCode.WRITE_SENSITIVITY_PROFILE,
                CommandCode.WROTE_SENSITIVITY_PROFILE,
                HistoryEventType.SENSITIVITY_BLOCK_CHANGED,
                500),
        CARBOHYDRATE(
                Kind.CARBOHYDRATE,
                ProfileTemplateType.INSULIN_TO_CARBOHYDRATE,
                CommandCode.READ_CARBOHYDRATE_PROFILE,
                CommandCode.CARBOHYDRATE_PROFILE,
                CommandCode.WRITE_CARBOHYDRATE_PROFILE,
                CommandCode.WROTE_CARBOHYDRATE_PROFILE,
                HistoryEventType.CARBOHYDRATE_BLOCK_CHANGED,
                200),
        TARGET(
                Kind.TARGET,
                ProfileTemplateType.TARGET_GLUCOSE_RANGE,
                CommandCode.READ_TARGET_RANGE_PROFILE,
                CommandCode.TARGET_RANGE_PROFILE,
                CommandCode.WRITE_TARGET_RANGE_PROFILE,
                CommandCode.WROTE_TARGET_RANGE_PROFILE,
                HistoryEventType.TARGET_RANGE_BLOCK_CHANGED,
                400);

        final Kind kind;
        final ProfileTemplateType type;
        final CommandCode read;
        final CommandCode data;
        final CommandCode write;
        final CommandCode wrote;
        final HistoryEventType changed;
        final BigDecimal most;

        Profile(
                Kind kind,
                ProfileTemplateType type,
                CommandCode read,
                CommandCode data,
                CommandCode write,
                CommandCode wrote,
                HistoryEventType changed,
                int most) {
            this.kind = kind;
            this.type = type;
            this.read = read;
            this.data = data;
            this.write = write;
            this.wrote = wrote;
            this.changed = changed;
            this.most = BigDecimal.valueOf(most);
        }

        int blocksInAMessage() {
            return this == TARGET ? 2 : 3;
        }

        private boolean isSound(TimeBlock block) {
            boolean isOrdered = block.upper()
                    .filter(upper -> !isSound(upper)
                            || upper.toBigDecimal().compareTo(block.value().toBigDecimal()) < 0)
                    .isEmpty();
            return block.durationMinutes() > 0 && isSound(block.value()) && isOrdered;
        }

        private boolean isSound(MedicalFloat value) {
            return value.isFinite()
                    && value.toBigDecimal().signum() >= 0
                    && value.toBigDecimal().compareTo(most) <= 0;
        }

        static Optional<Profile> of(Kind kind) {
            return Arrays.stream(values())
                    .filter(profile -> profile.kind == kind)
                    .findFirst();
        }
    }

    /** Returns the blocks of a profile; none when it is empty. */
    List<TimeBlock> blocks(int number) {
        return profiles.getOrDefault(number, List.of());
    }

    Optional<TemporaryRate> rate(int number) {
        return Optional.ofNullable(rates.get(number));
    }

    Optional<BolusTemplate> bolus(int number) {
        return Optional.ofNullable(boluses.get(number));
    }

    void put(int number, List<TimeBlock> blocks) {
        profiles.put(number, List.copyOf(blocks));
    }

    void put(int number, TemporaryRate rate) {
        rates.put(number, rate);
    }

    void put(BolusTemplate template) {
        boluses.put(template.number(), template);
    }

    boolean isConfigured(int number) {
        return profiles.containsKey(number) || rates.containsKey(number) || boluses.containsKey(number);
    }

    boolean isActive(int number) {
        return active.containsValue(number);
    }

    /** Returns the active profile of a kind, if any. */
    Optional<Integer> active(Kind kind) {
        return Optional.ofNullable(active.get(kind));
    }

    /** Activates a profile and returns the one before, 0 when there was none. */
    int activate(Kind kind, int number) {
        Integer before = active.put(kind, number);
        return before == null ? 0 : before;
    }

    List<Integer> active() {
        return List.copyOf(active.values());
    }

    void clear(int number) {
        profiles.remove(number);
        rates.remove(number);
        boluses.remove(number);
    }

    /**
     * Takes blocks of a profile. The first block begins the profile anew; the others must follow without a gap. With the last
     * the profile takes effect, if its blocks fill a day.
     */
    InsulinResult write(Profile profile, WriteBlocks message) {
        int number = message.template();
        if (message.firstBlock() == 1) {
            writing.clear();
            writingTo = number;
        }
        boolean isNext = writingTo == number && message.firstBlock() == writing.size() + 1;
        if (!isNext || writing.size() + message.blocks().size() > MOST_BLOCKS) {
            writing.clear();
            return InsulinResult.INVALID_OPERAND;
        }
        if (!message.blocks().stream().allMatch(profile::isSound)) {
            writing.clear();
            return InsulinResult.PARAMETER_OUT_OF_RANGE;
        }
        writing.addAll(message.blocks());
        if (!message.isLast()) {
            return InsulinResult.SUCCESS;
        }
        List<TimeBlock> whole = List.copyOf(writing);
        writing.clear();
        if (whole.stream().mapToInt(TimeBlock::durationMinutes).sum() != DAY) {
            return InsulinResult.PLAUSIBILITY_CHECK_FAILED;
        }
        profiles.put(number, whole);
        return InsulinResult.SUCCESS;
    }

    /** Forgets a profile that was written in part. */
    void abandon() {
        writing.clear();
    }

    TemplateStatus status(Kind kind) {
        List<State> states = new ArrayList<>();
        for (int number = kind.first; number < kind.first + kind.count; number++) {
            states.add(isConfigured(number) ? State.CONFIGURABLE_AND_CONFIGURED : State.CONFIGURABLE);
        }
        int blocks = Profile.of(kind).isPresent() ? MOST_BLOCKS : 1;
        return new TemplateStatus(Coded.of(kind.type), kind.first, blocks, states, 0);
    }

    /** Returns the rate of the active basal profile, IU/h; 0 without one. */
    BigDecimal basalRate(int minuteOfDay) {
        int left = minuteOfDay;
        for (TimeBlock block : active(Kind.BASAL).map(this::blocks).orElse(List.of())) {
            left -= block.durationMinutes();
            if (left < 0) {
                return block.value().toBigDecimal();
            }
        }
        return BigDecimal.ZERO;
    }
}
