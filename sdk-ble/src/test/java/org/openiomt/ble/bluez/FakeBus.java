package org.openiomt.ble.bluez;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;

/**
 * A message bus in memory with a {@link FakeBluez} on it: one client, its match rules, and everything in the order in which it
 * was sent. Time and threads are the scheduler's.
 */
final class FakeBus implements Bus.Connector, FakeBluez.Air, FakeBluez.Agents {
    static final String US = ":1.7";
    private static final Pattern CONDITION = Pattern.compile("([a-z0-9_]+)='([^']*)'");

    private final Scheduler scheduler;
    private final FakeBluez bluez;
    private @Nullable Client client;
    private boolean isRefusing;
    private boolean isDeaf;
    private @Nullable String owner = ":1.2";
    private int owners = 2;
    private int connections;

    FakeBus(Scheduler scheduler, FakeBluez bluez) {
        this.scheduler = scheduler;
        this.bluez = bluez;
        bluez.connect(this, this);
    }

    int connections() {
        return connections;
    }

    List<String> rules() {
        Client there = client;
        return there == null ? List.of() : there.rules;
    }

    /** New connections fail from now on, or no longer. */
    void refuse(boolean isRefused) {
        isRefusing = isRefused;
    }

    /** Connections are neither made nor refused from now on. */
    void deafen() {
        isDeaf = true;
    }

    /** The bus ends. */
    void drop(String reason) {
        Client there = client;
        client = null;
        if (there != null) {
            there.isOpen = false;
            there.pending.forEach(call -> call.completeExceptionally(
                    new BusException(BusException.DISCONNECTED, "the connection has ended")));
            scheduler.execute(() -> there.listener.closed(reason));
        }
    }

    /** The daemon is killed. */
    void daemonEnds() {
        String before = owner;
        owner = null;
        bluez.restart();
        Client there = client;
        if (there != null) {
            List.copyOf(there.pending)
                    .forEach(call -> call.completeExceptionally(new BusException(
                            BusException.NO_REPLY,
                            "Message recipient disconnected from message bus without replying")));
        }
        ownerChanged(String.valueOf(before), "");
    }

    /** The daemon is started. */
    void daemonStarts() {
        owners++;
        owner = ":1." + owners;
        ownerChanged("", owner);
    }

    private void ownerChanged(String before, String after) {
        send(
                Bus.DAEMON,
                "/org/freedesktop/DBus",
                Bus.DAEMON,
                "NameOwnerChanged",
                List.of(BluezClient.BLUEZ, before, after));
    }

    /** Somebody else on the bus sends us a signal, past all match rules. */
    void forge(String path, String type, String name, Object... values) {
        Client there = client;
        if (there != null) {
            scheduler.execute(() -> there.listener.signal(new Bus.Signal(":1.66", path, type, name, List.of(values))));
        }
    }

    /** Somebody calls the client. */
    void ask(Asked call) {
        Client there = client;
        if (there != null) {
            scheduler.execute(() -> there.listener.called(call));
        }
    }

    @Override
    public Bus.Connecting connect(Bus.Listener listener) {
        if (isRefusing) {
            throw new BusException(BusException.DISCONNECTED, "no such socket");
        }
        connections++;
        Client opened = new Client(listener);
        client = opened;
        CompletableFuture<Bus> connected = new CompletableFuture<>();
        if (!isDeaf) {
            scheduler.execute(() -> connected.complete(opened));
        }
        return new Bus.Connecting() {
            @Override
            public CompletionStage<Bus> connected() {
                return connected;
            }

            @Override
            public void abandon() {
                opened.close();
            }
        };
    }

    @Override
    public void emit(String path, String type, String name, String signature, Object... values) {
        String from = owner;
        if (from != null) {
            send(from, path, type, name, List.of(values));
        }
    }

    private void send(String sender, String path, String type, String name, List<Object> values) {
        Client there = client;
        if (there != null && there.rules.stream().anyMatch(rule -> matches(rule, path, type, name, values))) {
            scheduler.execute(() -> {
                if (there.isOpen) {
                    there.listener.signal(new Bus.Signal(sender, path, type, name, values));
                }
            });
        }
    }

    private static boolean matches(String rule, String path, String type, String name, List<Object> values) {
        Matcher condition = CONDITION.matcher(rule);
        boolean isMatch = true;
        while (condition.find()) {
            String expected = condition.group(2);
            isMatch &= switch (condition.group(1)) {
                case "interface" -> expected.equals(type);
                case "member" -> expected.equals(name);
                case "arg0" -> !values.isEmpty() && expected.equals(values.get(0));
                case "path" -> expected.equals(path);
                case "path_namespace" -> path.equals(expected) || path.startsWith(expected + "/");
                default -> true;
            };
        }
        return isMatch;
    }

    @Override
    public CompletionStage<List<Object>> ask(String path, String method, String signature, Object... values) {
        CompletableFuture<List<Object>> answered = new CompletableFuture<>();
        String from = owner;
        if (from != null) {
            ask(new Asked(from, path, method, List.of(values), answered));
        }
        return answered;
    }

    /** A call to the client. */
    record Asked(
            String sender, String path, String method, List<Object> values, CompletableFuture<List<Object>> answered)
            implements Bus.Request {
        @Override
        public String type() {
            return "org.bluez.Agent1";
        }

        @Override
        public void answer(String signature, Object... answer) {
            answered.complete(List.of(answer));
        }

        @Override
        public void refuse(String error, String message) {
            answered.completeExceptionally(new BusException(error, message));
        }
    }

    private final class Client implements Bus {
        final Listener listener;
        final List<String> rules = new ArrayList<>();
        final List<CompletableFuture<Answer>> pending = new ArrayList<>();
        boolean isOpen = true;

        Client(Listener listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<Answer> call(Call call) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            if (!isOpen) {
                answer.completeExceptionally(new BusException(BusException.DISCONNECTED, "the connection has ended"));
                return answer;
            }
            pending.removeIf(CompletableFuture::isDone);
            pending.add(answer);
            scheduler.execute(() -> serve(call, answer));
            return answer;
        }

        private void serve(Call call, CompletableFuture<Answer> answer) {
            String there = owner;
            if (!isOpen) {
                return;
            }
            if (call.destination().equals(DAEMON)) {
                String rule = String.valueOf(call.values().get(0));
                if (call.method().equals("AddMatch")) {
                    rules.add(rule);
                } else {
                    rules.remove(rule);
                }
                answer.complete(new Answer(DAEMON, List.of()));
            } else if (there == null) {
                answer.completeExceptionally(
                        new BusException("org.freedesktop.DBus.Error.ServiceUnknown", "The name is not activatable"));
            } else {
                bluez.call(call.path(), call.type(), call.method(), call.values())
                        .whenComplete((reply, fault) -> scheduler.execute(() -> {
                            if (fault == null) {
                                answer.complete(new Answer(there, reply.values()));
                            } else {
                                answer.completeExceptionally(BluezFaults.unwrapped(fault));
                            }
                        }));
            }
        }

        @Override
        public void close() {
            isOpen = false;
            rules.clear();
            if (client == this) {
                client = null;
            }
        }
    }
}
