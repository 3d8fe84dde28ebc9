package org.openiomt.security.privacy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Takes out of an observation what the Safe Harbor method of 45 CFR 164.514(b)(2) names, and says what it took.
 * <pre>
 * part of the observation      what is left
 * id                           a random one, another each time: reduce what has no duplicates any more
 * device, subject              tokens of the {@link TokenTable}
 * device's time                the year; nothing of ticks, and nothing where the year is not known
 * time of reception            midnight of the first of January of its year, UTC: the model knows no year alone
 * duration, clock's state      as they are
 * status                       as it is
 * value, parts, supplemental   those of listed terms; of these no text, no octets, no codes without a known term, and wave forms only if the rules say so
 * ages over 89                 90 a, which stands for 90 and more
 * derivedFrom                  nothing
 * </pre>
 *
 * <p>A tool and no verdict: the method also asks that nobody has actual knowledge that what is left could identify a person, and topics, file names, addresses and
 * logs around an observation are not its parts. Safe for use by several threads.
 */
public final class SafeHarbor {
    private static final BigDecimal GREATEST_AGE = BigDecimal.valueOf(89);
    private static final Instant FIRST = LocalDateTime.MIN.toInstant(ZoneOffset.UTC);
    private static final Instant LAST = LocalDateTime.MAX.toInstant(ZoneOffset.UTC);
    private static final Quantity NINETY_AND_MORE = Quantity.of(MedicalFloat.of(90, 0), Units.MDC_DIM_YR);
    private static final Map<Code, BigDecimal> UNITS_A_YEAR = Map.of(
            Units.MDC_DIM_YR, BigDecimal.ONE,
            Units.MDC_DIM_MON, BigDecimal.valueOf(12),
            Units.MDC_DIM_WEEK, new BigDecimal("52.1775"),
            Units.MDC_DIM_DAY, new BigDecimal("365.2425"),
            Units.MDC_DIM_HR, new BigDecimal("8765.82"));

    private final SafeHarborRules rules;
    private final TokenTable tokens;
    private final SecureRandom random = new SecureRandom();

    /** Reduces by these rules, with tokens of this table. */
    public SafeHarbor(SafeHarborRules rules, TokenTable tokens) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Reduces an observation.
     *
     * @throws IllegalStateException when the table of tokens is full
     */
    public Reduction reduce(Observation observation) {
        Work work = new Work();
        work.replaced(Removal.Item.OBSERVATION_ID);
        work.replaced(Removal.Item.DEVICE_ID);
        if (observation.subject().isPresent()) {
            work.replaced(Removal.Item.SUBJECT_ID);
        }
        if (!observation.derivedFrom().isEmpty()) {
            work.removals.add(new Removal(Removal.Item.SOURCE_IDS, Optional.empty(), Removal.Action.REMOVED));
        }
        if (!observation.unknown().isEmpty()) {
            work.removals.add(new Removal(Removal.Item.UNKNOWN_ENTRIES, Optional.empty(), Removal.Action.REMOVED));
        }
        ObservationTime time = work.time(observation.time());
        Optional<Value> value = work.value(observation.type(), observation.value());
        Map<Code, Value> supplemental = new LinkedHashMap<>();
        observation
                .supplemental()
                .forEach((term, qualifier) ->
                        work.value(term, qualifier).ifPresent(left -> supplemental.put(term, left)));
        Optional<Observation> left = value.map(kept -> new Observation(
                ObservationId.of(random.nextLong(), random.nextLong()),
                DeviceId.of(tokens.token("device", observation.device().value())),
                observation.type(),
                kept,
                time,
                observation.status(),
                supplemental,
                observation.subject().map(subject -> SubjectId.of(tokens.token("subject", subject.value()))),
                List.of()));
        return new Reduction(left, work.removals);
    }

    /** One reduction, and what it took so far. */
    private final class Work {
        private final List<Removal> removals = new ArrayList<>();

        void replaced(Removal.Item item) {
            removals.add(new Removal(item, Optional.empty(), Removal.Action.REPLACED));
        }

        ObservationTime time(ObservationTime time) {
            DeviceTime device = time.device();
            DeviceTime left = yearOf(device);
            if (!(device instanceof DeviceTime.None)) {
                boolean isGone = left instanceof DeviceTime.None;
                removals.add(new Removal(
                        Removal.Item.DEVICE_TIME,
                        Optional.empty(),
                        isGone ? Removal.Action.REMOVED : Removal.Action.COARSENED));
            }
            removals.add(new Removal(Removal.Item.RECEPTION_TIME, Optional.empty(), Removal.Action.COARSENED));
            Instant received = yearOf(time.receivedAt())
                    .map(year -> LocalDateTime.of(year, Month.JANUARY, 1, 0, 0).toInstant(ZoneOffset.UTC))
                    .orElse(Instant.EPOCH);
            return new ObservationTime(left, time.clock(), received, time.duration());
        }

        Optional<Value> value(Code term, Value value) {
            if (!rules.isListed(term)) {
                return removed(Removal.Item.UNLISTED_VALUE, term);
            }
            if (value instanceof Value.Numeric numeric) {
                return term.equals(Mdc.MDC_ATTR_PT_AGE) ? age(numeric) : Optional.of(numeric);
            }
            if (value instanceof Value.Compound compound) {
                return parts(compound);
            }
            if (value instanceof Value.Coded coded) {
                return Mdc.referenceId(coded.code()).isPresent()
                        ? Optional.of(coded)
                        : removed(Removal.Item.UNLISTED_VALUE, term);
            }
            if (value instanceof Value.Flags flags) {
                return Optional.of(flags);
            }
            if (value instanceof Value.Text) {
                return removed(Removal.Item.FREE_TEXT, term);
            }
            if (value instanceof Value.SampleArray wave) {
                return rules.keepsWaveForms() ? Optional.of(wave) : removed(Removal.Item.WAVE_FORM, term);
            }
            if (value instanceof Value.Opaque) {
                return removed(Removal.Item.OPAQUE_OCTETS, term);
            }
            throw new AssertionError(value);
        }

        private Optional<Value> parts(Value.Compound compound) {
            List<Value.Component> left = new ArrayList<>();
            for (Value.Component part : compound.components()) {
                value(part.type(), part.value()).ifPresent(kept -> left.add(new Value.Component(part.type(), kept)));
            }
            return left.isEmpty() ? Optional.empty() : Optional.of(new Value.Compound(left));
        }

        /** A number without a unit that we can compare is no age that may stay. */
        private Optional<Value> age(Value.Numeric age) {
            Quantity quantity = age.quantity();
            BigDecimal perYear = UNITS_A_YEAR.get(quantity.unit());
            if (perYear == null || !quantity.value().isFinite()) {
                return removed(Removal.Item.AGE, Mdc.MDC_ATTR_PT_AGE);
            }
            BigDecimal greatest = GREATEST_AGE.multiply(perYear).setScale(0, RoundingMode.FLOOR);
            if (quantity.value().toBigDecimal().compareTo(greatest) <= 0) {
                return Optional.of(age);
            }
            removals.add(new Removal(Removal.Item.AGE, Optional.of(Mdc.MDC_ATTR_PT_AGE), Removal.Action.COARSENED));
            return Optional.of(new Value.Numeric(NINETY_AND_MORE));
        }

        private Optional<Value> removed(Removal.Item item, Code term) {
            removals.add(new Removal(item, Optional.of(term), Removal.Action.REMOVED));
            return Optional.empty();
        }
    }

    private static DeviceTime yearOf(DeviceTime time) {
        Optional<Integer> year = Optional.empty();
        if (time instanceof DeviceTime.WallClock wall) {
            year = Optional.of(wall.clock().year());
        } else if (time instanceof DeviceTime.BaseOffset base) {
            year = Optional.of(
                    base.local().map(LocalDateTime::getYear).orElse(base.base().year()));
        } else if (time instanceof DeviceTime.Utc utc) {
            year = yearOf(utc.instant());
        }
        return year.filter(number -> number > 0 && number <= 0xFFFF)
                .<DeviceTime>map(number -> DeviceTime.WallClock.of(DeviceDateTime.of(number, 0, 0, 0, 0, 0)))
                .orElseGet(DeviceTime.None::new);
    }

    /** Returns the year in UTC, unless the platform knows none so far away. */
    private static Optional<Integer> yearOf(Instant instant) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST)
                ? Optional.empty()
                : Optional.of(instant.atOffset(ZoneOffset.UTC).getYear());
    }
}
