package org.openiomt.examples.dashboard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Server-sent events for several clients. Each event has a number; each client has a bounded queue that gives up its oldest
 * event when it is full and then asks for a whole picture. A client that comes back within the remembered events gets what it
 * missed. Safe for use by several threads at once.
 */
final class EventStream {
    private static final int REMEMBERED = 2_048;
    private static final int QUEUE = 512;

    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final Deque<Event> remembered = new ArrayDeque<>();
    private long last;

    /**
     * One event as it goes over the wire.
     *
     * @param number counts from 1
     * @param text the lines of the event, with the empty line behind it
     */
    record Event(long number, String text) {}

    /** Sends an event to every client. Never blocks. */
    synchronized void publish(String type, String json) {
        Event event = new Event(++last, frame(last, type, json));
        remembered.add(event);
        if (remembered.size() > REMEMBERED) {
            remembered.remove();
        }
        clients.forEach(client -> client.add(event));
    }

    /**
     * Adds a client.
     *
     * @param lastSeen the number of the last event that it has seen, when it was here before
     * @return the client; {@link Client#needsSnapshot()} unless what it missed is remembered
     */
    synchronized Client connect(OptionalLong lastSeen) {
        Client client = new Client(this);
        boolean canResume = lastSeen.isPresent()
                && lastSeen.getAsLong() <= last
                && !remembered.isEmpty()
                && remembered.getFirst().number() <= lastSeen.getAsLong() + 1;
        if (canResume) {
            remembered.stream()
                    .filter(event -> event.number() > lastSeen.getAsLong())
                    .forEach(client::add);
        } else {
            client.requireSnapshot();
        }
        clients.add(client);
        return client;
    }

    /** Puts a whole picture in the place of everything that waits for a client. */
    synchronized void snapshot(Client client, String json) {
        client.replace(new Event(last, frame(last, "snapshot", json)));
    }

    /** Returns how many clients there are. */
    int clientCount() {
        return clients.size();
    }

    private static String frame(long number, String type, String json) {
        return "id: " + number + "\nevent: " + type + "\ndata: " + json + "\n\n";
    }

    /** One client. {@link #take} is called by one thread. */
    static final class Client implements AutoCloseable {
        private final EventStream owner;
        private final Deque<Event> queue = new ArrayDeque<>();
        private boolean needsSnapshot;

        Client(EventStream owner) {
            this.owner = owner;
        }

        /** Whether events were given up, so that only a whole picture helps. */
        synchronized boolean needsSnapshot() {
            return needsSnapshot;
        }

        /**
         * Waits for events.
         *
         * @return all that wait, in order; empty when none came within {@code atMost}
         */
        synchronized List<Event> take(Duration atMost) throws InterruptedException {
            long deadline = System.nanoTime() + atMost.toNanos();
            while (queue.isEmpty() && !needsSnapshot) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return List.of();
                }
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            }
            List<Event> events = new ArrayList<>(queue);
            queue.clear();
            return events;
        }

        /** Leaves. */
        @Override
        public void close() {
            owner.clients.remove(this);
        }

        private synchronized void add(Event event) {
            if (queue.size() == QUEUE) {
                queue.remove();
                needsSnapshot = true;
            }
            queue.add(event);
            notifyAll();
        }

        private synchronized void requireSnapshot() {
            needsSnapshot = true;
        }

        private synchronized void replace(Event event) {
            queue.clear();
            queue.add(event);
            needsSnapshot = false;
            notifyAll();
        }
    }
}
