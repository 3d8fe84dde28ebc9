package org.openiomt.ble.virtual;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;

/**
 * A Bluetooth peripheral in memory: it advertises, serves one central at a time and announces values. Set it up, then let it
 * {@link #appear}. Any thread may call. Handlers are called on the air's threads, one at a time, in the order of the link; they
 * must not block.
 */
public final class VirtualPeripheral implements AutoCloseable {
    private static final int SIGNAL_DBM = -60;
    private static final int DEFAULT_MTU = 247;
    private static final int MIN_MTU = 23;
    private static final int MAX_MTU = 517;
    private static final int ATT_HEADER = 3;
    private static final int MAX_VALUE = 512;

    private final VirtualAir air;
    private final String address;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Map<Channel, Characteristic> characteristics = new LinkedHashMap<>();
    private final Map<Channel, Integer> subscriptions = new HashMap<>();
    private final Set<String> services = new LinkedHashSet<>();
    private final Map<String, byte[]> data = new LinkedHashMap<>();
    private Runnable onConnected = () -> {};
    private Runnable onDisconnected = () -> {};
    private Runnable onLost = () -> {};
    private @Nullable Supplier<FrameGuard> guards;
    private String name;
    private int mtu = DEFAULT_MTU;
    private Faults faults = Faults.NONE;
    private boolean isAdvertising;
    private @Nullable VirtualLink link;

    private static final class Characteristic {
        final Set<Property> properties;
        volatile byte[] value = {};
        Supplier<byte[]> onRead = () -> value;
        Consumer<byte[]> onWrite = octets -> value = octets;
        Consumer<byte[]> watcher = octets -> {};
        Runnable onSubscribed = () -> {};

        Characteristic(Set<Property> properties) {
            this.properties = properties;
        }
    }

    /**
     * Puts a silent peripheral without services into the air.
     *
     * @param address how centrals find it; no two in the air have the same
     */
    public VirtualPeripheral(VirtualAir air, String address) {
        this.air = Objects.requireNonNull(air, "air");
        this.address = Objects.requireNonNull(address, "address");
        this.name = address;
        air.join(this);
    }

    /** Returns how centrals find it. */
    public String address() {
        return address;
    }

    /** Says what it calls itself in advertisements; the address at first. */
    public VirtualPeripheral name(String advertised) {
        synchronized (lock) {
            name = Objects.requireNonNull(advertised, "advertised");
        }
        return this;
    }

    /** Adds services to the advertisement, in any form that {@link Gatt#uuid} takes. */
    public VirtualPeripheral advertises(String... uuids) {
        synchronized (lock) {
            Arrays.stream(uuids).map(Gatt::uuid).forEach(services::add);
        }
        return this;
    }

    /**
     * Adds data to the advertisement.
     *
     * @param kind {@code service:} and a UUID, or {@code manufacturer:} and 4 hexadecimal digits
     * @param octets copied
     */
    public VirtualPeripheral advertises(String kind, byte[] octets) {
        synchronized (lock) {
            data.put(kind, octets.clone());
        }
        return this;
    }

    /**
     * Says the largest ATT packet; a value is 3 octets shorter.
     *
     * @param octets 23 to 517; 247 at first
     */
    public VirtualPeripheral mtu(int octets) {
        if (octets < MIN_MTU || octets > MAX_MTU) {
            throw new IllegalArgumentException("MTU out of range 23..517: " + octets);
        }
        synchronized (lock) {
            requireUnconnected("change the MTU");
            mtu = octets;
        }
        return this;
    }

    /**
     * Protects every value that is read, written or announced, bound to the name of its channel.
     *
     * @param newGuard asked at each connection; what it gives is not closed
     */
    public VirtualPeripheral guardedBy(Supplier<FrameGuard> newGuard) {
        synchronized (lock) {
            guards = newGuard;
        }
        return this;
    }

    /**
     * Adds a characteristic with an empty value. A write replaces the value unless {@link #onWrite} says otherwise.
     *
     * @throws IllegalStateException while a central is connected, for it has seen what there is
     */
    public VirtualPeripheral add(Channel channel, Property... properties) {
        Set<Property> allowed = EnumSet.noneOf(Property.class);
        Collections.addAll(allowed, properties);
        synchronized (lock) {
            requireUnconnected("add a characteristic");
            if (characteristics.putIfAbsent(channel, new Characteristic(allowed)) != null) {
                throw new IllegalArgumentException(address + " has a characteristic " + channel + " already");
            }
        }
        return this;
    }

    /** Returns its characteristics with what can be done with each, in the order in which they were added. */
    public Map<Channel, Set<Property>> characteristics() {
        synchronized (lock) {
            Map<Channel, Set<Property>> all = new LinkedHashMap<>();
            characteristics.forEach((channel, one) -> all.put(channel, Collections.unmodifiableSet(one.properties)));
            return Collections.unmodifiableMap(all);
        }
    }

    /** Adds a characteristic that can be read and has this value. */
    public VirtualPeripheral addReadable(Channel channel, byte[] octets) {
        return add(channel, Property.READ).value(channel, octets);
    }

    /**
     * Sets the value that a read gives. Nothing is announced.
     *
     * @param octets at most 512; copied
     */
    public VirtualPeripheral value(Channel channel, byte[] octets) {
        if (octets.length > MAX_VALUE) {
            throw new IllegalArgumentException("a value has at most 512 octets, but got " + octets.length);
        }
        byte[] copy = octets.clone();
        synchronized (lock) {
            require(channel).value = copy;
        }
        return this;
    }

    /** Says where the value of a read comes from. The handler may throw a {@link RefusedException}. */
    public VirtualPeripheral onRead(Channel channel, Supplier<byte[]> handler) {
        synchronized (lock) {
            require(channel).onRead = handler;
        }
        return this;
    }

    /** Says what happens with a written value. The handler may throw a {@link RefusedException} and then nothing has happened. */
    public VirtualPeripheral onWrite(Channel channel, Consumer<byte[]> handler) {
        synchronized (lock) {
            require(channel).onWrite = handler;
        }
        return this;
    }

    /** Shows what is written to a characteristic, refused or not, before its handler has it. One watcher; the last one wins. */
    public VirtualPeripheral watchWrites(Channel channel, Consumer<byte[]> watcher) {
        synchronized (lock) {
            require(channel).watcher = watcher;
        }
        return this;
    }

    /**
     * Adds what happens when the central has subscribed, and had not before. What the handler announces comes after the answer.
     */
    public VirtualPeripheral onSubscribed(Channel channel, Runnable handler) {
        synchronized (lock) {
            Characteristic characteristic = require(channel);
            characteristic.onSubscribed = both(characteristic.onSubscribed, handler);
        }
        return this;
    }

    /** Adds what happens when a central has connected. */
    public VirtualPeripheral onConnected(Runnable handler) {
        synchronized (lock) {
            onConnected = both(onConnected, handler);
        }
        return this;
    }

    /** Adds what happens when the link was lost and neither side had closed it; after what happens when it is gone. */
    public VirtualPeripheral onLost(Runnable handler) {
        synchronized (lock) {
            onLost = both(onLost, handler);
        }
        return this;
    }

    /** Adds what happens when the link is gone. Every indication that was not confirmed has failed by then. */
    public VirtualPeripheral onDisconnected(Runnable handler) {
        synchronized (lock) {
            onDisconnected = both(onDisconnected, handler);
        }
        return this;
    }

    /** Begins to advertise; goes on when a central has gone. */
    public void appear() {
        synchronized (lock) {
            isAdvertising = true;
        }
        discovery().ifPresent(air::announce);
    }

    /** Ends advertising. An open link stays. */
    public void vanish() {
        synchronized (lock) {
            isAdvertising = false;
        }
    }

    /** Says what goes wrong from now on. A count of frames begins anew. */
    public void faults(Faults now) {
        VirtualLink current;
        synchronized (lock) {
            faults = Objects.requireNonNull(now, "now");
            current = link;
        }
        if (current != null) {
            current.restartCount();
        }
    }

    /** Returns what goes wrong at present. */
    public Faults faults() {
        synchronized (lock) {
            return faults;
        }
    }

    /** Loses the link now. Does nothing when there is none. */
    public void disconnect() {
        VirtualLink current;
        synchronized (lock) {
            current = link;
        }
        if (current != null) {
            current.end("closed by " + address, VirtualLink.Ending.CLOSED);
        }
    }

    /** Whether a central is connected. */
    public boolean isConnected() {
        synchronized (lock) {
            return link != null;
        }
    }

    /** Whether the central has subscribed to a channel. */
    public boolean isSubscribed(Channel channel) {
        synchronized (lock) {
            return subscriptions.containsKey(channel);
        }
    }

    /**
     * Announces any octets on a channel: by a notification, or by an indication where the characteristic knows only that.
     * Indications are sent one by one, each when the one before is confirmed.
     *
     * @param octets copied; cut to {@link #maxValueLength()}, less what a guard adds, as the Attribute Protocol does
     * @return completes when a notification was sent or an indication was confirmed; fails with {@link LinkException} when
     *     nobody has subscribed or the link is lost before the confirmation
     */
    public CompletionStage<Void> notify(Channel channel, byte[] octets) {
        byte[] copy = octets.clone();
        synchronized (lock) {
            Characteristic characteristic = require(channel);
            if (!announces(characteristic)) {
                throw new IllegalArgumentException(channel + " neither notifies nor indicates");
            }
            if (link == null || !subscriptions.containsKey(channel)) {
                return CompletableFuture.failedFuture(
                        new LinkException("nobody has subscribed to " + channel + " of " + address));
            }
            if (!characteristic.properties.contains(Property.NOTIFY)) {
                return link.indicate(channel, copy);
            }
            link.notify(channel, copy);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Returns the most octets of one value that is written or announced. */
    public int maxValueLength() {
        synchronized (lock) {
            return mtu - ATT_HEADER;
        }
    }

    /** Loses the link and leaves the air for good. */
    @Override
    public void close() {
        vanish();
        air.leave(this);
        disconnect();
    }

    /** Returns the time and the threads of its air. */
    public Scheduler scheduler() {
        return air.scheduler();
    }

    /** Whether it has not left the air for good. */
    boolean isInTheAir() {
        return air.peripheral(address).filter(there -> there == this).isPresent();
    }

    Object lock() {
        return lock;
    }

    Optional<FrameGuard> newGuard() {
        Supplier<FrameGuard> current;
        synchronized (lock) {
            current = guards;
        }
        return Optional.ofNullable(current).map(Supplier::get);
    }

    Set<Channel> channels() {
        synchronized (lock) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(characteristics.keySet()));
        }
    }

    /** Returns how it is seen, or empty when it cannot be seen. */
    Optional<Discovery> discovery() {
        synchronized (lock) {
            return isAdvertising && link == null
                    ? Optional.of(new Discovery(
                            address,
                            Optional.of(name),
                            services,
                            data,
                            OptionalInt.of(SIGNAL_DBM),
                            air.scheduler().clock().instant()))
                    : Optional.empty();
        }
    }

    /** Takes a central. Returns why not when it does not. */
    Optional<String> accept(VirtualLink central) {
        synchronized (lock) {
            if (faults.isRefusingConnections()) {
                return Optional.of(address + " refuses connections");
            }
            if (link != null) {
                return Optional.of(address + " has a central already");
            }
            if (!isAdvertising) {
                return Optional.of(address + " does not advertise");
            }
            link = central;
            return Optional.empty();
        }
    }

    /** Lets a central go. Returns whether it was connected. */
    boolean release(VirtualLink central) {
        synchronized (lock) {
            if (link != central) {
                return false;
            }
            link = null;
            subscriptions.clear();
            return true;
        }
    }

    void connected() {
        Runnable handler;
        synchronized (lock) {
            handler = onConnected;
        }
        handler.run();
    }

    void disconnected(VirtualLink.Ending ending) {
        Runnable handler;
        synchronized (lock) {
            handler = ending == VirtualLink.Ending.LOST ? both(onDisconnected, onLost) : onDisconnected;
        }
        handler.run();
        discovery().ifPresent(air::announce);
    }

    byte[] read(Channel channel) {
        String what = "reading " + channel;
        Characteristic characteristic = permit(channel, what);
        if (!characteristic.properties.contains(Property.READ)) {
            throw refusal(AttError.READ_NOT_PERMITTED, what);
        }
        return characteristic.onRead.get().clone();
    }

    void write(Channel channel, byte[] octets, Property kind) {
        String what = "writing " + channel;
        Characteristic characteristic = permit(channel, what);
        if (!characteristic.properties.contains(kind)) {
            throw refusal(AttError.WRITE_NOT_PERMITTED, what);
        }
        characteristic.watcher.accept(octets.clone());
        characteristic.onWrite.accept(octets);
    }

    void subscribe(VirtualLink central, Channel channel) {
        String what = "subscribing to " + channel;
        Characteristic characteristic = permit(channel, what);
        if (!announces(characteristic)) {
            throw refusal(AttError.REQUEST_NOT_SUPPORTED, what);
        }
        boolean isFirst;
        synchronized (lock) {
            isFirst = link == central && subscriptions.merge(channel, 1, Integer::sum) == 1;
        }
        if (isFirst) {
            characteristic.onSubscribed.run();
        }
    }

    void unsubscribe(Channel channel) {
        permit(channel, "unsubscribing from " + channel);
        synchronized (lock) {
            subscriptions.computeIfPresent(channel, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    RefusedException refusal(int attError, String what) {
        return new RefusedException(attError, address + " refused " + what);
    }

    private Characteristic permit(Channel channel, String what) {
        synchronized (lock) {
            Integer fault = faults.refusals().get(channel);
            if (fault != null) {
                throw refusal(fault, what);
            }
            Characteristic characteristic = characteristics.get(channel);
            if (characteristic == null) {
                throw refusal(AttError.ATTRIBUTE_NOT_FOUND, what);
            }
            return characteristic;
        }
    }

    private Characteristic require(Channel channel) {
        Characteristic characteristic = characteristics.get(channel);
        if (characteristic == null) {
            throw new IllegalArgumentException(address + " has no characteristic " + channel);
        }
        return characteristic;
    }

    private void requireUnconnected(String what) {
        if (link != null) {
            throw new IllegalStateException("cannot " + what + " of " + address + " while a central is connected");
        }
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    private static boolean announces(Characteristic characteristic) {
        return characteristic.properties.contains(Property.NOTIFY)
                || characteristic.properties.contains(Property.INDICATE);
    }
}
