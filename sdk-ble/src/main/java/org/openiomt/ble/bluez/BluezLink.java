package org.openiomt.ble.bluez;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * One connected device. Everything runs in the transport's mailbox except what only looks. Requests go to BlueZ one after the
 * other, as the Attribute Protocol has it; BlueZ refuses a second one of the same characteristic while the first is under way.
 *
 * Values come as signals. The match rule is older than the link, so none is lost between the subscription's write and its answer;
 * a value that comes before the answer is held back until the subscriber has heard that it is one. BlueZ also tells what a read
 * gave as if it were announced, just before it answers the read: while a subscribed characteristic is read, values are held back,
 * and the last one that equals the answer is dropped.
 *
 * Whatever ends the link goes through end(), once.
 */
final class BluezLink implements Link, BluezTransport.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(BluezLink.class);

    /** Where BlueZ does not say how much fits. Core Specification 5.4, Vol 3, Part G, 5.2.1. */
    static final int SMALLEST_MTU = 23;

    /** Core Specification 5.4, Vol 3, Part F, 3.2.9. */
    private static final int LONGEST_VALUE = 512;

    private static final int HEADER = 3;

    private final BluezTransport owner;
    private final BluezClient client;
    private final String address;
    private final String path;
    private final String rule;
    private final Map<Channel, Characteristic> characteristics;
    private final Set<Channel> channels;
    private final int maxValueLength;
    private volatile boolean isClosing;
    private volatile @Nullable String closedBecause;

    // In the mailbox only.
    private final Deque<Turn<?>> turns = new ArrayDeque<>();
    private final Map<String, List<Listening>> listeners = new HashMap<>();
    private final List<Consumer<String>> closedListeners = new ArrayList<>();
    private final List<byte[]> held = new ArrayList<>();
    private @Nullable String holding;
    private @Nullable String disconnectReason;

    /** A characteristic: the path of its object, and what can be done with it as BlueZ names it. */
    record Characteristic(String path, List<String> flags) {
        boolean can(String what) {
            return flags.contains(what);
        }
    }

    /** A request that waits or runs. */
    private record Turn<T>(String what, CompletableFuture<T> promise, Runnable run) {}

    BluezLink(
            BluezTransport owner,
            String address,
            String path,
            String rule,
            Map<Channel, Characteristic> characteristics,
            int mtu) {
        this.owner = owner;
        this.client = owner.client();
        this.address = address;
        this.path = path;
        this.rule = rule;
        this.characteristics = new LinkedHashMap<>(characteristics);
        this.channels = Collections.unmodifiableSet(this.characteristics.keySet());
        this.maxValueLength = Math.min(Math.max(mtu, SMALLEST_MTU) - HEADER, LONGEST_VALUE);
    }

    @Override
    public Set<Channel> channels() {
        return channels;
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        String what = "reading " + channel;
        return request(what, channel, AttError.READ_NOT_PERMITTED, List.of("read"), (characteristic, promise) -> {
            boolean isHeld = listeners.containsKey(characteristic.path());
            if (isHeld) {
                holding = characteristic.path();
            }
            ask(what, characteristic, "ReadValue", "a{sv}", Map.of()).whenComplete((answer, fault) -> {
                byte[] value = fault == null ? answer.value(byte[].class).orElse(new byte[0]) : null;
                if (isHeld) {
                    release(value);
                }
                settle(promise, value, fault);
            });
        });
    }

    /** {@inheritDoc} With an answer up to 512 octets are taken: what is longer than one packet goes in several. */
    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        boolean isAnswered = mode == WriteMode.WITH_RESPONSE;
        int most = isAnswered ? LONGEST_VALUE : maxValueLength;
        if (octets.length > most) {
            throw new IllegalArgumentException(
                    "a value on this link has at most " + most + " octets, but got " + octets.length);
        }
        byte[] copy = octets.clone();
        String what = "writing " + channel;
        List<String> flags = List.of(isAnswered ? "write" : "write-without-response");
        Map<String, Object> options = Map.of("type", isAnswered ? "request" : "command");
        return request(
                what,
                channel,
                AttError.WRITE_NOT_PERMITTED,
                flags,
                (characteristic, promise) -> ask(what, characteristic, "WriteValue", "aya{sv}", copy, options)
                        .whenComplete((answer, fault) -> settle(promise, null, fault)));
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        Objects.requireNonNull(octets, "octets");
        String what = "subscribing to " + channel;
        List<String> flags = List.of("notify", "indicate");
        return request(what, channel, AttError.REQUEST_NOT_SUPPORTED, flags, (characteristic, promise) -> {
            Listening listening = new Listening(characteristic, channel, octets);
            if (listeners.containsKey(characteristic.path())) {
                listening.add();
                settle(promise, listening, null);
                return;
            }
            holding = characteristic.path();
            ask(what, characteristic, "StartNotify", "").whenComplete((answer, fault) -> {
                if (fault == null) {
                    listening.add();
                }
                settle(promise, listening, fault);
                release(null);
            });
        });
    }

    @Override
    public int maxValueLength() {
        return maxValueLength;
    }

    @Override
    public LinkState state() {
        return closedBecause == null && !isClosing ? LinkState.OPEN : LinkState.CLOSED;
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        if (closedBecause != null) {
            BluezTransport.tell(() -> listener.accept(reason()));
            return;
        }
        owner.mailbox().execute(() -> {
            if (closedBecause == null) {
                closedListeners.add(listener);
            } else {
                BluezTransport.tell(() -> listener.accept(reason()));
            }
        });
    }

    @Override
    public void close() {
        isClosing = true;
        owner.mailbox().execute(() -> end(new BluezException(BluezFault.CLOSED, "closed by us")));
    }

    /** A subscription. */
    private final class Listening implements Subscription {
        final Characteristic characteristic;
        final Channel channel;
        final Consumer<byte[]> consumer;
        private @Nullable CompletionStage<Void> cancelled;

        Listening(Characteristic characteristic, Channel channel, Consumer<byte[]> consumer) {
            this.characteristic = characteristic;
            this.channel = channel;
            this.consumer = consumer;
        }

        void add() {
            listeners
                    .computeIfAbsent(characteristic.path(), any -> new ArrayList<>())
                    .add(this);
        }

        @Override
        public synchronized CompletionStage<Void> cancel() {
            if (closedBecause != null) {
                return CompletableFuture.completedFuture(null);
            }
            CompletionStage<Void> known = cancelled;
            if (known == null) {
                String what = "unsubscribing from " + channel;
                known = request(what, channel, AttError.REQUEST_NOT_SUPPORTED, characteristic.flags(), this::stop);
                cancelled = known;
            }
            return known;
        }

        private void stop(Characteristic same, CompletableFuture<Void> promise) {
            List<Listening> all = listeners.getOrDefault(same.path(), new ArrayList<>());
            if (all.size() > 1) {
                all.remove(this);
                settle(promise, null, null);
                return;
            }
            ask("unsubscribing from " + channel, same, "StopNotify", "").whenComplete((answer, fault) -> {
                listeners.remove(same.path());
                // Without a session at BlueZ, as after another program stopped it, there is nothing left to stop.
                boolean isGone = fault != null && BluezFaults.isNamed(fault, "Failed");
                settle(promise, null, isGone ? null : fault);
            });
        }
    }

    /** Begins a request when it is its turn, and settles it. */
    @FunctionalInterface
    private interface Beginning<T> {
        void begin(Characteristic characteristic, CompletableFuture<T> promise);
    }

    private <T> CompletionStage<T> request(
            String what, Channel channel, int refusal, List<String> flags, Beginning<T> beginning) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        Characteristic characteristic = characteristics.get(channel);
        if (closedBecause == null && characteristic == null) {
            promise.completeExceptionally(BluezFaults.refusal(AttError.ATTRIBUTE_NOT_FOUND, what));
            return promise;
        }
        owner.submit(promise, () -> {
            if (closedBecause != null || characteristic == null) {
                promise.completeExceptionally(closed(what));
            } else if (flags.stream().noneMatch(characteristic::can)) {
                promise.completeExceptionally(BluezFaults.refusal(refusal, what));
            } else {
                turns.add(new Turn<>(what, promise, () -> beginning.begin(characteristic, promise)));
                if (turns.size() == 1) {
                    turns.element().run().run();
                }
            }
        });
        return promise;
    }

    /** Ends the turn that runs, and begins the next. */
    private <T> void settle(CompletableFuture<T> promise, @Nullable T value, @Nullable Throwable fault) {
        Turn<?> ended = turns.peek();
        if (ended == null || ended.promise() != promise) {
            return;
        }
        turns.remove();
        if (fault == null) {
            promise.complete(value);
        } else {
            LinkException known = BluezFaults.ofRequest(fault, ended.what());
            promise.completeExceptionally(known);
            if (known instanceof BluezException failed && failed.fault() == BluezFault.NO_ANSWER) {
                end(failed);
            }
        }
        Turn<?> next = turns.peek();
        if (next != null) {
            next.run().run();
        }
    }

    private CompletionStage<Bus.Answer> ask(
            String what, Characteristic characteristic, String method, String signature, Object... values) {
        LOG.trace("{}", what);
        return client.call(
                characteristic.path(),
                BluezObjects.CHARACTERISTIC,
                method,
                owner.settings().answerTimeout(),
                signature,
                values);
    }

    private void release(byte @Nullable [] dropped) {
        String from = holding;
        holding = null;
        List<byte[]> values = new ArrayList<>(held);
        held.clear();
        for (int i = values.size() - 1; i >= 0 && dropped != null; i--) {
            if (Arrays.equals(values.get(i), dropped)) {
                values.remove(i);
                break;
            }
        }
        if (from != null) {
            values.forEach(value -> deliver(from, value));
        }
    }

    private void deliver(String characteristic, byte[] value) {
        for (Listening listening : List.copyOf(listeners.getOrDefault(characteristic, List.of()))) {
            BluezTransport.tell(() -> listening.consumer.accept(value.clone()));
        }
    }

    @Override
    public void added(String added, Map<?, ?> interfaces) {
        servicesChanged(added, interfaces.keySet());
    }

    @Override
    public void removed(String removed, List<?> interfaces) {
        if (removed.equals(path) && interfaces.contains(BluezObjects.DEVICE)) {
            end(BluezFaults.of(BluezFault.LOST, "BlueZ removed the device"));
        } else {
            servicesChanged(removed, interfaces);
        }
    }

    private void servicesChanged(String where, Collection<?> interfaces) {
        boolean isService =
                interfaces.contains(BluezObjects.SERVICE) || interfaces.contains(BluezObjects.CHARACTERISTIC);
        if (isService && where.startsWith(path + "/")) {
            end(BluezFaults.of(BluezFault.SERVICES_CHANGED, "link to " + address));
        }
    }

    @Override
    public void changed(String changed, String type, Map<?, ?> changes) {
        if (type.equals(BluezObjects.CHARACTERISTIC)) {
            if (changes.get("Value") instanceof byte[] value) {
                if (changed.equals(holding)) {
                    held.add(value);
                } else {
                    deliver(changed, value);
                }
            }
        } else if (changed.equals(path) && Boolean.FALSE.equals(changes.get("Connected"))) {
            String reason = disconnectReason == null ? "" : ", " + disconnectReason;
            end(BluezFaults.of(BluezFault.LOST, "the device was disconnected" + reason));
        }
    }

    @Override
    public void disconnecting(String reason) {
        disconnectReason = reason;
    }

    @Override
    public void end(BluezException why) {
        if (closedBecause != null) {
            return;
        }
        closedBecause = String.valueOf(why.getMessage());
        owner.replace(address, this, null);
        owner.leave(address, path);
        client.removeRule(rule);
        listeners.clear();
        held.clear();
        holding = null;
        List<Turn<?>> failed = List.copyOf(turns);
        turns.clear();
        failed.forEach(turn -> turn.promise().completeExceptionally(closed(turn.what())));
        List<Consumer<String>> told = List.copyOf(closedListeners);
        closedListeners.clear();
        told.forEach(listener -> BluezTransport.tell(() -> listener.accept(reason())));
        LOG.debug("link to {} ended: {}", address, closedBecause);
    }

    private String reason() {
        return String.valueOf(closedBecause);
    }

    private LinkException closed(String doing) {
        return new LinkException("link to " + address + " closed while " + doing + ": " + closedBecause);
    }
}
