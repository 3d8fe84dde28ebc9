package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.insulin.BasalRateHistory.BasalRateChanged;
import org.openiomt.ble.profile.insulin.BolusHistory.BolusAmounts;
import org.openiomt.ble.profile.insulin.ClockHistory.BaseOffset;
import org.openiomt.ble.profile.insulin.ClockHistory.RecordingReason;
import org.openiomt.ble.profile.insulin.ClockHistory.ReferenceTime;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.PumpStateHistory.DailyTotal;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBasalRate;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBolus;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.DailyInsulin;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Insulin that a pump has delivered, by the events of its history.
 *
 * <pre>
 * event                         observed
 * bolus delivered, part 1       fast amount, IU; extended amount, IU; each when it is not 0
 * delivered basal rate changed  the new rate, IU/h
 * total daily insulin           boluses and basal rates together, IU, when both are numbers and their sum is one
 * </pre>
 *
 * The time of an event is that of the reference time event before it plus its seconds. Without that event, or when the pump had
 * lost its clock, the time is seconds as ticks, which say nothing about the day. A bolus that was set is no delivery and observes
 * nothing. An event without a sequence number, or whose check sum is not known to be one, observes nothing. A day on which the
 * clock was set makes the daily total QUESTIONABLE. So do octets behind the last field all amounts of an event: they may be those of a
 * pump that writes wider amounts than the context says, and what was read is then none of its numbers.
 */
public final class InsulinObservations {
    private InsulinObservations() {}

    /**
     * The last reference time event before an event.
     *
     * @param local the local time of the pump
     * @param offset its offset from UTC, where the pump knows it
     */
    public record Reference(LocalDateTime local, Optional<ZoneOffset> offset) {
        /** Returns what a history event says about the clock; empty for one that says nothing. */
        public static Optional<Reference> of(HistoryEvent event) {
            if (!event.check().isTrusted()) {
                return Optional.empty();
            }
            if (event.data() instanceof ReferenceTime time && !time.reason().is(RecordingReason.DATE_TIME_LOSS)) {
                return time.dateTime().local().map(local -> new Reference(local, time.offset()));
            }
            if (event.data() instanceof BaseOffset time && !time.reason().is(RecordingReason.DATE_TIME_LOSS)) {
                return time.baseTime()
                        .local()
                        .map(local -> new Reference(local.plusMinutes(time.offsetMinutes()), Optional.empty()));
            }
            return Optional.empty();
        }
    }

    /** Returns what was delivered, by an event before which no reference time is known. */
    public static List<Observation> of(HistoryEvent event, Arrival arrival) {
        return of(event, Optional.empty(), arrival);
    }

    /** Returns what was delivered. */
    public static List<Observation> of(HistoryEvent event, Optional<Reference> reference, Arrival arrival) {
        if (!event.check().isTrusted() || event.sequenceNumber().isEmpty()) {
            return List.of();
        }
        return observed(event, arrival).stream()
                .map(builder -> builder.at(time(event, reference))
                        .statusIf(event.remainder().trailing().length > 0, MeasurementStatus.QUESTIONABLE)
                        .sequence(event.sequenceNumber().getAsLong())
                        .build())
                .toList();
    }

    private static List<ObservationBuilder> observed(HistoryEvent event, Arrival arrival) {
        List<ObservationBuilder> builders = new ArrayList<>(2);
        if (event.data() instanceof BolusAmounts delivered && event.type().is(HistoryEventType.BOLUS_DELIVERED_1)) {
            bolus(
                    builders,
                    arrival,
                    Mdc.MDC_INS_DELIV_BOLUS_FAST,
                    delivered.bolus().fastUnits());
            bolus(
                    builders,
                    arrival,
                    Mdc.MDC_INS_DELIV_BOLUS_SLOW,
                    delivered.bolus().extendedUnits());
        } else if (event.data() instanceof BasalRateChanged changed) {
            builders.add(Readings.numeric(
                    arrival, Mdc.MDC_INS_DELIV_BASAL, changed.newUnitsPerHour(), Units.MDC_DIM_INTL_UNIT_PER_HR));
        } else if (event.data() instanceof DailyTotal day) {
            sum(day.bolusUnits(), day.basalUnits())
                    .ifPresent(total -> builders.add(
                            Readings.numeric(arrival, Mdc.MDC_INS_DELIV_DAILY_DOSE, total, Units.MDC_DIM_INTL_UNIT)
                                    .statusIf(day.isClockChanged(), MeasurementStatus.QUESTIONABLE)));
        }
        return builders;
    }

    /**
     * Returns the basal rate now: the temporary one while there is one. It still goes on, and has no time of the pump; the history
     * tells when it began.
     */
    public static List<Observation> now(ActiveBasalRate basal, Arrival arrival) {
        MedicalFloat rate = basal.tbr()
                .map(temporary -> temporary.type().is(TemporaryRate.Type.ABSOLUTE)
                        ? temporary.adjustment()
                        : product(basal.rateUnitsPerHour(), temporary))
                .orElse(basal.rateUnitsPerHour());
        return List.of(ongoing(arrival, Mdc.MDC_INS_DELIV_BASAL, rate, Units.MDC_DIM_INTL_UNIT_PER_HR));
    }

    /** NaN for a temporary rate of a kind that is not known, and for factors and rates that are no numbers. */
    private static MedicalFloat product(MedicalFloat rate, TemporaryRate temporary) {
        boolean isFactor = temporary.type().is(TemporaryRate.Type.RELATIVE)
                && rate.isFinite()
                && temporary.adjustment().isFinite();
        return isFactor
                ? MedicalFloat.from(
                        rate.toBigDecimal().multiply(temporary.adjustment().toBigDecimal()))
                : MedicalFloat.NAN;
    }

    /** Returns what was delivered since midnight, while the day still goes on. */
    public static List<Observation> now(DailyInsulin day, Arrival arrival) {
        return List.of(ongoing(arrival, Mdc.MDC_INS_DELIV_DAILY_DOSE, day.totalUnits(), Units.MDC_DIM_INTL_UNIT));
    }

    /** Returns what a bolus that still runs has delivered; the history tells the whole of it when it is over. */
    public static List<Observation> now(ActiveBolus active, Arrival arrival) {
        List<ObservationBuilder> builders = new ArrayList<>(2);
        bolus(builders, arrival, Mdc.MDC_INS_DELIV_BOLUS_FAST, active.bolus().fastUnits());
        bolus(builders, arrival, Mdc.MDC_INS_DELIV_BOLUS_SLOW, active.bolus().extendedUnits());
        return builders.stream()
                .map(builder ->
                        builder.status(MeasurementStatus.MEASUREMENT_ONGOING).build())
                .toList();
    }

    private static Observation ongoing(Arrival arrival, Code type, MedicalFloat value, Code unit) {
        return Readings.numeric(arrival, type, value, unit)
                .status(MeasurementStatus.MEASUREMENT_ONGOING)
                .build();
    }

    private static void bolus(List<ObservationBuilder> builders, Arrival arrival, Code type, MedicalFloat units) {
        boolean isNothing = units.isFinite() && units.mantissa() == 0;
        if (!isNothing) {
            builders.add(Readings.numeric(arrival, type, units, Units.MDC_DIM_INTL_UNIT));
        }
    }

    /** Returns the exact sum at the finer resolution of the two; empty when they lie too far apart for one number. */
    private static Optional<MedicalFloat> sum(MedicalFloat one, MedicalFloat other) {
        if (!one.isFinite() || !other.isFinite()) {
            return Optional.empty();
        }
        BigDecimal sum = one.toBigDecimal().add(other.toBigDecimal());
        return sum.unscaledValue().bitLength() < Long.SIZE ? Optional.of(MedicalFloat.from(sum)) : Optional.empty();
    }

    private static DeviceTime time(HistoryEvent event, Optional<Reference> reference) {
        return Readings.at(
                reference.map(before -> before.local().plusSeconds(event.offsetSeconds())),
                reference.flatMap(Reference::offset),
                new DeviceTime.Ticks(event.offsetSeconds(), Duration.ofSeconds(1)));
    }
}
