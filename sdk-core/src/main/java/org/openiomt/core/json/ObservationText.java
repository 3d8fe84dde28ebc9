package org.openiomt.core.json;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.Quantity;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/**
 * Observations as text for a person: {@code 2026-11-22T11:00:00  blood pressure  120/80 (93) mm[Hg]  [questionable]}. Not for
 * machines: use {@link ObservationJson}. Shows clinical content, so it is not for logs.
 */
public final class ObservationText {
    private ObservationText() {}

    /**
     * Returns one line without a line end: time, name, value with unit, marks of doubt, qualifiers. The time is the device's
     * own, with a word when it names no moment; where it said none, the line has the time of reception and says so.
     */
    public static String line(Observation observation) {
        StringJoiner line = new StringJoiner("  ");
        line.add(time(observation.time()));
        line.add(name(observation.type()));
        line.add(value(observation.value()));
        if (!observation.status().isEmpty()) {
            line.add(observation.status().stream()
                    .map(mark -> mark.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        for (Map.Entry<Code, Value> qualifier : observation.supplemental().entrySet()) {
            line.add(name(qualifier.getKey()) + ": " + value(qualifier.getValue()));
        }
        return line.toString();
    }

    /** Returns the short English name of a term, else its reference id, else its number. */
    public static String name(Code term) {
        return Mdc.displayName(term).or(() -> Mdc.referenceId(term)).orElseGet(() -> "code " + term);
    }

    /** Returns a value with its unit: {@code 120/80 (93) mm[Hg]}, {@code 37.60 Cel}, {@code NaN %}. */
    public static String value(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return quantity(numeric.quantity());
        }
        if (value instanceof Value.Compound compound) {
            return bloodPressure(compound.components()).orElseGet(() -> parts(compound.components()));
        }
        if (value instanceof Value.Coded coded) {
            return name(coded.code());
        }
        if (value instanceof Value.Flags flags) {
            return "flags 0x" + Long.toHexString(flags.bits());
        }
        if (value instanceof Value.Text text) {
            return '"' + text.text().replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD") + '"';
        }
        if (value instanceof Value.SampleArray wave) {
            return wave.size() + " samples" + unit(wave.unit());
        }
        if (value instanceof Value.Opaque opaque) {
            return opaque.octets().length + " octets";
        }
        throw new AssertionError(value);
    }

    private static String time(ObservationTime time) {
        if (time.device() instanceof DeviceTime.WallClock wall) {
            String doubt = wall.clock().isComplete() ? " (no such date)" : " (date not known)";
            return wall.clock() + wall.offset().map(Object::toString).orElse("") + (time.isKnown() ? "" : doubt);
        }
        if (time.device() instanceof DeviceTime.Utc utc) {
            return utc.instant().toString();
        }
        if (time.device() instanceof DeviceTime.BaseOffset base && base.local().isPresent()) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                    base.local().get().truncatedTo(ChronoUnit.SECONDS));
        }
        return "received " + time.receivedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns {@code 120/80 (93) mm[Hg]} when the parts are systolic, diastolic and perhaps mean pressure in one unit. */
    private static Optional<String> bloodPressure(List<Value.Component> parts) {
        List<Code> types = parts.stream().map(Value.Component::type).toList();
        List<Quantity> values = parts.stream()
                .map(Value.Component::value)
                .filter(Value.Numeric.class::isInstance)
                .map(part -> ((Value.Numeric) part).quantity())
                .toList();
        List<Code> whole =
                List.of(Mdc.MDC_PRESS_BLD_NONINV_SYS, Mdc.MDC_PRESS_BLD_NONINV_DIA, Mdc.MDC_PRESS_BLD_NONINV_MEAN);
        boolean isOneUnit = values.stream().map(Quantity::unit).distinct().count() == 1;
        if (values.size() != types.size()
                || !isOneUnit
                || !(types.equals(whole) || types.equals(whole.subList(0, 2)))) {
            return Optional.empty();
        }
        String mean = values.size() == 2 ? "" : " (" + values.get(2).value() + ")";
        return Optional.of(values.get(0).value() + "/" + values.get(1).value() + mean
                + unit(values.get(0).unit()));
    }

    private static String parts(List<Value.Component> parts) {
        return parts.stream()
                .map(part -> name(part.type()) + " " + value(part.value()))
                .collect(Collectors.joining(", "));
    }

    private static String quantity(Quantity quantity) {
        return quantity.value() + unit(quantity.unit());
    }

    /** Returns the unit with a space before it; annotations in braces and the unit 1 say nothing to a person. */
    private static String unit(Code unit) {
        String ucum =
                Units.ucum(unit).map(text -> text.replaceAll("\\{[^}]*}", "")).orElseGet(() -> "unit " + unit);
        return ucum.isEmpty() || ucum.equals("1") ? "" : " " + ucum;
    }
}
