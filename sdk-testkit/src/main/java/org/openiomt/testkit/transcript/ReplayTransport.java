package org.openiomt.testkit.transcript;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.flow.ForwardingSubscriber;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.testkit.transcript.Transcript.Entry;

/*
 * One cursor goes through the whole transcript. At an event of a device it waits for its time, counted from the event before it, and
 * lets it happen. At a request it waits until the application or the driver asks for just that. What is asked earlier waits: in a
 * transcript every request stands behind what caused it, so the cursor gets there. The requests of one device are compared in their
 * order as they are asked, so a driver that asks for something else is found at once, and the replay ends there.
 *
 * The state is guarded by the transport. What the replay tells others it tells in one mailbox, without the lock.
 */

/**
 * Plays a transcript as if its devices were here: answers as they did, announces what they announced, closes links as they were
 * closed, and compares what is asked with what was asked then. With a {@code ManualClock} the same transcript and driver always give
 * the same observations:
 *
 * <pre>{@code
 * ReplayTransport replay = new ReplayTransport(Transcript.read(file), clock, 1);
 * try (Gateway gateway = Gateway.builder().transport(replay).scheduler(clock).build().onObservation(seen::add).start()) {
 *     clock.await(replay.played(), Duration.ofMinutes(10));
 * }
 * clock.runUntilIdle();
 * assertThat(replay.fault()).isEmpty();
 * }</pre>
 *
 * Any thread may call. Callbacks come on the scheduler, one at a time.
 */
public final class ReplayTransport implements Transport {
    private static final int WAITING_DISCOVERIES = 65_536;

    private final List<Entry> entries;
    private final Scheduler scheduler;
    private final double speed;
    private final Mailbox told;
    private final Broadcast<Discovery> discoveries;
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final int spoken;

    // Guarded by this.
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private int next;
    private int subscribers;
    private boolean hasBegun;
    private @Nullable Instant lastAt;
    private Scheduler.@Nullable Cancellable timer;
    private @Nullable String fault;
    private boolean isClosed;

    /** What happens with one device. */
    static final class Lane {
        final String device;
        final String address;
        private final Queue<Entry> expected = new ArrayDeque<>();
        private final Queue<Asked> asked = new ArrayDeque<>();
        private @Nullable CompletableFuture<Link> opening;
        private @Nullable ReplayLink link;

        Lane(String device, String address) {
            this.device = device;
            this.address = address;
        }
    }

    /** A request that was asked as it stands in the transcript, and what happens when the cursor is there. */
    private record Asked(Entry entry, Consumer<Event> then) {}

    /**
     * Prepares a transcript.
     *
     * @param scheduler time and threads
     * @param speed how many times faster than it was recorded, above 0; with {@link Double#POSITIVE_INFINITY} no event waits for
     *     its time
     * @throws IllegalArgumentException when the transcript has values only: nobody knows what the devices would answer
     */
    public ReplayTransport(Transcript transcript, Scheduler scheduler, double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("expected a speed above 0, but got " + speed);
        }
        if (transcript.isValuesOnly()) {
            throw new IllegalArgumentException("the transcript has values only, and no link that could be played");
        }
        this.entries = transcript.entries();
        this.scheduler = scheduler;
        this.speed = speed;
        this.told = new Mailbox(scheduler);
        this.discoveries = new Broadcast<>(scheduler, WAITING_DISCOVERIES, DropPolicy.DROP_OLDEST);
        int last = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Lane lane = lanes.computeIfAbsent(entry.device(), device -> new Lane(device, addressOf(entry)));
            if (entry.event().isRequest()) {
                lane.expected.add(entry);
            } else if (!(entry.event() instanceof Event.Closed)) {
                last = i + 1;
            }
        }
        this.spoken = last;
    }

    private static String addressOf(Entry first) {
        return first.event() instanceof Event.Seen seen ? seen.address() : "";
    }

    /**
     * Completes when the devices have said everything that they say; what is left is at most that links are closed. Fails with
     * {@link LinkException} when something else is asked than was asked then.
     */
    public CompletionStage<Void> played() {
        return played.minimalCompletionStage();
    }

    /**
     * Returns what is wrong: something else was asked than stands in the transcript, or a request of the transcript was not asked.
     * Empty when everything was played to the end; that links are closed there need not have come yet.
     */
    public synchronized Optional<String> fault() {
        if (fault != null) {
            return Optional.of(fault);
        }
        return entries.subList(next, entries.size()).stream()
                .filter(this::isMissing)
                .findFirst()
                .map(entry -> where(entry) + ": "
                        + (entry.event().isRequest() ? "nobody asked for this: " : "this has not come yet: ")
                        + summary(entry.event()));
    }

    /** Whether an event ahead of the cursor is still wanted; that a link is closed need not be waited for. */
    private boolean isMissing(Entry entry) {
        Lane lane = lanes.get(entry.device());
        boolean isAsked = lane != null
                && lane.asked.stream().anyMatch(asked -> asked.entry().equals(entry));
        return !isAsked && !(entry.event() instanceof Event.Closed);
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return subscriber -> {
            discoveries.subscribe(new Looking(subscriber));
            synchronized (this) {
                subscribers++;
                if (subscribers == 1) {
                    ask(lanes.get(Transcript.TRANSPORT), new Event.Scan(), expected -> {});
                }
            }
        };
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        CompletableFuture<Link> opening = new CompletableFuture<>();
        synchronized (this) {
            Optional<Lane> lane = lanes.values().stream()
                    .filter(one -> one.address.equals(device.address()))
                    .filter(one ->
                            one.expected.peek() != null && one.expected.peek().event() instanceof Event.Open)
                    .findFirst();
            boolean isExpected =
                    ask(lane.orElse(null), new Event.Open(), expected -> lane.orElseThrow().opening = opening);
            if (!isExpected) {
                return CompletableFuture.failedFuture(new LinkException(String.valueOf(fault)));
            }
        }
        return opening;
    }

    /** Ends the replay where it is. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        end("the transport was closed");
        discoveries.complete();
    }

    /**
     * Takes a request.
     *
     * @param then gets the event of the transcript, under the lock, when the cursor is there
     * @return false when the replay is over, or ends here because the transcript has something else
     */
    synchronized boolean ask(@Nullable Lane lane, Event request, Consumer<Event> then) {
        if (fault != null || isClosed) {
            return false;
        }
        Entry expected = lane == null ? null : lane.expected.peek();
        if (lane == null || expected == null || !isSame(expected.event(), request)) {
            String here = expected == null ? "the end" : where(expected);
            String there = expected == null ? "nothing more" : summary(expected.event());
            fail(here + ": expected " + there + ", but was asked: " + summary(request));
            return false;
        }
        lane.expected.remove();
        lane.asked.add(new Asked(expected, then));
        hasBegun = true;
        advance();
        return true;
    }

    /** Runs a task after everything that was told before. */
    void tell(Runnable task) {
        told.execute(task);
    }

    synchronized boolean isOver() {
        return fault != null || isClosed;
    }

    synchronized String ending() {
        return fault == null ? "the transport was closed" : fault;
    }

    private void advance() {
        while (hasBegun && !isOver() && next < entries.size()) {
            Entry entry = entries.get(next);
            Lane lane = lanes.get(entry.device());
            if (lane == null) {
                throw new AssertionError(entry);
            }
            if (entry.event().isRequest()) {
                Asked asked = lane.asked.peek();
                if (asked == null || !asked.entry.equals(entry)) {
                    break;
                }
                lane.asked.remove();
                asked.then.accept(entry.event());
            } else {
                Duration left = untilDue(entry);
                if (!left.isZero() && !left.isNegative()) {
                    if (timer == null) {
                        timer = scheduler.schedule(left, this::due);
                    }
                    break;
                }
                happen(lane, entry.event());
            }
            next++;
            lastAt = scheduler.clock().instant();
        }
        if (next >= spoken && fault == null) {
            tell(() -> played.complete(null));
        }
    }

    private synchronized void due() {
        timer = null;
        advance();
    }

    private Duration untilDue(Entry entry) {
        if (next == 0 || lastAt == null) {
            return Duration.ZERO;
        }
        Duration pause = entry.at().minus(entries.get(next - 1).at());
        Instant due = lastAt.plusNanos((long) (pause.toNanos() / speed));
        return Duration.between(scheduler.clock().instant(), due);
    }

    private void happen(Lane lane, Event event) {
        ReplayLink link = lane.link;
        if (event instanceof Event.Seen seen) {
            Discovery discovery = discovery(seen);
            tell(() -> discoveries.publish(discovery));
        } else if (event instanceof Event.Opened opened) {
            ReplayLink made = new ReplayLink(this, lane, opened);
            lane.link = made;
            CompletableFuture<Link> opening = lane.opening;
            if (opening != null) {
                tell(() -> opening.complete(made));
            }
        } else if (event instanceof Event.NotOpened refused) {
            CompletableFuture<Link> opening = lane.opening;
            if (opening != null) {
                tell(() -> opening.completeExceptionally(new LinkException(refused.reason())));
            }
        } else if (link != null) {
            tell(() -> link.happen(event));
        } else {
            throw new AssertionError(event);
        }
    }

    private Discovery discovery(Event.Seen seen) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        seen.data().forEach((kind, hex) -> data.put(kind, HexFormat.of().parseHex(hex)));
        return new Discovery(
                seen.address(),
                seen.name(),
                seen.services(),
                data,
                seen.signal(),
                scheduler.clock().instant());
    }

    private void fail(String what) {
        fault = what;
        tell(() -> {
            played.completeExceptionally(new LinkException(what));
            end(what);
        });
    }

    private void end(String reason) {
        List<ReplayLink> links = new ArrayList<>();
        List<CompletableFuture<Link>> openings = new ArrayList<>();
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
            for (Lane lane : lanes.values()) {
                Optional.ofNullable(lane.link).ifPresent(links::add);
                Optional.ofNullable(lane.opening).ifPresent(openings::add);
            }
        }
        links.forEach(link -> link.end(reason));
        openings.forEach(opening -> opening.completeExceptionally(new LinkException(reason)));
    }

    private static boolean isSame(Event expected, Event asked) {
        return (expected instanceof Event.Request one && asked instanceof Event.Request other)
                ? one.asksTheSameAs(other)
                : expected.getClass() == asked.getClass();
    }

    private static String where(Entry entry) {
        return "line " + entry.line() + ", " + entry.device();
    }

    private static String summary(Event event) {
        return event instanceof Event.Request request
                ? request.summary()
                : event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** One who looks for devices; that he looks no more is a request too. */
    private final class Looking extends ForwardingSubscriber<Discovery> {
        Looking(Flow.Subscriber<? super Discovery> subscriber) {
            super(subscriber);
        }

        @Override
        protected void cancelled() {
            synchronized (ReplayTransport.this) {
                subscribers--;
                if (subscribers == 0) {
                    ask(lanes.get(Transcript.TRANSPORT), new Event.Rest(), expected -> {});
                }
            }
        }
    }
}
