package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.profile.insulin.BasalRateHistory;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusDetails;
import org.openiomt.ble.profile.insulin.BolusHistory;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandMessage.SetBolus;
import org.openiomt.ble.profile.insulin.CommandMessage.SetTemporaryRate;
import org.openiomt.ble.profile.insulin.HistoryData.EndReason;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinAmount;
import org.openiomt.ble.profile.insulin.InsulinStatus.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.PumpStateHistory;
import org.openiomt.ble.profile.insulin.PumpStateHistory.PrimingEnd;
import org.openiomt.ble.profile.insulin.StatusChanged.Change;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.MedicalFloat;

/**
 * What a pump delivers, by the clock of the air. A fast bolus runs at 1 IU a minute, an extended one evenly over its duration; the
 * basal rate follows the active profile and the temporary rate, minute by minute; priming moves 10 IU a minute. Sums are exact
 * and rounded down only where they are told. Used under the lock of the pump.
 */
final class PumpDelivery {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
    private static final BigDecimal MINUTES = BigDecimal.valueOf(60);
    private static final BigDecimal PRIMING_RATE = BigDecimal.TEN;
    private static final int ACTS_FOR_MINUTES = 240;
    private static final int SCALE = 3;
    private static final BigInteger MOST_DIGITS = BigInteger.valueOf(2_045);

    private final VirtualInsulinPump pump;
    private final Scheduler scheduler;
    private final PumpTemplates templates;
    private final TreeMap<Integer, Running> boluses = new TreeMap<>();
    private final Deque<Portion> acting = new ArrayDeque<>();

    private TherapyControlState therapy = TherapyControlState.STOP;
    private OperationalState operation = OperationalState.READY;
    private boolean isAttached = true;
    private BigDecimal filled = BigDecimal.valueOf(300);
    private BigDecimal used = BigDecimal.ZERO;
    private BigDecimal basalHours = BigDecimal.ZERO;
    private BigDecimal basalHoursOfDay = BigDecimal.ZERO;
    private BigDecimal usedBasalHours = BigDecimal.ZERO;
    private BigDecimal bolus = BigDecimal.ZERO;
    private BigDecimal bolusOfDay = BigDecimal.ZERO;
    private int lastBolusId;
    private @Nullable Temporary tbr;
    private @Nullable Priming priming;
    private Instant accounted;
    private boolean isAccounting;
    private Scheduler.Cancellable tick = () -> {};

    /** A bolus that runs or waits. */
    static final class Running {
        final int id;
        final Bolus programmed;
        final BolusDetails details;
        final Instant begin;
        final Instant end;
        private final Instant set;
        private BigDecimal counted = BigDecimal.ZERO;
        private Scheduler.Cancellable timer = () -> {};

        Running(int id, SetBolus request, Instant now) {
            this.id = id;
            this.programmed = request.bolus();
            this.details = request.details();
            this.set = now;
            this.begin = now.plus(Duration.ofMinutes(details.delayMinutes().orElse(0)));
            Duration fast = Duration.ofSeconds(fastUnits()
                    .multiply(SECONDS)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact());
            Duration extended = Duration.ofMinutes(programmed.durationMinutes());
            this.end = begin.plus(fast.compareTo(extended) > 0 ? fast : extended);
        }

        BigDecimal fastUnits() {
            return programmed.fastUnits().toBigDecimal();
        }

        BigDecimal extendedUnits() {
            return programmed.extendedUnits().toBigDecimal();
        }

        /** Returns what it has delivered at once by then. */
        BigDecimal fastBy(Instant now) {
            return seconds(begin, now).divide(SECONDS, SCALE, RoundingMode.DOWN).min(fastUnits());
        }

        /** Returns what it has delivered over its time by then. */
        BigDecimal extendedBy(Instant now) {
            BigDecimal whole = BigDecimal.valueOf(programmed.durationMinutes()).multiply(SECONDS);
            return whole.signum() == 0
                    ? BigDecimal.ZERO
                    : extendedUnits().multiply(seconds(begin, now).min(whole)).divide(whole, SCALE, RoundingMode.DOWN);
        }

        /** Returns what it has delivered since this was last asked. */
        private BigDecimal count(Instant now) {
            BigDecimal by = fastBy(now).add(extendedBy(now));
            BigDecimal more = by.subtract(counted);
            counted = by;
            return more;
        }
    }

    /** A temporary basal rate and when it was set. */
    record Temporary(SetTemporaryRate request, Instant from) {
        Instant end() {
            return from.plus(Duration.ofMinutes(request.rate().durationMinutes()));
        }
    }

    private record Priming(BigDecimal units, Instant from) {}

    private record Portion(Instant at, BigDecimal units) {}

    PumpDelivery(VirtualInsulinPump pump, Scheduler scheduler, PumpTemplates templates) {
        this.pump = pump;
        this.scheduler = scheduler;
        this.templates = templates;
        this.accounted = now();
    }

    Instant now() {
        return scheduler.clock().instant();
    }

    TherapyControlState therapy() {
        return therapy;
    }

    OperationalState operation() {
        return operation;
    }

    boolean isAttached() {
        return isAttached;
    }

    boolean isPriming() {
        return priming != null;
    }

    Optional<Temporary> temporary() {
        return Optional.ofNullable(tbr);
    }

    List<Running> running() {
        return List.copyOf(boluses.values());
    }

    Optional<Running> running(int id) {
        return Optional.ofNullable(boluses.get(id));
    }

    boolean isRunning(Bolus.Type type) {
        return boluses.values().stream().anyMatch(each -> each.programmed.type().is(type));
    }

    /** Returns IU that are left. */
    BigDecimal reservoir() {
        BigDecimal gone = used.add(units(usedBasalHours));
        return filled.subtract(gone).max(BigDecimal.ZERO);
    }

    BigDecimal bolusSum() {
        return bolus;
    }

    BigDecimal basalSum() {
        return units(basalHours);
    }

    BigDecimal bolusOfDay() {
        return bolusOfDay;
    }

    BigDecimal basalOfDay() {
        return units(basalHoursOfDay);
    }

    /** Returns the rate of the profile now, IU/h, whatever changes it for a time. */
    BigDecimal profileRate() {
        return templates.basalRate(minuteOfDay(now()));
    }

    /** Returns the insulin of boluses that still acts, IU: it fades evenly over 4 h. */
    BigDecimal onBoard() {
        BigDecimal sum = BigDecimal.ZERO;
        for (Portion portion : acting) {
            long left = ACTS_FOR_MINUTES - Duration.between(portion.at(), now()).toMinutes();
            sum = sum.add(portion.units().multiply(BigDecimal.valueOf(Math.max(0, left))));
        }
        return sum.divide(BigDecimal.valueOf(ACTS_FOR_MINUTES), SCALE, RoundingMode.DOWN);
    }

    /** Returns the minutes until no insulin of boluses acts any more. */
    int onBoardMinutes() {
        Portion newest = acting.peekLast();
        long left = newest == null
                ? 0
                : ACTS_FOR_MINUTES - Duration.between(newest.at(), now()).toMinutes();
        return (int) Math.max(0, left);
    }

    /** Counts what was delivered until now. */
    void account() {
        if (isAccounting) {
            return;
        }
        isAccounting = true;
        try {
            while (!accounted.plus(MINUTE).isAfter(now())) {
                accountMinute(accounted, accounted.plus(MINUTE));
                accounted = accounted.plus(MINUTE);
            }
            boluses.values().forEach(each -> add(each, now()));
            if (therapy == TherapyControlState.RUN && reservoir().signum() == 0) {
                pump.runsDry();
            }
        } finally {
            isAccounting = false;
        }
    }

    private void accountMinute(Instant from, Instant to) {
        if (minuteOfDay(from) == 0 && (basalHoursOfDay.signum() > 0 || bolusOfDay.signum() > 0)) {
            endDay(from);
        }
        if (therapy == TherapyControlState.RUN && reservoir().signum() > 0) {
            BigDecimal rate = rate(from);
            basalHours = basalHours.add(rate);
            basalHoursOfDay = basalHoursOfDay.add(rate);
            usedBasalHours = usedBasalHours.add(rate);
        }
        boluses.values().forEach(each -> add(each, to));
    }

    private void endDay(Instant midnight) {
        Optional<DeviceDateTime> day = pump.clockAt(midnight.minus(MINUTE));
        pump.record(
                HistoryEventType.TOTAL_DAILY_INSULIN,
                new PumpStateHistory.DailyTotal(
                        false,
                        amount(bolusOfDay),
                        amount(basalOfDay()),
                        day.map(DeviceDateTime::year).orElse(0),
                        day.map(DeviceDateTime::month).orElse(0),
                        day.map(DeviceDateTime::day).orElse(0)));
        bolusOfDay = BigDecimal.ZERO;
        basalHoursOfDay = BigDecimal.ZERO;
        pump.changed(Change.TOTAL_DAILY_INSULIN);
    }

    private void add(Running running, Instant to) {
        BigDecimal more = running.count(to).min(reservoir());
        if (more.signum() > 0) {
            bolus = bolus.add(more);
            bolusOfDay = bolusOfDay.add(more);
            used = used.add(more);
            acting.add(new Portion(to, more));
        }
        while (!acting.isEmpty() && Duration.between(acting.getFirst().at(), to).toMinutes() >= ACTS_FOR_MINUTES) {
            acting.removeFirst();
        }
    }

    /** Starts, pauses or stops; boluses and a temporary rate end with the delivery. */
    void therapy(TherapyControlState wanted) {
        account();
        if (wanted == therapy) {
            return;
        }
        BigDecimal before = rate(now());
        if (wanted != TherapyControlState.RUN) {
            running().forEach(each -> end(each, EndReason.CANCELED));
            temporary().ifPresent(each -> endTemporary(EndReason.CANCELED));
        }
        pump.record(
                HistoryEventType.THERAPY_CONTROL_STATE_CHANGED,
                new PumpStateHistory.TherapyChanged(Coded.of(therapy), Coded.of(wanted)));
        therapy = wanted;
        tick.cancel();
        watch();
        basalChanged(before);
        pump.changed(Change.THERAPY_CONTROL_STATE);
    }

    /** Looks each minute whether the reservoir still holds enough, while insulin is delivered. */
    private void watch() {
        if (therapy == TherapyControlState.RUN && pump.peripheral().isInTheAir()) {
            tick = scheduler.schedule(
                    MINUTE,
                    () -> pump.later(() -> {
                        account();
                        watch();
                    }));
        }
    }

    /** Begins a bolus and returns its number. */
    int begin(SetBolus request) {
        account();
        lastBolusId = lastBolusId % 0xFFFF + 1;
        Running running = new Running(lastBolusId, request, now());
        boluses.put(running.id, running);
        running.timer = scheduler.schedule(
                Duration.between(now(), running.end),
                () -> pump.later(() -> end(running, EndReason.PROGRAMMED_DURATION_OVER)));
        pump.record(HistoryEventType.BOLUS_PROGRAMMED_1, new BolusHistory.BolusAmounts(running.id, running.programmed));
        pump.record(HistoryEventType.BOLUS_PROGRAMMED_2, new BolusHistory.Programmed(running.details));
        pump.changed(Change.ACTIVE_BOLUS);
        return running.id;
    }

    /** Ends a bolus, of which what was delivered so far stays delivered. */
    void end(Running running, EndReason reason) {
        account();
        if (boluses.remove(running.id) == null) {
            return;
        }
        running.timer.cancel();
        long minutes = Math.max(0, Duration.between(running.begin, now()).toMinutes());
        boolean isFast = running.programmed.type().is(Bolus.Type.FAST);
        Bolus delivered = new Bolus(
                running.programmed.type(),
                amount(running.fastBy(now())),
                amount(running.extendedBy(now())),
                isFast ? 0 : (int) Math.min(minutes, running.programmed.durationMinutes()));
        pump.record(HistoryEventType.BOLUS_DELIVERED_1, new BolusHistory.BolusAmounts(running.id, delivered));
        pump.record(
                HistoryEventType.BOLUS_DELIVERED_2,
                new BolusHistory.Delivered(
                        Duration.between(running.set, running.begin).toSeconds(),
                        running.details.activationType(),
                        Optional.of(Coded.of(reason)),
                        OptionalInt.empty()));
        pump.changed(Change.ACTIVE_BOLUS);
        pump.changed(Change.RESERVOIR_STATUS);
    }

    /** Sets a temporary rate, or replaces the one that runs. */
    void begin(SetTemporaryRate request) {
        account();
        BigDecimal before = rate(now());
        OptionalInt elapsed = temporary()
                .map(each -> OptionalInt.of(
                        (int) Duration.between(each.from(), now()).toMinutes()))
                .orElse(OptionalInt.empty());
        Temporary begun = new Temporary(request, now());
        tbr = begun;
        scheduler.schedule(
                Duration.ofMinutes(request.rate().durationMinutes()),
                () -> pump.later(() -> {
                    if (begun.equals(tbr)) {
                        endTemporary(EndReason.PROGRAMMED_DURATION_OVER);
                    }
                }));
        pump.record(
                elapsed.isPresent() ? HistoryEventType.TBR_CHANGED : HistoryEventType.TBR_STARTED,
                new BasalRateHistory.TemporaryRateSet(request.rate(), elapsed, request.template()));
        basalChanged(before);
    }

    /** Ends the temporary rate that runs. */
    void endTemporary(EndReason reason) {
        account();
        Temporary ended = temporary().orElseThrow();
        BigDecimal before = rate(now());
        tbr = null;
        pump.record(
                HistoryEventType.TBR_ENDED,
                new BasalRateHistory.TemporaryRateEnded(
                        ended.request().rate().type(),
                        (int) Duration.between(ended.from(), now()).toMinutes(),
                        Coded.of(reason),
                        ended.request().template(),
                        OptionalInt.empty()));
        basalChanged(before);
    }

    void startPriming(BigDecimal units) {
        account();
        Priming begun = new Priming(units, now());
        priming = begun;
        pump.record(HistoryEventType.PRIMING_STARTED, new InsulinAmount(amount(units)));
        operation(OperationalState.PRIMING);
        long seconds = units.multiply(SECONDS)
                .divide(PRIMING_RATE, 0, RoundingMode.CEILING)
                .longValueExact();
        scheduler.schedule(
                Duration.ofSeconds(seconds),
                () -> pump.later(() -> {
                    if (begun.equals(priming)) {
                        endPriming(PrimingEnd.PROGRAMMED_AMOUNT_REACHED);
                    }
                }));
    }

    void endPriming(PrimingEnd reason) {
        Priming ended = Optional.ofNullable(priming).orElseThrow();
        BigDecimal moved = seconds(ended.from(), now())
                .multiply(PRIMING_RATE)
                .divide(SECONDS, SCALE, RoundingMode.DOWN)
                .min(ended.units());
        priming = null;
        used = used.add(moved);
        pump.record(
                HistoryEventType.PRIMING_DONE,
                new PumpStateHistory.Primed(amount(moved), Coded.of(reason), OptionalInt.empty()));
        operation(OperationalState.READY);
        pump.changed(Change.RESERVOIR_STATUS);
    }

    /** Puts a reservoir with so many IU into its place. */
    void fill(BigDecimal units) {
        account();
        isAttached = true;
        filled = units;
        used = BigDecimal.ZERO;
        usedBasalHours = BigDecimal.ZERO;
        pump.record(HistoryEventType.RESERVOIR_REMAINING_CHANGED, new InsulinAmount(amount(units)));
        pump.changed(Change.RESERVOIR_STATUS);
        operation(OperationalState.READY);
    }

    /** Takes the reservoir out; nothing can be delivered. */
    void detach() {
        therapy(TherapyControlState.STOP);
        isAttached = false;
        pump.changed(Change.RESERVOIR_STATUS);
        operation(OperationalState.STANDBY);
    }

    private void operation(OperationalState wanted) {
        if (wanted != operation) {
            pump.record(
                    HistoryEventType.OPERATIONAL_STATE_CHANGED,
                    new PumpStateHistory.OperationChanged(Coded.of(operation), Coded.of(wanted)));
            operation = wanted;
            pump.changed(Change.OPERATIONAL_STATE);
        }
    }

    private void basalChanged(BigDecimal before) {
        BigDecimal after = rate(now());
        if (after.compareTo(before) != 0) {
            pump.record(
                    HistoryEventType.DELIVERED_BASAL_RATE_CHANGED,
                    new BasalRateHistory.BasalRateChanged(amount(before), amount(after), Optional.empty()));
            pump.changed(Change.ACTIVE_BASAL_RATE);
        }
    }

    /** Returns what is delivered as basal rate, IU/h. */
    private BigDecimal rate(Instant at) {
        if (therapy != TherapyControlState.RUN) {
            return BigDecimal.ZERO;
        }
        BigDecimal profile = templates.basalRate(minuteOfDay(at));
        Temporary over = tbr;
        if (over == null || at.isBefore(over.from()) || !at.isBefore(over.end())) {
            return profile;
        }
        TemporaryRate wanted = over.request().rate();
        BigDecimal adjustment = wanted.adjustment().toBigDecimal();
        return wanted.type().is(TemporaryRate.Type.RELATIVE) ? profile.multiply(adjustment) : adjustment;
    }

    private int minuteOfDay(Instant at) {
        return pump.clockAt(at).map(clock -> clock.hour() * 60 + clock.minute()).orElseGet(() ->
                (int) Math.floorMod(at.getEpochSecond() / 60, (long) PumpTemplates.DAY));
    }

    private static BigDecimal seconds(Instant from, Instant to) {
        return BigDecimal.valueOf(Math.max(0, Duration.between(from, to).toSeconds()));
    }

    private static BigDecimal units(BigDecimal hours) {
        return hours.divide(MINUTES, SCALE, RoundingMode.DOWN);
    }

    /** Returns an amount in the most digits that two octets hold, at most two after the point, rounded down. */
    static MedicalFloat amount(BigDecimal units) {
        int scale = 2;
        while (units.setScale(scale, RoundingMode.DOWN).unscaledValue().compareTo(MOST_DIGITS) > 0) {
            scale--;
        }
        return MedicalFloat.from(units.setScale(scale, RoundingMode.DOWN));
    }

    /** Returns an amount in four octets, three digits after the point, rounded down. */
    static MedicalFloat longAmount(BigDecimal units) {
        return MedicalFloat.from(units.setScale(SCALE, RoundingMode.DOWN));
    }

    /** Returns the numbers of the boluses that run. */
    List<Integer> ids() {
        return new ArrayList<>(boluses.keySet());
    }
}
