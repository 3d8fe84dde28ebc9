package org.openiomt.ble.driver;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openiomt.ble.driver.InsulinObservations.Reference;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.InsulinRecords;
import org.openiomt.ble.procedure.Outcome;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.ClockHistory;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinContext.AmountForm;
import org.openiomt.ble.profile.insulin.InsulinFeatures;
import org.openiomt.ble.profile.insulin.InsulinStatus;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.InsulinValue;
import org.openiomt.ble.profile.insulin.StatusChanged;
import org.openiomt.ble.profile.insulin.StatusChanged.Change;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBasalRate;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.ActiveBolus;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Body;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusIds;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusQuery;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.BolusValueSelection;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.DailyInsulin;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Op;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Reset;
import org.openiomt.ble.quirk.Quirk;
import org.openiomt.ble.quirk.Quirks;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Warning;

/*
 * A session with an insulin pump.
 *
 *   maker -> features -> announcements, history, control points -> state, what is delivered now, events that are new
 *   status changed -> what changed is read anew -> its flags are reset
 *
 * Every value bears a counter and a check sum where the features say so: one that fails its check sum is refused, one that comes
 * twice is dropped, and a gap in the history is asked for again.
 *
 * The time of an event needs the last reference time before it, and its id needs its time. So that an event is told once, its time must
 * be final: an event behind a gap is not told before what is missing has come, for that may be a reference time. When what is missing is
 * passed over, or the pump has it no more, the events from there to the next reference time are told without a time, and stay so: the
 * reference time of the last event that is safe, or that it has none, is remembered with its number for the next session.
 */
final class InsulinPump {
    static final Channel STATUS = Gatt.channel("183a", "2b21");
    private static final Channel STATUS_CHANGED = Gatt.channel("183a", "2b20");
    private static final Channel ANNUNCIATION = Gatt.channel("183a", "2b22");
    private static final Channel FEATURES = Gatt.channel("183a", "2b23");
    private static final Channel STATUS_READER = Gatt.channel("183a", "2b24");
    private static final Channel RECORD_ACCESS = Gatt.channel("183a", "2b27");
    private static final Channel HISTORY_DATA = Gatt.channel("183a", "2b28");

    private static final String REFERENCE = "pump.reference";
    private static final String OFFSET = "pump.offset";
    private static final long NOT_KNOWN = Long.MIN_VALUE;
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final int MOST_REFERENCES = 64;
    private static final int MOST_BOLUSES = 8;

    private final GattSession gatt;
    private final DriverContext context;
    private final InsulinContext form;
    private final InsulinRecords records;
    private final RecordHistory history;
    private final ControlPointClient<StatusReaderMessage> reader;
    private final Map<Channel, E2eCounter> counters = new HashMap<>();
    private final TreeMap<Long, Optional<Reference>> references = new TreeMap<>();
    private final Set<Change> changed = EnumSet.noneOf(Change.class);
    private boolean isReading;
    private long next = -1;
    private Optional<InsulinStatus> status = Optional.empty();
    private Optional<AnnunciationState.Annunciation> annunciation = Optional.empty();
    private String told = "";

    private InsulinPump(GattSession gatt, InsulinContext form) {
        this.gatt = gatt;
        this.context = gatt.context();
        this.form = form;
        this.records = new InsulinRecords(gatt, RECORD_ACCESS, form);
        this.history = new RecordHistory(context, records, "pump", SETTLED, false);
        this.reader = new ControlPointClient<>(gatt, STATUS_READER, ControlPointForms.statusReader(form));
    }

    /** Reads, subscribes, and begins to fetch. Completes when readings can come. */
    static CompletionStage<Boolean> open(GattSession gatt) {
        return DeviceQuirks.read(gatt)
                .thenCompose(quirks -> gatt.readIfPresent(FEATURES, InsulinFeatures.CODEC)
                        .thenApply(features -> new InsulinPump(gatt, form(quirks, features))))
                .thenCompose(pump -> pump.announcements()
                        .thenCompose(there -> pump.controlPoints())
                        .thenApply(hasRecords -> {
                            pump.begin(hasRecords);
                            return true;
                        }));
    }

    private static InsulinContext form(List<Quirk> quirks, Optional<InsulinFeatures> features) {
        if (!Quirks.effects(quirks, Quirk.WideAmounts.class).isEmpty()) {
            return new InsulinContext(E2eContext.ABSENT, AmountForm.FLOAT);
        }
        E2eContext otherwise = Quirks.effects(quirks, Quirk.CheckSum.class).stream()
                .findFirst()
                .map(sum -> E2eContext.presentWith(sum.algorithm()))
                .orElse(E2eContext.NOT_KNOWN);
        return InsulinContext.of(features.map(InsulinFeatures::e2e).orElse(otherwise));
    }

    private CompletionStage<Boolean> announcements() {
        return hear(STATUS_CHANGED, StatusChanged::codec, this::changed)
                .thenCompose(there -> hear(STATUS, InsulinStatus::codec, this::status))
                .thenCompose(there -> hear(ANNUNCIATION, AnnunciationState::codec, this::annunciation))
                .thenCompose(there ->
                        records.records(HISTORY_DATA, HistoryEvent.codec(form), sound(HISTORY_DATA, this::happened)));
    }

    private CompletionStage<Boolean> controlPoints() {
        return reader.open().thenCompose(there -> PumpTherapy.open(gatt, form)).thenCompose(there -> records.open());
    }

    private void begin(boolean hasRecords) {
        if (hasRecords) {
            history.lastNumber().ifPresent(number -> references.put(number, rememberedReference()));
            history.onRequest(this::asking);
            history.fetch();
        } else {
            history.withoutRecords();
        }
        changed.addAll(EnumSet.complementOf(EnumSet.of(Change.HISTORY_EVENT_RECORDED)));
        readChanges();
    }

    // --- values with counters ---------------------------------------------------------------------------------------

    private <T extends InsulinValue> CompletionStage<Boolean> hear(
            Channel channel, Function<InsulinContext, Codec<T>> codecs, Consumer<T> values) {
        return gatt.subscribeIfPresent(channel, codecs.apply(form), sound(channel, values));
    }

    private <T extends InsulinValue> CompletionStage<Void> read(
            Channel channel, Function<InsulinContext, Codec<T>> codecs, Consumer<T> values) {
        return gatt.readIfPresent(channel, codecs.apply(form))
                .thenAccept(value -> value.ifPresent(sound(channel, values)));
    }

    /** Lets through what proved itself and did not come before. */
    private <T extends InsulinValue> Consumer<T> sound(Channel channel, Consumer<T> values) {
        return value -> {
            if (!value.check().isTrusted()) {
                context.odd(channel, List.of(new Warning("crc", 0, "a value that did not prove itself is not used")));
                return;
            }
            E2eCounter.Outcome order =
                    counters.computeIfAbsent(channel, first -> new E2eCounter()).accept(value.check());
            if (!(order instanceof E2eCounter.Whole)) {
                context.odd(channel, List.of(new Warning("counter", 0, order.toString())));
            }
            if (order instanceof E2eCounter.Lost && channel.equals(HISTORY_DATA)) {
                history.lose();
            }
            if (!(order instanceof E2eCounter.Repeated)) {
                values.accept(value);
            }
        };
    }

    // --- state ------------------------------------------------------------------------------------------------------

    private void changed(StatusChanged value) {
        changed.addAll(value.changes());
        readChanges();
    }

    /** Reads what changed, once for all changes that came until then, and resets their flags. */
    private void readChanges() {
        if (isReading || changed.isEmpty()) {
            return;
        }
        isReading = true;
        Set<Change> now = EnumSet.copyOf(changed);
        changed.clear();
        if (now.contains(Change.HISTORY_EVENT_RECORDED)) {
            history.fetchNew();
        }
        read(STATUS, InsulinStatus::codec, this::status)
                .thenCompose(read -> read(ANNUNCIATION, AnnunciationState::codec, this::annunciation))
                .thenCompose(read -> readIf(now, Change.ACTIVE_BASAL_RATE, Op.GET_ACTIVE_BASAL_RATE_DELIVERY))
                .thenCompose(read -> readIf(now, Change.TOTAL_DAILY_INSULIN, Op.GET_TOTAL_DAILY_INSULIN_STATUS))
                .thenCompose(read -> readIf(now, Change.ACTIVE_BOLUS, Op.GET_ACTIVE_BOLUS_IDS))
                .thenCompose(read -> ask(Op.RESET_STATUS, new Reset(now)))
                .thenAccept(reset -> {
                    isReading = false;
                    readChanges();
                });
    }

    private CompletionStage<Void> readIf(Set<Change> changes, Change change, Op op) {
        return changes.contains(change) ? ask(op, new Empty()) : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> ask(Op op, Body body) {
        return reader.run(StatusReaderMessage.of(op, body)).thenCompose(outcome -> {
            if (outcome instanceof Outcome.NoAnswer) {
                context.degraded("the pump does not answer what is asked of its state");
            }
            return outcome.answered()
                    .map(answer -> answered(answer.body()))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
    }

    private CompletionStage<Void> answered(Body body) {
        CompletionStage<Void> asked = CompletableFuture.completedFuture(null);
        if (body instanceof ActiveBasalRate rate) {
            offer(InsulinObservations.now(rate, context.arrival()));
        } else if (body instanceof DailyInsulin day) {
            offer(InsulinObservations.now(day, context.arrival()));
        } else if (body instanceof ActiveBolus bolus) {
            offer(InsulinObservations.now(bolus, context.arrival()));
        } else if (body instanceof BolusIds ids) {
            for (int id : ids.ids().subList(0, Math.min(MOST_BOLUSES, ids.ids().size()))) {
                asked = asked.thenCompose(done ->
                        ask(Op.GET_ACTIVE_BOLUS_DELIVERY, new BolusQuery(id, Coded.of(BolusValueSelection.DELIVERED))));
            }
        }
        return asked;
    }

    private void offer(List<Observation> observations) {
        StandardDriver.offer(gatt, observations);
    }

    private void status(InsulinStatus now) {
        status = Optional.of(now);
        tell();
    }

    private void annunciation(AnnunciationState now) {
        annunciation = now.annunciation();
        tell();
    }

    private void tell() {
        List<String> words = new ArrayList<>();
        status.ifPresent(now -> {
            if (!now.therapyControlState().is(TherapyControlState.RUN)) {
                words.add("therapy " + now.therapyControlState());
            }
            if (!now.isReservoirAttached()) {
                words.add("no reservoir");
            } else if (now.reservoirUnits().isFinite() && now.reservoirUnits().mantissa() <= 0) {
                words.add("reservoir empty");
            }
        });
        annunciation
                .filter(one -> !one.status().is(AnnunciationState.Status.CONFIRMED))
                .ifPresent(one -> words.add(one.type() + " (annunciation " + one.instanceId() + ")"));
        String now = String.join(", ", words);
        if (now.equals(told)) {
            return;
        }
        told = now;
        if (now.isEmpty()) {
            context.recovered();
        } else {
            context.degraded("the pump says: " + now);
        }
    }

    // --- history ----------------------------------------------------------------------------------------------------

    private void asking(OptionalLong first) {
        next = first.orElse(-1);
        if (first.isEmpty()) {
            references.clear();
        }
    }

    /** The pump numbers its events one by one. A report of all begins with any number, but what was lost may come before it. */
    private boolean isBehindAGap(long number) {
        return next < 0 ? !history.isWhole() : number > next;
    }

    private void happened(HistoryEvent event) {
        if (event.sequenceNumber().isEmpty()) {
            damaged();
            return;
        }
        long number = event.sequenceNumber().getAsLong();
        if (isBehindAGap(number)) {
            if (history.waitsForMissing()) {
                return;
            }
            refer(number, Optional.empty());
        }
        next = number + 1;
        if (event.data() instanceof ClockHistory.ReferenceTime || event.data() instanceof ClockHistory.BaseOffset) {
            refer(number, Reference.of(event));
        }
        Map.Entry<Long, Optional<Reference>> before = references.floorEntry(number);
        Optional<Reference> reference = before == null ? Optional.empty() : before.getValue();
        history.take(
                number,
                Objects.hash(event.type().code(), event.offsetSeconds(), event.data()),
                InsulinObservations.of(event, reference, context.arrival()),
                toRemember(reference));
    }

    /** The pump itself has lost an event and its number, which may have been a reference time. */
    private void damaged() {
        if (next >= 0 && history.isWhole()) {
            refer(next, Optional.empty());
            next++;
        }
    }

    private void refer(long number, Optional<Reference> reference) {
        references.put(number, reference);
        if (references.size() > MOST_REFERENCES) {
            references.pollFirstEntry();
        }
    }

    private static Map<String, Long> toRemember(Optional<Reference> reference) {
        return Map.of(
                REFERENCE,
                reference.map(one -> one.local().toEpochSecond(ZoneOffset.UTC)).orElse(NOT_KNOWN),
                OFFSET,
                reference
                        .flatMap(Reference::offset)
                        .map(offset -> (long) offset.getTotalSeconds())
                        .orElse(NOT_KNOWN));
    }

    private Optional<Reference> rememberedReference() {
        return remembered(REFERENCE)
                .map(seconds -> new Reference(
                        LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC),
                        remembered(OFFSET).map(offset -> ZoneOffset.ofTotalSeconds(Math.toIntExact(offset)))));
    }

    private Optional<Long> remembered(String name) {
        OptionalLong number = context.remembered(name);
        return number.isPresent() && number.getAsLong() != NOT_KNOWN
                ? Optional.of(number.getAsLong())
                : Optional.empty();
    }
}
