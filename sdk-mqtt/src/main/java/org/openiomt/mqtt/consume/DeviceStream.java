package org.openiomt.mqtt.consume;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.mqtt.port.Inbound;
import org.openiomt.mqtt.topic.Topic;
import org.openiomt.mqtt.topic.TopicKind;

/*
 * What one device sends, from the broker to the application.
 *
 * Messages wait in the order in which they came; one mailbox works on them, one at a time. A message is acknowledged when each of its
 * observations has been taken, was a repeat, or was refused. A message whose number says that others were sent before it waits
 * for them; some brokers let messages overtake each other (Artemis does, ARTEMIS-6191). A genuine message whose key has not been
 * announced yet waits for that. Each lane waits for itself. When the handler fails, the message stays at its place and is gone on
 * with after a pause, at the observation that failed; nothing of this device overtakes it.
 *
 * When the link is lost, what waits here cannot be acknowledged any more and will come again, so it is thrown away: a device
 * that stands still while the link comes and goes must not collect the same messages over and over. The message that is
 * being worked on goes on; when it comes again, its observations are repeats.
 */
final class DeviceStream {
    private final Source source;
    private final ObservationConsumer owner;
    private final Mailbox mailbox;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private boolean isBusy;

    // Only the mailbox touches these.
    private final Map<Lane, SequenceWatch> watches = new EnumMap<>(Lane.class);
    private @Nullable Work current;
    private final Map<Lane, Scheduler.Cancellable> patience = new EnumMap<>(Lane.class);
    private final Map<Lane, Scheduler.Cancellable> announcements = new EnumMap<>(Lane.class);
    private int failures;
    private boolean isPausing;
    private CompletableFuture<Void> remembering = Taker.TAKEN;

    /** Why a message is refused. */
    private record Fault(Refusal cause, String reason) {
        static Fault of(RuntimeException fault) {
            String message = fault.getMessage();
            return new Fault(
                    Refusal.of(fault), message == null ? fault.getClass().getSimpleName() : message);
        }
    }

    /** A message that came, and how far it has been worked on. But for being made, it is the mailbox's. */
    private static final class Work {
        private final Inbound message;
        private final Topic topic;
        private final Lane lane;
        private Optional<RecordOpener.Checked> checked = Optional.empty();
        private Optional<ObservationMessage> content = Optional.empty();
        private Optional<Fault> fault = Optional.empty();
        private boolean isOvertaking;
        private boolean isImpatient;
        private int next;
        private CompletableFuture<Void> remembered = Taker.TAKEN;

        Work(Inbound message, Topic topic) {
            this.message = message;
            this.topic = topic;
            this.lane = topic.kind() == TopicKind.WAVE ? Lane.WAVEFORM : Lane.CLINICAL;
        }

        boolean isChecked() {
            return checked.isPresent() || fault.isPresent();
        }

        /** Finds out who made it. */
        void check(RecordOpener opener) {
            try {
                checked = Optional.of(opener.check(
                        ObservationConsumer.publisherOf(topic),
                        topic.toString(),
                        topic.device().orElseThrow(),
                        message.payload()));
            } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
                fault = Optional.of(Fault.of(e));
            }
        }

        /** Opens it, and returns whether it can be worked on: it is open, or to be refused. */
        boolean open() {
            if (content.isEmpty() && fault.isEmpty()) {
                try {
                    content = checked.flatMap(RecordOpener.Checked::open);
                } catch (RuntimeException e) { // whatever an opener throws, the sender's octets are the reason
                    fault = Optional.of(Fault.of(e));
                }
            }
            return content.isPresent() || fault.isPresent();
        }

        void giveUp(Refusal cause, String reason) {
            fault = Optional.of(new Fault(cause, reason));
        }

        long epoch() {
            return checked.map(RecordOpener.Checked::epoch).orElse(0L);
        }

        /** Returns the number of its first observation; what has none comes before all others. */
        long first() {
            return checked.map(RecordOpener.Checked::firstSequence).orElse(0L);
        }
    }

    DeviceStream(Topic topic, ObservationConsumer owner) {
        this.source = Source.of(topic);
        this.owner = owner;
        this.mailbox = new Mailbox(owner.executor());
        for (Lane lane : Lane.values()) {
            SequenceWatch watch = new SequenceWatch();
            owner.memory().last(source, lane).ifPresent(watch::resume);
            watches.put(lane, watch);
        }
    }

    void add(Inbound message, Topic topic) {
        synchronized (waiting) {
            waiting.removeIf(work -> work.message.isStale());
            waiting.add(new Work(message, topic));
        }
        mailbox.execute(this::step);
    }

    /** Looks again at what waits: something was announced. */
    void look() {
        mailbox.execute(this::step);
    }

    /** Whether nothing waits and nothing is being worked on. */
    boolean isIdle() {
        synchronized (waiting) {
            return waiting.isEmpty() && !isBusy;
        }
    }

    /** Completes when what is being worked on now is over, and what was taken is remembered. */
    CompletionStage<Void> rest() {
        CompletableFuture<Void> resting = new CompletableFuture<>();
        mailbox.execute(() -> whenDone(remembering, () -> resting.complete(null)));
        return resting;
    }

    private void step() {
        if (isPausing) {
            return;
        }
        if (current == null) {
            current = next();
        }
        if (current != null && work(current)) {
            current = null;
            mailbox.execute(this::step);
        }
    }

    /** Checks what has come; the client's thread, which adds more, does not wait for that. */
    private void check() {
        List<Work> arrived;
        synchronized (waiting) {
            arrived = waiting.stream().filter(work -> !work.isChecked()).toList();
        }
        arrived.forEach(work -> work.check(owner.opener()));
    }

    private @Nullable Work next() {
        check();
        synchronized (waiting) {
            waiting.removeIf(work -> work.message.isStale());
            Work work = owner.isClosing() ? null : firstDue().orElse(null);
            if (work != null) {
                waiting.remove(work);
            }
            isBusy = work != null;
            return work;
        }
    }

    /** Chooses among the readings, and when none of them is due among the wave forms. */
    private Optional<Work> firstDue() {
        Optional<Work> due = Optional.empty();
        for (Lane lane : Lane.values()) {
            if (due.isEmpty()) {
                due = firstDue(
                                lane,
                                waiting.stream()
                                        .filter(work -> work.lane == lane && work.isChecked())
                                        .toList())
                        .filter(this::isOpen);
            }
        }
        return due;
    }

    /**
     * Chooses the oldest message that nothing is missing before; when one has waited in vain, the one with the lowest number. All
     * that wait end to do so together, so that a sender who leaves out many numbers costs one wait and not as many.
     */
    private Optional<Work> firstDue(Lane lane, List<Work> works) {
        Optional<Work> due = works.stream().filter(work -> !isAhead(work)).findFirst();
        if (works.isEmpty()) {
            endPatience(lane);
        } else if (due.isEmpty() && works.stream().anyMatch(work -> work.isImpatient)) {
            due = works.stream().min(Comparator.comparingLong(Work::epoch).thenComparingLong(Work::first));
        } else if (due.isEmpty()) {
            patience.computeIfAbsent(lane, this::bePatient);
        }
        return due;
    }

    /** Opens a message whose turn it is; what cannot be opened yet keeps its turn, and the lane waits. */
    private boolean isOpen(Work work) {
        boolean isOpen = work.open();
        Lane lane = work.lane;
        if (isOpen) {
            Scheduler.Cancellable timer = announcements.remove(lane);
            if (timer != null) {
                timer.cancel();
            }
        } else {
            announcements.computeIfAbsent(lane, this::awaitAnnouncement);
        }
        return isOpen;
    }

    private Scheduler.Cancellable awaitAnnouncement(Lane lane) {
        return owner.afterAnnouncementWait(() -> mailbox.execute(() -> waitNoLonger(lane)));
    }

    /**
     * Gives up, all together, what could have been opened only with an announcement that has not come; where none could be heard,
     * the wait begins anew.
     */
    private void waitNoLonger(Lane lane) {
        if (announcements.remove(lane) == null) {
            return;
        }
        if (!owner.hearsAnnouncements()) {
            announcements.put(lane, awaitAnnouncement(lane));
            return;
        }
        synchronized (waiting) {
            waiting.stream()
                    .filter(work -> work.lane == lane && work.isChecked() && !work.open())
                    .forEach(work -> work.giveUp(
                            Refusal.KEY_NOT_ANNOUNCED,
                            "sealed with a key that was not announced within "
                                    + owner.settings().announcementWait()));
        }
        step();
    }

    private boolean isAhead(Work work) {
        boolean isAhead = Objects.requireNonNull(watches.get(work.lane)).isAhead(work.epoch(), work.first());
        if (isAhead && !work.isOvertaking) {
            work.isOvertaking = true;
            owner.overtook();
        }
        return isAhead;
    }

    /** Waits for what was overtaken, until a later number of the lane is seen. */
    private Scheduler.Cancellable bePatient(Lane lane) {
        AtomicReference<Scheduler.@Nullable Cancellable> begun = new AtomicReference<>();
        Scheduler.Cancellable timer =
                owner.afterReorderWait(() -> mailbox.execute(() -> loseThePatience(lane, begun.get())));
        begun.set(timer);
        return timer;
    }

    private void loseThePatience(Lane lane, Scheduler.@Nullable Cancellable timer) {
        if (patience.remove(lane, timer)) {
            synchronized (waiting) {
                waiting.stream().filter(work -> work.lane == lane).forEach(work -> work.isImpatient = true);
            }
            step();
        }
    }

    private void endPatience(Lane lane) {
        Scheduler.Cancellable timer = patience.remove(lane);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Returns whether the message is done with. */
    private boolean work(Work work) {
        if (work.content.isEmpty()) {
            Fault fault = work.fault.orElseThrow();
            owner.refused(work.topic.toString(), fault.cause(), fault.reason());
            work.message.acknowledge();
            return true;
        }
        long epoch = work.epoch();
        List<ObservationMessage.Item> items = work.content.get().items();
        while (work.next < items.size()) {
            if (owner.isStopped()) {
                return false;
            }
            Delivery delivery = read(items.get(work.next), epoch, work);
            if (delivery != null && !deliver(work, delivery)) {
                return false;
            }
            work.next++;
        }
        acknowledge(work);
        return true;
    }

    /** Acknowledges a message when all of it is remembered. */
    private void acknowledge(Work work) {
        if (work.remembered.isDone()) {
            work.message.acknowledge();
        } else {
            CompletableFuture<Void> acknowledged = new CompletableFuture<>();
            remembering = CompletableFuture.allOf(remembering, acknowledged);
            whenDone(work.remembered, () -> {
                work.message.acknowledge();
                acknowledged.complete(null);
            });
        }
    }

    /** What cannot be remembered has been told by then, and holds nothing up. */
    private static void whenDone(CompletionStage<Void> stage, Runnable task) {
        stage.whenComplete((done, fault) -> task.run());
    }

    private @Nullable Delivery read(ObservationMessage.Item item, long epoch, Work work) {
        Observation observation;
        try {
            observation = item.observation();
        } catch (RuntimeException e) { // whatever a decoder throws, the sender's octets are the reason
            Fault fault = Fault.of(e);
            Refusal cause = item.isOpened() ? fault.cause() : Refusal.NOT_AUTHENTIC;
            owner.refused(work.topic.toString(), cause, "observation " + item.sequence() + ": " + fault.reason());
            watch(work.lane, epoch, item.sequence()); // it came, so nothing waits for it
            return null;
        }
        if (!observation.device().equals(source.device())) {
            owner.refused(
                    work.topic.toString(),
                    Refusal.NOT_UNDERSTOOD,
                    "observation " + item.sequence() + " is of another device than its topic says");
            return null;
        }
        watch(work.lane, epoch, item.sequence());
        Delivery delivery = new Delivery(
                observation,
                source.site(),
                source.gateway(),
                work.lane,
                epoch,
                item.sequence(),
                work.message.traceparent());
        switch (owner.memory().known(delivery)) {
            case NOTHING -> {
                return delivery;
            }
            case TAKEN -> owner.repeated();
            case TOO_OLD ->
                owner.refused(
                        work.topic.toString(),
                        Refusal.TOO_OLD,
                        "observation " + item.sequence() + " is of run " + epoch
                                + " of its outbox, which is forgotten here");
        }
        return null;
    }

    private void watch(Lane lane, long epoch, long sequence) {
        SequenceWatch watch = Objects.requireNonNull(watches.get(lane));
        if (watch.isLater(epoch, sequence)) {
            endPatience(lane);
        }
        watch.see(epoch, sequence)
                .ifPresent(missing -> owner.missed(
                        new ConsumerEvent.Gap(
                                owner.now(),
                                source.site(),
                                source.gateway(),
                                source.device(),
                                lane,
                                epoch,
                                missing.first(),
                                missing.last()),
                        missing.count()));
    }

    /** Returns whether the observation is done with; when not, the stream goes on with it later. */
    private boolean deliver(Work work, Delivery delivery) {
        CompletableFuture<Void> taking = owner.taker().take(delivery);
        if (taking.isDone()) {
            return ended(work, delivery, taking);
        }
        isPausing = true;
        whenDone(
                taking,
                () -> mailbox.execute(() -> {
                    isPausing = false;
                    if (ended(work, delivery, taking)) {
                        work.next++;
                    }
                    step();
                }));
        return false;
    }

    /** Returns whether the observation is done with, now that the application has taken it or not. */
    private boolean ended(Work work, Delivery delivery, CompletableFuture<Void> taking) {
        boolean isTaken = !taking.isCompletedExceptionally();
        if (!isTaken) {
            failures++;
            boolean isAbandoned = failures >= owner.settings().maxAttempts();
            owner.notTaken(new ConsumerEvent.NotTaken(
                    owner.now(),
                    source.device(),
                    delivery.observation().id(),
                    failures,
                    isAbandoned,
                    taking.handle((done, fault) -> fault).join()));
            if (!isAbandoned) {
                isPausing = true;
                owner.after(failures, () -> mailbox.execute(this::resume));
                return false;
            }
        }
        failures = 0;
        remember(work, delivery);
        if (isTaken) {
            owner.taken(delivery);
        }
        return true;
    }

    private void remember(Work work, Delivery delivery) {
        CompletionStage<Void> stage;
        try {
            stage = owner.memory().remember(delivery);
        } catch (RuntimeException e) { // somebody else's memory
            stage = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Void> remembered = stage.whenComplete((done, fault) -> {
                    if (fault != null) {
                        owner.notRemembered(new ConsumerEvent.NotRemembered(
                                owner.now(), source, delivery.observation().id(), fault));
                    }
                })
                .toCompletableFuture();
        if (!remembered.isDone()) {
            work.remembered = CompletableFuture.allOf(work.remembered, remembered);
        }
    }

    private void resume() {
        isPausing = false;
        step();
    }
}
