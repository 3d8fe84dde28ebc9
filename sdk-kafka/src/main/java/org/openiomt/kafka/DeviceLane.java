package org.openiomt.kafka;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Scheduler;

/*
 * What one device sends in one lane, from a partition to the application. Only the partition's mailbox touches it.
 *
 * Records wait in the order of the partition. One that was stored before earlier numbers of its device waits for them for a while: a broker
 * of MQTT may let messages overtake each other (ARTEMIS-6191), and the log keeps that for ever. A genuine record whose key has not been
 * announced yet waits for that, and its device with it. When the handler fails, the record stays at its place and is gone on with after a
 * pause, at the observation that failed.
 *
 * What lies before the place where the group has left the partition was done with by whoever had it then. It teaches numbers and ids, and
 * is not delivered.
 */
final class DeviceLane {
    private final PartitionStream stream;
    private final SourceContext context;
    private final Numbers numbers = new Numbers();
    private final Set<ObservationId> ids = new LinkedHashSet<>();
    private final Queue<Work> waiting = new ArrayDeque<>();
    private Scheduler.@Nullable Cancellable patience;
    private Scheduler.@Nullable Cancellable announcement;
    private long rounds;
    private boolean isPausing;
    private int failures;

    /** A record that was checked, and how far it has been worked on. */
    static final class Work {
        private final long offset;
        private final boolean isPast;
        private final KafkaMessage message;
        private final RecordOpener.Checked checked;
        private Optional<ObservationMessage> content = Optional.empty();
        private Optional<RuntimeException> fault = Optional.empty();
        private boolean isOvertaking;
        private boolean isImpatient;
        private boolean isGivenUp;
        private int next;

        Work(long offset, boolean isPast, KafkaMessage message, RecordOpener.Checked checked) {
            this.offset = offset;
            this.isPast = isPast;
            this.message = message;
            this.checked = checked;
        }

        /** Returns whether it can be worked on: it is open, or to be refused. */
        private boolean open() {
            if (content.isEmpty() && fault.isEmpty() && !isGivenUp) {
                try {
                    content = checked.open();
                } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
                    fault = Optional.of(e);
                }
            }
            return content.isPresent() || fault.isPresent() || isGivenUp;
        }
    }

    DeviceLane(PartitionStream stream, SourceContext context) {
        this.stream = stream;
        this.context = context;
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    void add(Work work) {
        waiting.add(work);
        step();
    }

    /** Works on what waits, as far as it can. */
    void step() {
        while (!isPausing && !stream.isStopped()) {
            Optional<Work> due = firstDue();
            if (due.isEmpty() || !isOpen(due.get()) || !work(due.get())) {
                return;
            }
            waiting.remove(due.get());
            stream.done(due.get().offset);
        }
    }

    /**
     * Chooses the oldest record that nothing is missing before; when they have waited in vain, the one with the lowest number. All that
     * wait end to do so together, so that a sender who leaves out many numbers costs one wait and not as many.
     */
    private Optional<Work> firstDue() {
        Optional<Work> due = waiting.stream().filter(work -> !isAhead(work)).findFirst();
        if (due.isEmpty()) {
            due = waiting.stream()
                    .filter(work -> work.isImpatient || work.isPast)
                    .min(Comparator.<Work>comparingLong(work -> work.checked.epoch())
                            .thenComparingLong(work -> work.checked.firstSequence()));
        }
        if (due.isEmpty() && !waiting.isEmpty() && patience == null) {
            long round = ++rounds;
            patience = context.scheduler()
                    .schedule(context.settings().reorderWait(), () -> stream.execute(() -> loseThePatience(round)));
        }
        return due;
    }

    /** A later number was seen, and the wait began anew, when the round is another one now. */
    private void loseThePatience(long round) {
        if (patience != null && round == rounds) {
            patience = null;
            waiting.forEach(work -> work.isImpatient = true);
            step();
        }
    }

    private boolean isAhead(Work work) {
        boolean isAhead = numbers.isAhead(work.checked.epoch(), work.checked.firstSequence());
        if (isAhead && !work.isOvertaking && !work.isPast) {
            work.isOvertaking = true;
            context.overtook();
        }
        return isAhead;
    }

    /** Opens a record whose turn it is; what cannot be opened yet keeps its turn. */
    private boolean isOpen(Work work) {
        if (work.open() || work.isPast) {
            end(announcement);
            announcement = null;
            return true;
        }
        if (announcement == null) {
            announcement = context.scheduler()
                    .schedule(
                            context.settings().announcementWait(),
                            () -> stream.execute(() -> {
                                announcement = null;
                                waiting.stream().filter(each -> !each.open()).forEach(each -> each.isGivenUp = true);
                                step();
                            }));
        }
        return false;
    }

    private static void end(Scheduler.@Nullable Cancellable timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Returns whether the record is done with. */
    private boolean work(Work work) {
        if (work.content.isEmpty()) {
            if (!work.isPast) {
                work.fault.ifPresentOrElse(
                        fault -> stream.refused(work.offset, Refusal.of(fault), String.valueOf(fault.getMessage())),
                        () -> stream.refused(
                                work.offset,
                                Refusal.KEY_NOT_ANNOUNCED,
                                "sealed with a key that was not announced within "
                                        + context.settings().announcementWait()));
            }
            return true;
        }
        List<ObservationMessage.Item> items = work.content.get().items();
        while (work.next < items.size()) {
            if (stream.isStopped() || !take(items.get(work.next), work)) {
                return false;
            }
            work.next++;
        }
        return true;
    }

    /** Returns whether the observation is done with. */
    private boolean take(ObservationMessage.Item item, Work work) {
        long epoch = work.checked.epoch();
        Observation observation;
        try {
            observation = item.observation();
        } catch (RuntimeException e) { // whatever a decoder throws, the sender's octets are the reason
            see(work, epoch, item.sequence());
            refuse(work, item.isOpened() ? Refusal.of(e) : Refusal.NOT_AUTHENTIC, item, String.valueOf(e.getMessage()));
            return true;
        }
        if (!observation.device().equals(work.message.device())) {
            refuse(work, Refusal.NOT_UNDERSTOOD, item, "of another device than its key says");
            return true;
        }
        see(work, epoch, item.sequence());
        if (ids.contains(observation.id()) || (!numbers.isForgotten(epoch) && numbers.isDone(epoch, item.sequence()))) {
            if (!work.isPast) {
                context.repeated();
            }
            return true;
        }
        if (numbers.isForgotten(epoch)) {
            refuse(work, Refusal.TOO_OLD, item, "of run " + epoch + " of its outbox, which is forgotten here");
            return true;
        }
        if (!work.isPast && !deliver(observation, item.sequence(), work)) {
            return false;
        }
        numbers.done(epoch, item.sequence());
        ids.add(observation.id());
        if (ids.size() > context.settings().idsPerDevice()) {
            Iterator<ObservationId> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    private void refuse(Work work, Refusal cause, ObservationMessage.Item item, String reason) {
        if (!work.isPast) {
            stream.refused(work.offset, cause, "observation " + item.sequence() + ": " + reason);
        }
    }

    private void see(Work work, long epoch, long sequence) {
        numbers.see(epoch, sequence).ifPresent(missing -> {
            if (!work.isPast) {
                context.missed(new SourceEvent.Gap(
                        context.now(),
                        work.message.site(),
                        work.message.gateway(),
                        work.message.device(),
                        work.message.lane(),
                        epoch,
                        missing.first(),
                        missing.last()));
            }
        });
        end(patience);
        patience = null;
    }

    private boolean deliver(Observation observation, long sequence, Work work) {
        Delivery delivery = new Delivery(
                observation,
                work.message.site(),
                work.message.gateway(),
                work.message.lane(),
                work.checked.epoch(),
                sequence);
        try {
            context.handler().take(delivery);
        } catch (Throwable e) { // the application's fault of any kind must not end the stream of the device
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failures++;
            context.notTaken(
                    new SourceEvent.NotTaken(context.now(), observation.device(), observation.id(), failures, e));
            isPausing = true;
            context.scheduler()
                    .schedule(
                            context.pause(failures),
                            () -> stream.execute(() -> {
                                isPausing = false;
                                step();
                            }));
            return false;
        }
        failures = 0;
        context.delivered();
        return true;
    }
}
