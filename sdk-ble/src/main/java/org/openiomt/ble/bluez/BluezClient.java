package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The connection to BlueZ and what BlueZ says that there is. Everything here runs in the transport's mailbox; stages complete in
 * it, in the order of the wire.
 *
 * Only BlueZ is believed: a signal counts when it comes from the unique name that answered GetManagedObjects, because anybody on
 * a system bus can send us a signal that looks like a reading. The rules say which signals are wanted, not who may send them.
 *
 * What is lost (the bus, the daemon) is told once; what comes back is loaded anew, so that nobody keeps an object of before.
 */
final class BluezClient {
    static final String BLUEZ = "org.bluez";
    static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    static final Duration BUS_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(BluezClient.class);
    private static final String BUS_PATH = "/org/freedesktop/DBus";
    private static final String OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager";
    private static final List<String> RULES = List.of(
            "type='signal',sender='" + Bus.DAEMON + "',interface='" + Bus.DAEMON + "',member='NameOwnerChanged',arg0='"
                    + BLUEZ + "'",
            "type='signal',interface='" + OBJECT_MANAGER + "',path='/'",
            "type='signal',interface='" + PROPERTIES + "',arg0='" + BluezObjects.ADAPTER + "'",
            "type='signal',interface='" + PROPERTIES + "',arg0='" + BluezObjects.DEVICE + "'",
            "type='signal',interface='" + BluezObjects.DEVICE + "'");

    /** Hears what happens, in the mailbox. */
    interface Listener {
        /** BlueZ is there, and its objects are known. */
        void started();

        /** BlueZ could not be reached. */
        void failed(BluezException why);

        /** BlueZ is gone, and with it all its objects. */
        void lost(BluezException why);

        /** Interfaces were added to an object. */
        void added(String path, Map<?, ?> interfaces);

        /** Interfaces were taken from an object; they are unknown already. */
        void removed(String path, List<?> interfaces);

        /** Properties changed; they are known already. */
        void changed(String path, String type, Map<?, ?> changes);

        /** BlueZ says why a device was disconnected; not all versions do. */
        void disconnected(String path, String reason);

        /** BlueZ calls. */
        void called(Bus.Request request);
    }

    private final Bus.Connector connector;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Listener listener;
    private final BluezObjects objects = new BluezObjects();
    private @Nullable Connection connection;
    private @Nullable CompletableFuture<Void> starting;
    private boolean isRunning;
    private String owner = "";
    private BluezException why = BluezFaults.of(BluezFault.NO_BUS, "not connected yet");

    BluezClient(Bus.Connector connector, Scheduler scheduler, Mailbox mailbox, Listener listener) {
        this.connector = connector;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    BluezObjects objects() {
        return objects;
    }

    boolean isRunning() {
        return isRunning;
    }

    /** Returns why BlueZ cannot be used; only while it does not run. */
    BluezException why() {
        return why;
    }

    /** Connects and loads what there is; completes at once when that is done. */
    CompletionStage<Void> start() {
        if (isRunning) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> running = starting;
        if (running != null) {
            return running;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        starting = mine;
        connect().thenCompose(bus -> load()).whenComplete((answer, fault) -> {
            if (starting != mine) {
                return;
            }
            starting = null;
            if (fault == null) {
                isRunning = true;
                LOG.info("BlueZ is there");
                listener.started();
                mine.complete(null);
            } else {
                why = BluezFaults.of(fault, "starting with BlueZ");
                listener.failed(why);
                mine.completeExceptionally(why);
            }
        });
        return mine;
    }

    /** Loads all objects. */
    CompletionStage<Void> load() {
        return call("/", OBJECT_MANAGER, "GetManagedObjects", BUS_TIMEOUT, "").thenAccept(answer -> {
            owner = answer.sender();
            objects.replace(answer.value(Map.class).orElse(Map.of()));
        });
    }

    /** Calls BlueZ; fails with {@link BusException}. */
    CompletionStage<Bus.Answer> call(
            String path, String type, String method, Duration timeout, String signature, Object... values) {
        return call(new Bus.Call(BLUEZ, path, type, method, signature, List.of(values)), timeout);
    }

    /** Asks the bus for signals of a kind. */
    CompletionStage<Bus.Answer> addRule(String rule) {
        return callBus("AddMatch", rule);
    }

    /** Asks the bus no longer for them. */
    void removeRule(String rule) {
        callBus("RemoveMatch", rule).exceptionally(fault -> {
            LOG.debug("a match rule could not be removed: {}", fault.toString());
            return null;
        });
    }

    /** Ends the connection. */
    void close() {
        Connection ended = connection;
        connection = null;
        starting = null;
        isRunning = false;
        objects.clear();
        if (ended != null) {
            ended.close();
        }
    }

    /** Whether this is BlueZ's unique name. */
    boolean isOwner(String sender) {
        return !owner.isEmpty() && owner.equals(sender);
    }

    private CompletionStage<Bus.Answer> callBus(String method, String argument) {
        return call(new Bus.Call(Bus.DAEMON, BUS_PATH, Bus.DAEMON, method, "s", List.of(argument)), BUS_TIMEOUT);
    }

    private CompletionStage<Bus.Answer> call(Bus.Call call, Duration timeout) {
        CompletableFuture<Bus.Answer> result = new CompletableFuture<>();
        Connection current = connection;
        Bus bus = current == null ? null : current.bus;
        if (bus == null) {
            result.completeExceptionally(
                    new BusException(BusException.DISCONNECTED, "there is no connection to the D-Bus"));
            return result;
        }
        Scheduler.Cancellable timer = scheduler.schedule(
                timeout,
                () -> mailbox.execute(() -> result.completeExceptionally(new BusException(
                        BusException.TIMEOUT,
                        call.method() + " was not answered within " + timeout.toSeconds() + " s"))));
        bus.call(call).whenComplete((answer, fault) -> {
            timer.cancel();
            mailbox.execute(() -> {
                if (fault == null) {
                    result.complete(answer);
                } else {
                    result.completeExceptionally(BluezFaults.unwrapped(fault));
                }
            });
        });
        return result;
    }

    private CompletionStage<Void> connect() {
        if (connection != null) {
            return CompletableFuture.completedFuture(null);
        }
        Connection opened = new Connection();
        connection = opened;
        return opened.open().whenComplete((nothing, fault) -> {
            if (fault != null && connection == opened) {
                connection = null;
                opened.close();
            }
        });
    }

    private void heard(Bus.Signal signal) {
        // The bus itself may leave its name out; it never lets anybody else do so.
        if (signal.sender().equals(Bus.DAEMON) || signal.sender().isEmpty()) {
            if (signal.name().equals("NameOwnerChanged") && signal.text(0).equals(BLUEZ)) {
                ownerChanged(signal.text(2));
            }
            return;
        }
        if (!isOwner(signal.sender())) {
            LOG.debug("a signal of {} that is not BlueZ was passed over", signal.sender());
            return;
        }
        switch (signal.name()) {
            case "InterfacesAdded" -> {
                objects.add(signal.text(0), signal.map(1));
                listener.added(signal.text(0), signal.map(1));
            }
            case "InterfacesRemoved" -> {
                objects.remove(signal.text(0), signal.list(1));
                listener.removed(signal.text(0), signal.list(1));
            }
            case "PropertiesChanged" -> {
                objects.change(signal.path(), signal.text(0), signal.map(1), signal.list(2));
                listener.changed(signal.path(), signal.text(0), signal.map(1));
            }
            case "Disconnected" -> listener.disconnected(signal.path(), signal.text(0));
            default -> LOG.trace("the signal {} means nothing to us", signal.name());
        }
    }

    private void ownerChanged(String newOwner) {
        CompletableFuture<Void> interrupted = starting;
        starting = null;
        if (isRunning) {
            lose(BluezFaults.of(BluezFault.NO_DAEMON, "bluetoothd has ended"));
        }
        if (!newOwner.isEmpty()) {
            CompletionStage<Void> again = start();
            if (interrupted != null) {
                again.whenComplete((nothing, fault) -> settle(interrupted, fault));
            }
        } else if (interrupted != null) {
            why = BluezFaults.of(BluezFault.NO_DAEMON, "bluetoothd ended while we started");
            listener.failed(why);
            interrupted.completeExceptionally(why);
        }
    }

    private static void settle(CompletableFuture<Void> future, @Nullable Throwable fault) {
        if (fault == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(fault);
        }
    }

    private void busClosed(String reason) {
        LOG.warn("the connection to the D-Bus ended: {}", reason);
        BluezException ended = new BluezException(BluezFault.NO_BUS, "the connection to the D-Bus ended: " + reason);
        CompletableFuture<Void> interrupted = starting;
        starting = null;
        connection = null;
        if (isRunning) {
            lose(ended);
        }
        if (interrupted != null) {
            why = ended;
            listener.failed(ended);
            interrupted.completeExceptionally(ended);
        }
    }

    private void lose(BluezException reason) {
        isRunning = false;
        owner = "";
        objects.clear();
        why = reason;
        listener.lost(reason);
    }

    /** One connection; what an old one still brings is passed over. */
    private final class Connection implements Bus.Listener {
        private Bus.@Nullable Connecting connecting;
        private @Nullable Bus bus;

        CompletionStage<Void> open() {
            CompletableFuture<Void> opened = new CompletableFuture<>();
            Bus.Connecting way;
            try {
                way = connector.connect(this);
            } catch (BusException e) {
                opened.completeExceptionally(e);
                return opened;
            }
            connecting = way;
            Scheduler.Cancellable timer = scheduler.schedule(
                    BUS_TIMEOUT,
                    () -> mailbox.execute(() -> opened.completeExceptionally(new BusException(
                            BusException.DISCONNECTED,
                            "the D-Bus did not answer within " + BUS_TIMEOUT.toSeconds() + " s"))));
            way.connected()
                    .whenComplete((there, fault) -> mailbox.execute(() -> {
                        timer.cancel();
                        if (fault != null) {
                            opened.completeExceptionally(BluezFaults.unwrapped(fault));
                        } else if (opened.isDone() || connection != this) {
                            there.close();
                        } else {
                            bus = there;
                            listen(opened);
                        }
                    }));
            return opened;
        }

        private void listen(CompletableFuture<Void> opened) {
            CompletionStage<Void> added = CompletableFuture.allOf(RULES.stream()
                    .map(rule -> addRule(rule).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
            added.whenComplete((nothing, fault) -> settle(opened, fault == null ? null : BluezFaults.unwrapped(fault)));
        }

        void close() {
            if (connecting != null) {
                connecting.abandon();
            }
        }

        @Override
        public void signal(Bus.Signal signal) {
            mailbox.execute(() -> {
                if (connection == this) {
                    heard(signal);
                }
            });
        }

        @Override
        public void called(Bus.Request request) {
            mailbox.execute(() -> {
                if (connection == this && isOwner(request.sender())) {
                    listener.called(request);
                } else {
                    request.refuse("org.freedesktop.DBus.Error.AccessDenied", "only BlueZ may call");
                }
            });
        }

        @Override
        public void closed(String reason) {
            mailbox.execute(() -> {
                if (connection == this) {
                    busClosed(reason);
                }
            });
        }
    }
}
