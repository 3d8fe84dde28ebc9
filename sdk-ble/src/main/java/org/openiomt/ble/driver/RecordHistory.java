package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.openiomt.ble.procedure.RecordOutcome;
import org.openiomt.ble.procedure.RecordProcedures;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.Scheduler;

/*
 * Which records of a device are new, which are safe, and which may go.
 *
 * Resuming. The last record that the gateway has stored is remembered by its number and by what it is: its identity. The next session asks for the records from that number on,
 * that one included: when it comes with the same identity, what comes behind it is new. When it does not come, the device was
 * reset or replaced and counts anew, so every record is asked for. A device that knows no such filter sends all records; those
 * before the last one are passed over. What it sends of itself before the known record has come waits for the end of the report.
 * A record that the gateway's queue gave up is not remembered, nor is any after it, so that the next session fetches them again. What
 * was not understood, or did not come, is asked for again, three times within some minutes, and in three sessions more; then it is passed
 * over, having been reported each time. A session that lasts counts as one more every six hours. A record that says nothing without one
 * that is missing waits until that one has come or is passed over; it stays on the device meanwhile.
 *
 * Deleting, where the application asked for it. Every record is then asked for in each session: those that are still there were not
 * acknowledged, or not deleted. They are deleted up to and with a number when the sink has acknowledged all that came up to it, and when
 * the device counts exactly so many up to it: one that was not understood, or not received, keeps all from being deleted. A record that
 * the device made meanwhile has a higher number and stays, and so does everything where the device cannot count or delete by number.
 */
final class RecordHistory {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(5));
    private static final Duration LATER = Duration.ofHours(6);
    private static final int MOST_TRIES = 3;
    private static final long LAST_NUMBER = 0xFFFF;
    private static final int MOST_HELD = 1_024;
    private static final int MOST_KNOWN = 4_096;

    private final DriverContext context;
    private final RecordProcedures<?> records;
    private final Duration settling;
    private final boolean isDeleting;
    private final String numberName;
    private final String identityName;
    private final String triesName;
    private final OptionalLong lastNumber;
    private final OptionalLong lastIdentity;
    private final Deque<Held> ahead = new ArrayDeque<>();
    private final Set<Key> known = new LinkedHashSet<>();
    private final Deque<Arriving> arriving = new ArrayDeque<>();
    private boolean isLive;
    private boolean isNew;
    private boolean isComplete = true;
    private boolean isWhole = true;
    private boolean isFetching;
    private boolean isMoreWanted;
    private boolean isAskingAgain;
    private Scheduler.Cancellable askingAgain = () -> {};
    private int attempts;
    private long tries;
    private Consumer<OptionalLong> onRequest = first -> {};
    private OptionalLong safe = OptionalLong.empty();
    private OptionalLong highest = OptionalLong.empty();
    private boolean isDeletionDue;
    private long arrivedRecords;
    private OptionalLong arrived = OptionalLong.empty();

    private record Key(long number, long identity) {}

    private record Held(Key key, List<Observation> observations, Map<String, Long> beside) {}

    /** A record on its way to the sink. */
    private static final class Arriving {
        private final Key key;
        private int missing;

        Arriving(Key key, int missing) {
            this.key = key;
            this.missing = missing;
        }
    }

    /**
     * Follows the records of one device.
     *
     * @param name under which it is remembered, such as {@code glucose}
     * @param settling a record comes at the latest this long after its report
     * @param canDelete whether records of this kind may be deleted at all
     */
    RecordHistory(
            DriverContext context, RecordProcedures<?> records, String name, Duration settling, boolean canDelete) {
        this.context = context;
        this.records = records;
        this.settling = settling;
        this.isDeleting = canDelete && context.mayDeleteRecords();
        this.numberName = name + ".number";
        this.identityName = name + ".time";
        this.triesName = name + ".tries";
        this.tries = context.remembered(triesName).orElse(0);
        this.lastNumber = context.remembered(numberName);
        this.lastIdentity = context.remembered(identityName);
        this.isNew = lastNumber.isEmpty() || isDeleting;
        records.onRefused(this::lose);
    }

    /** The device keeps nothing that can be asked for: what it sends is all there is, and is offered as it comes. */
    void withoutRecords() {
        isLive = true;
    }

    /** Returns an identity for what a record says, by its time; 0 for one that says nothing. */
    static long identity(List<Observation> observations) {
        return observations.isEmpty()
                ? 0
                : observations.get(0).time().device().toString().hashCode();
    }

    /** Begins to fetch, when the channels are open. */
    void fetch() {
        if (isNew) {
            ask(OptionalLong.empty()).thenAccept(outcome -> {
                report(outcome);
                fetched(outcome);
            });
            return;
        }
        ask(lastNumber).thenAccept(outcome -> {
            report(outcome);
            if (outcome instanceof RecordOutcome.NoRecords) {
                startOver();
            } else if (outcome instanceof RecordOutcome.Done) {
                context.after(settling, () -> resumed(outcome));
            } else {
                isNew = true; // what the device sends of itself is then all that there is
                release();
                fetched(outcome);
            }
        });
    }

    /** Asks for the records from a number on, or for all: with them, everything comes again that is missing. */
    private CompletionStage<RecordOutcome> ask(OptionalLong first) {
        isFetching = true;
        isWhole = true;
        onRequest.accept(first);
        return first.isPresent() ? records.reportFrom(first.getAsLong()) : records.reportAll();
    }

    /** Runs a task before each request for a run of records, with the number of its first, or none for all. */
    void onRequest(Consumer<OptionalLong> task) {
        onRequest = task;
    }

    /** Returns the number of the record behind which this session goes on; empty when it fetches all. */
    OptionalLong lastNumber() {
        return lastNumber;
    }

    /** The device has made a record just now: fetches those behind the highest number that has come. */
    void fetchNewer() {
        if (isNew && !records.isRunning() && highest.isPresent()) {
            records.reportFrom(highest.getAsLong() + 1).thenAccept(this::report);
        }
    }

    private void resumed(RecordOutcome outcome) {
        if (isNew) {
            release();
            fetched(outcome);
        } else {
            startOver();
        }
    }

    private void startOver() {
        ahead.clear();
        isNew = true;
        fetch();
    }

    /** A record did not come, or was not understood. */
    void lose() {
        isWhole = isLive;
        if (!records.isRunning()) {
            askAgain();
        }
    }

    /** Whether nothing that was sent since the last request is missing. */
    boolean isWhole() {
        return isWhole;
    }

    /**
     * Returns whether a record that needs one that is missing before it must wait, because both are asked for again. It need not
     * when the device keeps nothing that can be asked for, when what is missing is passed over, or when the device has it no more:
     * when it was asked for several times, and the report came without a fault.
     */
    boolean waitsForMissing() {
        boolean isGone = isWhole && attempts >= PAUSES.size();
        if (isLive || isGone || isPassedOver()) {
            return false;
        }
        lose();
        return true;
    }

    /** Whether what is missing will not be asked for again. */
    private boolean isPassedOver() {
        return attempts >= PAUSES.size() && tries + attempts - PAUSES.size() >= MOST_TRIES;
    }

    /** Asks once more for what is missing, from the last record on before which nothing is. */
    private void askAgain() {
        if (isWhole || isAskingAgain || isPassedOver()) {
            return;
        }
        isAskingAgain = true;
        askingAgain = context.after(attempts < PAUSES.size() ? PAUSES.get(attempts) : LATER, () -> {
            isAskingAgain = false;
            attempts++;
            fetchNew();
        });
    }

    /** The device has new records; what is asked for while a report runs is asked for behind it. */
    void fetchNew() {
        if (isFetching) {
            isMoreWanted = true;
        } else if (isNew) {
            catchUp();
        }
    }

    /** Asks for everything behind the last record before which nothing is missing. Each is delivered once. */
    private void catchUp() {
        ask(safe).thenAccept(outcome -> {
            report(outcome);
            isWhole &= isAnswer(outcome);
            fetched(outcome);
        });
    }

    private static boolean isAnswer(RecordOutcome outcome) {
        return outcome instanceof RecordOutcome.Done || outcome instanceof RecordOutcome.NoRecords;
    }

    private void fetched(RecordOutcome outcome) {
        isFetching = false;
        if (isWhole && isAnswer(outcome)) {
            askingAgain.cancel();
            isAskingAgain = false;
            attempts = 0;
            tries = 0;
            context.remember(triesName, 0);
        } else if (attempts >= PAUSES.size()) {
            context.remember(triesName, tries + attempts - PAUSES.size() + 1);
        }
        if (isMoreWanted) {
            isMoreWanted = false;
            catchUp();
        } else {
            askAgain();
        }
    }

    private void release() {
        while (!ahead.isEmpty()) {
            Held held = ahead.remove();
            deliver(held.key, held.observations, held.beside);
        }
    }

    /**
     * Takes a record, asked for or not.
     *
     * @param number the device's number of it
     * @param identity differs for different records of one number
     * @param observations what it says; none for one that says nothing to the application
     */
    void take(long number, long identity, List<Observation> observations) {
        take(number, identity, observations, Map.of());
    }

    /**
     * Takes a record, asked for or not.
     *
     * @param beside what a session that goes on behind it needs to know, by names; kept together with its number
     */
    void take(long number, long identity, List<Observation> observations, Map<String, Long> beside) {
        if (isLive) {
            observations.forEach(context::offer);
            return;
        }
        Key key = new Key(number, identity);
        highest = OptionalLong.of(Math.max(number, highest.orElse(number)));
        if (isNew) {
            deliver(key, observations, beside);
            return;
        }
        isNew = number == lastNumber.orElseThrow() && identity == lastIdentity.orElseThrow();
        if (isNew) {
            know(key);
            remember(key, beside);
        } else if (number > lastNumber.orElseThrow() && ahead.size() < MOST_HELD) {
            ahead.add(new Held(key, observations, beside));
        }
    }

    /** Offers what was not offered in this session. */
    private void deliver(Key key, List<Observation> observations, Map<String, Long> beside) {
        if (!know(key)) {
            remember(key, beside);
            return;
        }
        Arriving one = new Arriving(key, Math.max(1, observations.size())); // one that says nothing never arrives
        boolean isTracked = isDeleting && arriving.size() < DriverContext.MAX_AWAITED;
        if (isTracked) {
            arriving.add(one);
        }
        for (Observation observation : observations) {
            isComplete &= isTracked ? context.offer(observation, () -> arrived(one)) : context.offer(observation);
        }
        remember(key, beside);
    }

    private void remember(Key key, Map<String, Long> beside) {
        if (isWhole || isPassedOver()) {
            safe = OptionalLong.of(key.number);
            if (isComplete && !isDeleting) {
                Map<String, Long> numbers = new HashMap<>(beside);
                numbers.put(numberName, key.number);
                numbers.put(identityName, key.identity);
                context.rememberWhenStored(numbers);
            }
        }
    }

    private boolean know(Key key) {
        if (known.size() >= MOST_KNOWN) {
            known.remove(known.iterator().next());
        }
        return known.add(key);
    }

    private void arrived(Arriving one) {
        one.missing--;
        while (!arriving.isEmpty() && arriving.element().missing == 0) {
            Key key = arriving.remove().key;
            boolean isNext = arrived.isEmpty() || key.number > arrived.getAsLong();
            if (!isNext) {
                return; // its numbers began anew: nothing more is deleted in this session
            }
            arrived = OptionalLong.of(key.number);
            arrivedRecords++;
            deleteSoon();
        }
    }

    private void deleteSoon() {
        if (!isDeletionDue) {
            isDeletionDue = true;
            context.after(QUIET, this::delete);
        }
    }

    private void delete() {
        isDeletionDue = false;
        long number = arrived.orElseThrow();
        long count = arrivedRecords;
        if (number >= LAST_NUMBER) {
            return; // its numbers begin anew behind this one
        }
        records.countFrom(number + 1)
                .thenCompose(newer -> records.countAll().thenApply(all -> upTo(all, newer)))
                .thenAccept(there -> {
                    if (there.isPresent() && there.getAsLong() == count) {
                        arrivedRecords -= count;
                        records.deleteUpTo(number).thenAccept(this::reportDeletion);
                    } else {
                        context.degraded("records stay on the device: it has others than those that arrived");
                    }
                });
    }

    private static OptionalLong upTo(RecordOutcome all, RecordOutcome newer) {
        OptionalLong fromThere = count(newer);
        OptionalLong inAll = count(all);
        return fromThere.isPresent() && inAll.isPresent()
                ? OptionalLong.of(inAll.getAsLong() - fromThere.getAsLong())
                : OptionalLong.empty();
    }

    private static OptionalLong count(RecordOutcome outcome) {
        if (outcome instanceof RecordOutcome.Count count) {
            return OptionalLong.of(count.records());
        }
        return outcome instanceof RecordOutcome.NoRecords ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private void reportDeletion(RecordOutcome outcome) {
        if (!(outcome instanceof RecordOutcome.Done)) {
            context.degraded("the device did not delete its records");
        }
    }

    private void report(RecordOutcome outcome) {
        if (outcome instanceof RecordOutcome.Refused refused) {
            context.degraded("the device gives no records: " + refused.reason());
        } else if (outcome instanceof RecordOutcome.NoAnswer silence) {
            context.degraded("the device gave no record for " + silence.after().toSeconds() + " s");
        } else if (outcome instanceof RecordOutcome.Endless flood) {
            context.degraded(
                    "the device sends records without end, for " + flood.after().toMinutes() + " min now");
            records.abort();
        }
    }
}
