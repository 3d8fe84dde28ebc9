package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.flow.ForwardingSubscriber;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bluetooth devices through BlueZ. Nothing is done before it is used: the connection to the D-Bus is made with the first
 * subscriber, link or question, and made again after the bus, the daemon or the adapter was away; then links end with a reason and
 * discoveries go on. Any thread may call; nothing waits except {@link #close}. Stages complete, values and discoveries come on one
 * thread of the transport, one at a time, so what hears them must not wait.
 *
 * <p>A link is opened to a device that was never seen, too: it is then waited for as long as opening may take. While a link is
 * open its device belongs to it: when it closes, the device is disconnected, also for other programs.
 *
 * <p>A value that another program reads from a characteristic to which a link has subscribed looks like an announcement: BlueZ
 * tells both alike.
 *
 * @see <a href="https://git.kernel.org/pub/scm/bluetooth/bluez.git/tree/doc">BlueZ, D-Bus API documents</a>
 */
public final class BluezTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(BluezTransport.class);
    private static final int WAITING_DISCOVERIES = 65_536;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2}){5}");

    private final BluezSettings settings;
    private final Scheduler scheduler;
    private final boolean isSchedulerOwned;
    private final Mailbox mailbox;
    private final BluezClient client;
    private final Adapters adapters;
    private final Scanner scanner;
    private final PairingAgent agent;
    private final Broadcast<Discovery> discoveries;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile boolean isShutDown;
    private volatile @Nullable Thread runner;

    // In the mailbox only.
    private final Map<String, Peer> peers = new HashMap<>();
    private final Map<String, CompletionStage<?>> leaving = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private final List<Consumer<Optional<BluezException>>> readinessListeners = new ArrayList<>();
    private @Nullable String adapter;
    private Optional<String> toldReadiness = Optional.of("not asked yet");
    private Scheduler.Cancellable restart = () -> {};
    private int restarts;

    /** What has a device: a link, or an attempt at one. */
    interface Peer {
        /** Interfaces appeared at or below the device. */
        void added(String path, Map<?, ?> interfaces);

        /** Interfaces went at or below the device. */
        void removed(String path, List<?> interfaces);

        /** Properties changed at or below the device. */
        void changed(String path, String type, Map<?, ?> changes);

        /** BlueZ says why the device will be disconnected. */
        void disconnecting(String reason);

        /** It cannot go on. */
        void end(BluezException why);
    }

    private BluezTransport(
            BluezSettings settings, Scheduler scheduler, boolean isSchedulerOwned, Bus.Connector connector) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.isSchedulerOwned = isSchedulerOwned;
        this.mailbox = new Mailbox(task -> scheduler.execute(() -> {
            runner = Thread.currentThread();
            try {
                task.run();
            } finally {
                runner = null;
            }
        }));
        this.client = new BluezClient(connector, scheduler, mailbox, new Ear());
        this.adapters = new Adapters(client.objects(), settings.adapter());
        this.discoveries = new Broadcast<>(mailbox, WAITING_DISCOVERIES, DropPolicy.DROP_OLDEST);
        this.scanner =
                new Scanner(client, scheduler, mailbox, settings.services(), () -> discoveries.subscriberCount() > 0);
        this.agent = new PairingAgent(client, settings, scheduler, mailbox);
    }

    /** Returns a transport with a thread of its own for time and one for the D-Bus. */
    public static BluezTransport of(BluezSettings settings) {
        return new BluezTransport(settings, Scheduler.system("iomt-bluez", 1), true, connector(settings));
    }

    /**
     * Returns a transport that runs on a scheduler.
     *
     * @param scheduler gives time and threads; not closed with the transport
     */
    public static BluezTransport of(BluezSettings settings, Scheduler scheduler) {
        return of(settings, scheduler, connector(settings));
    }

    static BluezTransport of(BluezSettings settings, Scheduler scheduler, Bus.Connector connector) {
        return new BluezTransport(settings, scheduler, false, connector);
    }

    private static Bus.Connector connector(BluezSettings settings) {
        Optional<String> environment = Optional.ofNullable(System.getenv("DBUS_SYSTEM_BUS_ADDRESS"));
        return WireBus.at(settings.busAddress().or(() -> environment).orElse(BusEndpoint.SYSTEM_BUS));
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return subscriber -> {
            discoveries.subscribe(new Watching(subscriber));
            mailbox.execute(() -> {
                if (client.isRunning()) {
                    scanner.update();
                    announceAll();
                } else {
                    startForWatchers();
                }
            });
        };
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        String address = device.address().toUpperCase(Locale.ROOT);
        if (!ADDRESS.matcher(address).matches()) {
            return CompletableFuture.failedFuture(
                    new LinkException("expected an address as 00:1A:7D:DA:71:13, but got '" + device.address() + "'"));
        }
        CompletableFuture<Link> opened = new CompletableFuture<>();
        submit(opened, () -> {
            if (peers.containsKey(address)) {
                opened.completeExceptionally(BluezFaults.of(BluezFault.IN_USE, "opening a link to " + address));
                return;
            }
            OpenAttempt attempt = new OpenAttempt(this, address, device, opened);
            peers.put(address, attempt);
            attempt.begin();
        });
        return opened;
    }

    /** Returns the adapters of this machine, in the order of their names; fails with {@link BluezException}. */
    public CompletionStage<List<BluezAdapter>> adapters() {
        CompletableFuture<List<BluezAdapter>> all = new CompletableFuture<>();
        submit(all, () -> pass(client.start().thenApply(nothing -> adapters.all()), all));
        return all;
    }

    /**
     * Returns the adapter that is used, as soon as one can be.
     *
     * @return fails with {@link BluezException} when there is none or it is off, and says what to do
     */
    public CompletionStage<BluezAdapter> adapter() {
        CompletableFuture<BluezAdapter> used = new CompletableFuture<>();
        submit(used, () -> pass(ready().thenApply(adapters::describe), used));
        return used;
    }

    /**
     * Tells whether devices can be reached, now and when that changes: nothing, or why not. Comes on the transport's thread.
     */
    public void onReadiness(Consumer<Optional<BluezException>> listener) {
        CompletableFuture<Void> added = new CompletableFuture<>();
        submit(
                added,
                () -> client.start().whenComplete((nothing, fault) -> {
                    readinessListeners.add(listener);
                    tell(() -> listener.accept(readiness()));
                }));
    }

    /**
     * Removes the bond with a device and all that BlueZ knows of it. Nothing else ever removes a bond that this transport did not
     * just make.
     *
     * @return fails with {@link BluezException}
     */
    public CompletionStage<Void> removeBond(String address) {
        CompletableFuture<Void> removed = new CompletableFuture<>();
        String doing = "removing the bond with " + address;
        submit(
                removed,
                () -> pass(
                        ready().thenCompose(path -> client.call(
                                        path,
                                        BluezObjects.ADAPTER,
                                        "RemoveDevice",
                                        BluezClient.BUS_TIMEOUT,
                                        "o",
                                        devicePath(path, address.toUpperCase(Locale.ROOT))))
                                .handle((answer, fault) -> {
                                    if (fault != null) {
                                        throw BluezFaults.of(fault, doing);
                                    }
                                    return null;
                                }),
                        removed));
        return removed;
    }

    /** Disconnects every device and ends everything. Waits at most 5 s for BlueZ, and not at all on the transport's own thread. */
    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        CompletableFuture<Void> gone = new CompletableFuture<>();
        mailbox.execute(() -> {
            BluezException closed = new BluezException(BluezFault.CLOSED, "the transport was closed");
            restart.cancel();
            List.copyOf(peers.values()).forEach(peer -> peer.end(closed));
            discoveries.complete();
            scanner.use(null);
            readinessListeners.clear();
            CompletionStage<Void> left = CompletableFuture.allOf(leaving.values().stream()
                    .map(CompletionStage::toCompletableFuture)
                    .toArray(CompletableFuture<?>[]::new));
            left.whenComplete((nothing, fault) -> gone.complete(null));
        });
        CompletionStage<Void> ended = gone.thenRun(this::shutDown);
        if (Thread.currentThread() != runner && !scheduler.await(ended, CLOSE_TIMEOUT)) {
            LOG.warn("BlueZ did not disconnect all devices within {} s", CLOSE_TIMEOUT.toSeconds());
            mailbox.execute(() -> gone.complete(null));
        }
    }

    private void shutDown() {
        isShutDown = true;
        client.close();
        if (isSchedulerOwned) {
            scheduler.close();
        }
    }

    BluezSettings settings() {
        return settings;
    }

    BluezClient client() {
        return client;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Scanner scanner() {
        return scanner;
    }

    PairingAgent agent() {
        return agent;
    }

    /** Runs a task in the mailbox; what it promises fails when there is no mailbox any more. */
    void submit(CompletableFuture<?> promise, Runnable task) {
        mailbox.execute(() -> {
            if (isClosed.get()) {
                promise.completeExceptionally(BluezFaults.of(BluezFault.CLOSED, "the transport"));
            } else {
                task.run();
            }
        });
        if (isShutDown) {
            promise.completeExceptionally(BluezFaults.of(BluezFault.CLOSED, "the transport"));
        }
    }

    /** Completes with the path of an adapter that can be used. */
    CompletionStage<String> ready() {
        return client.start().thenApply(nothing -> {
            String path = adapter;
            if (path == null) {
                throw readiness().orElseThrow();
            }
            return path;
        });
    }

    static String devicePath(String adapterPath, String address) {
        return adapterPath + "/dev_" + address.replace(':', '_');
    }

    /** An attempt became a link, or one of them is over. */
    void replace(String address, Peer before, @Nullable Peer after) {
        if (after == null) {
            peers.remove(address, before);
        } else {
            peers.put(address, after);
        }
    }

    /** A bonded device that was there could not be opened; returns whether that is so for the second time in a row. */
    boolean failedAgain(String address) {
        return !failing.add(address);
    }

    /** A device could be opened. */
    void opened(String address) {
        failing.remove(address);
    }

    /** Disconnects a device; who opens it again waits for the end of that. */
    void leave(String address, String path) {
        if (!client.isRunning()) {
            return;
        }
        CompletionStage<?> left = client.call(path, BluezObjects.DEVICE, "Disconnect", BluezClient.BUS_TIMEOUT, "")
                .handle((answer, fault) -> {
                    // The signal of it may come later than the answer, and a new link must not take it for its own end.
                    client.objects()
                            .change(path, BluezObjects.DEVICE, Map.of("ServicesResolved", false), List.of("Connected"));
                    if (fault != null) {
                        LOG.debug(
                                "disconnecting {} failed: {}",
                                address,
                                BluezFaults.unwrapped(fault).getMessage());
                    }
                    return null;
                });
        leaving.put(address, left);
        left.whenComplete((nothing, fault) -> leaving.remove(address, left));
    }

    /** Completes when a device that was being disconnected has been. */
    CompletionStage<?> left(String address) {
        CompletionStage<?> still = leaving.get(address);
        return still == null ? CompletableFuture.completedFuture(null) : still;
    }

    static void tell(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("a callback of a link over BlueZ failed", e);
        }
    }

    private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, fault) -> {
            if (fault == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(BluezFaults.unwrapped(fault));
            }
        });
    }

    private Optional<String> text(String path, String type, String name) {
        return client.objects().get(path, type, name, String.class);
    }

    private Optional<BluezException> readiness() {
        if (!client.isRunning()) {
            return Optional.of(client.why());
        }
        if (adapter != null) {
            return Optional.empty();
        }
        return Optional.of(adapters.why());
    }

    /** The adapters changed: ends what was on one that is off or gone, and begins with another. */
    private void adaptersChanged(boolean isNew) {
        String before = adapter;
        String now = client.isRunning() ? adapters.choose(before).orElse(null) : null;
        adapter = now;
        boolean isOther = now == null ? before != null : !now.equals(before);
        if (isOther && before != null) {
            BluezException why =
                    readiness().orElseGet(() -> BluezFaults.of(BluezFault.ADAPTER_OFF, "the adapter in use"));
            List.copyOf(peers.values()).forEach(peer -> peer.end(why));
        }
        if (isOther || isNew) {
            scanner.use(now);
        }
        tellReadiness();
    }

    private void tellReadiness() {
        Optional<BluezException> readiness = readiness();
        Optional<String> words = readiness.map(Throwable::getMessage);
        if (words.equals(toldReadiness)) {
            return;
        }
        toldReadiness = words;
        words.ifPresentOrElse(why -> LOG.warn("{}", why), () -> LOG.info("Bluetooth can be used, with {}", adapter));
        List.copyOf(readinessListeners).forEach(listener -> tell(() -> listener.accept(readiness)));
    }

    /** Who watches waits for ever, so what cannot be had now is tried again; the bus itself tells when the daemon comes. */
    private void startForWatchers() {
        if (isClosed.get() || client.isRunning() || !scanner.isWanted()) {
            return;
        }
        restart.cancel();
        client.start().exceptionally(fault -> {
            restarts++;
            Duration pause = Backoff.DEFAULT.delay(restarts, ThreadLocalRandom.current());
            restart.cancel();
            restart = scheduler.schedule(pause, () -> mailbox.execute(this::startForWatchers));
            return null;
        });
    }

    private void announceAll() {
        String path = adapter;
        if (path != null) {
            client.objects().below(path, BluezObjects.DEVICE).stream()
                    .filter(device -> Sighting.isSeen(client.objects(), device) || isLeftBehind(device))
                    .forEach(this::announce);
        }
    }

    /** A device that is connected, but not by us, says nothing on the air: as after this program was killed. */
    private boolean isLeftBehind(String device) {
        return client.objects().is(device, BluezObjects.DEVICE, "Connected")
                && !peers.containsKey(
                        text(device, BluezObjects.DEVICE, "Address").orElse(""));
    }

    private void announce(String path) {
        if (adapter != null && path.startsWith(adapter + "/")) {
            Sighting.of(client.objects(), path, scheduler.clock().instant()).ifPresent(discoveries::publish);
        }
    }

    private void forPeer(String path, Consumer<Peer> action) {
        int at = path.indexOf("/dev_");
        if (at < 0 || adapter == null || !path.startsWith(adapter + "/")) {
            return;
        }
        int end = path.indexOf('/', at + 1);
        String address = path.substring(at + "/dev_".length(), end < 0 ? path.length() : end)
                .replace('_', ':');
        Peer peer = peers.get(address);
        if (peer != null) {
            action.accept(peer);
        }
    }

    private final class Ear implements BluezClient.Listener {
        @Override
        public void started() {
            restarts = 0;
            restart.cancel();
            agent.register();
            adaptersChanged(true);
            announceAll();
        }

        @Override
        public void failed(BluezException why) {
            tellReadiness();
        }

        @Override
        public void lost(BluezException why) {
            adapter = null;
            scanner.use(null);
            List.copyOf(peers.values()).forEach(peer -> peer.end(why));
            leaving.clear();
            tellReadiness();
            mailbox.execute(() -> {
                if (why.fault() == BluezFault.NO_BUS) {
                    startForWatchers();
                }
            });
        }

        @Override
        public void added(String path, Map<?, ?> interfaces) {
            if (interfaces.containsKey(BluezObjects.ADAPTER)) {
                adaptersChanged(false);
            }
            forPeer(path, peer -> peer.added(path, interfaces));
            if (interfaces.containsKey(BluezObjects.DEVICE) && Sighting.isSeen(client.objects(), path)) {
                announce(path);
            }
        }

        @Override
        public void removed(String path, List<?> interfaces) {
            if (interfaces.contains(BluezObjects.ADAPTER)) {
                adaptersChanged(false);
            }
            forPeer(path, peer -> peer.removed(path, interfaces));
        }

        @Override
        public void changed(String path, String type, Map<?, ?> changes) {
            if (type.equals(BluezObjects.ADAPTER)) {
                adaptersChanged(false);
                if (changes.get("Discovering") instanceof Boolean isDiscovering) {
                    scanner.discoveringChanged(path, isDiscovering);
                }
                return;
            }
            forPeer(path, peer -> peer.changed(path, type, changes));
            if (type.equals(BluezObjects.DEVICE) && Sighting.isTold(changes)) {
                announce(path);
            }
        }

        @Override
        public void disconnected(String path, String reason) {
            forPeer(path, peer -> peer.disconnecting(reason));
        }

        @Override
        public void called(Bus.Request request) {
            agent.called(request);
        }
    }

    /** A subscriber; when it goes, there may be nobody left to look for. */
    private final class Watching extends ForwardingSubscriber<Discovery> {
        Watching(Flow.Subscriber<? super Discovery> subscriber) {
            super(subscriber);
        }

        @Override
        protected void cancelled() {
            mailbox.execute(scanner::update);
        }
    }
}
