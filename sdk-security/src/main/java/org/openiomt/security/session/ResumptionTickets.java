package org.openiomt.security.session;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tickets that a responder accepts, each once. Bounded: where there are too many, the oldest go, and their peers begin with
 * a full handshake. May be used by several threads.
 */
public final class ResumptionTickets implements AutoCloseable {
    private final int capacity;
    private final Clock clock;
    private final Map<String, ResumptionTicket> tickets = new LinkedHashMap<>();

    /** Keeps at most {@code capacity} tickets. */
    public ResumptionTickets(int capacity, Clock clock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a store keeps at least 1 ticket, but got " + capacity);
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Takes all tickets of a peer back, such as one whose certificate was revoked. */
    public synchronized void forget(String peer) {
        Deque<ResumptionTicket> gone = new ArrayDeque<>();
        tickets.values().stream()
                .filter(ticket -> ticket.peer().name().equals(peer))
                .forEach(gone::add);
        gone.forEach(this::remove);
    }

    /** Returns how many there are. */
    public synchronized int size() {
        return tickets.size();
    }

    synchronized void add(ResumptionTicket ticket) {
        while (tickets.size() >= capacity) {
            remove(tickets.values().iterator().next());
        }
        tickets.put(ticket.name(), ticket);
    }

    synchronized Optional<ResumptionTicket> find(String name) {
        ResumptionTicket ticket = tickets.get(name);
        if (ticket != null && ticket.isOver(clock)) {
            remove(ticket);
            return Optional.empty();
        }
        return Optional.ofNullable(ticket);
    }

    /** Uses a ticket up. Returns whether it was there: of several who try, one succeeds. */
    synchronized boolean spend(ResumptionTicket ticket) {
        return remove(ticket);
    }

    /** Wipes all of them. */
    @Override
    public synchronized void close() {
        tickets.values().forEach(ResumptionTicket::close);
        tickets.clear();
    }

    @Override
    public String toString() {
        return "ResumptionTickets[" + size() + "]";
    }

    private boolean remove(ResumptionTicket ticket) {
        ticket.close();
        return tickets.remove(ticket.name(), ticket);
    }
}
