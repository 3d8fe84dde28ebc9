package org.openiomt.core.gateway;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all devices of a gateway share: time, threads, settings, counts, and the way to the application. */
final class GatewayCore {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCore.class);
    private static final int SUBSCRIBER_QUEUE = 4_096;

    private final Scheduler scheduler;
    private final Executor callbackExecutor;
    private final RandomGenerator random;
    private final GatewaySettings settings;
    private final Counts counts = new Counts();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Broadcast<Observation> observations;
    private final Broadcast<DeviceEvent> events;
    private final Mailbox eventCallbacks;
    private final AtomicInteger pendingEvents = new AtomicInteger();
    private final List<Consumer<? super Observation>> observationCallbacks = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super DeviceEvent>> eventListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hasLoggedLostAccount = new AtomicBoolean();
    private final ThreadLocal<Boolean> isCallingBack = ThreadLocal.withInitial(() -> false);

    GatewayCore(Scheduler scheduler, Executor callbackExecutor, RandomGenerator random, GatewaySettings settings) {
        this.scheduler = scheduler;
        this.callbackExecutor = task -> {
            try {
                callbackExecutor.execute(task);
            } catch (RejectedExecutionException e) {
                LOG.debug("the callback executor refuses work; the gateway's own threads do it");
                scheduler.execute(task);
            }
        };
        this.random = random;
        this.settings = settings;
        if (settings.outbox() != null) {
            settings.outbox().onAcknowledged(acknowledgements::acknowledged);
        }
        this.observations = new Broadcast<>(this.callbackExecutor, SUBSCRIBER_QUEUE, DropPolicy.DROP_OLDEST);
        this.events = new Broadcast<>(this.callbackExecutor, SUBSCRIBER_QUEUE, DropPolicy.DROP_OLDEST);
        this.eventCallbacks = new Mailbox(this.callbackExecutor);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Executor callbackExecutor() {
        return callbackExecutor;
    }

    Clock clock() {
        return scheduler.clock();
    }

    RandomGenerator random() {
        return random;
    }

    GatewaySettings settings() {
        return settings;
    }

    /** Returns who waits for the sink behind the outbox. */
    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    Counts counts() {
        return counts;
    }

    Broadcast<Observation> observations() {
        return observations;
    }

    Broadcast<DeviceEvent> events() {
        return events;
    }

    void onObservation(Consumer<? super Observation> callback) {
        observationCallbacks.add(callback);
    }

    void removeCallback(Consumer<? super Observation> callback) {
        observationCallbacks.remove(callback);
    }

    void onEvent(Consumer<? super DeviceEvent> callback) {
        eventListeners.add(callback);
    }

    /** Whether the calling thread is inside one of the application's callbacks. */
    boolean isCallingBack() {
        return isCallingBack.get();
    }

    /** Hands one observation to the application, on the calling thread. */
    void deliver(Observation observation) {
        observations.publish(observation);
        for (Consumer<? super Observation> callback : observationCallbacks) {
            call(callback, observation, "observations");
        }
    }

    void publish(DeviceEvent event) {
        events.publish(event);
        if (eventListeners.isEmpty()) {
            return;
        }
        if (pendingEvents.incrementAndGet() > SUBSCRIBER_QUEUE) {
            pendingEvents.decrementAndGet();
            counts.dropped("events: the application's callbacks fell behind", 1);
        } else {
            eventCallbacks.execute(() -> {
                pendingEvents.decrementAndGet();
                for (Consumer<? super DeviceEvent> callback : eventListeners) {
                    call(callback, event, "events");
                }
            });
        }
    }

    /** Accounts for an event. A sink that throws has lost it, as one whose stage fails. */
    CompletionStage<Void> account(AuditEvent event) {
        CompletionStage<Void> written;
        try {
            written = settings.audit().record(event);
        } catch (Throwable e) {
            written = CompletableFuture.failedFuture(e);
        }
        written.whenComplete((nothing, fault) -> {
            if (fault == null) {
                hasLoggedLostAccount.set(false);
            } else if (!hasLoggedLostAccount.getAndSet(true)) {
                LOG.error("an event could not be accounted for; told again after one that can", fault);
            }
        });
        return written;
    }

    /** Ends the publishers, and runs {@code then} when the events that are on their way have been handed over. */
    void complete(Runnable then) {
        observations.complete();
        events.complete();
        eventCallbacks.execute(then);
    }

    private <T> void call(Consumer<? super T> callback, T item, String what) {
        isCallingBack.set(true);
        try {
            callback.accept(item);
        } catch (Throwable e) {
            LOG.error("the application's callback for {} failed; the next one is called all the same", what, e);
        } finally {
            isCallingBack.remove();
        }
    }
}
