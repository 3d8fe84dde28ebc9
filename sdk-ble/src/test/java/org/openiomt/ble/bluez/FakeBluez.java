package org.openiomt.ble.bluez;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * BlueZ as its clients see it: objects with properties, methods, signals, errors by name. It does what BlueZ 5.66 was seen to do: a
 * read is told as a change of the value before it is answered, services are exported before they are said to be resolved.
 * {@link #fault}, {@link #silence} and {@link #before} make it misbehave. Not for use by several threads at once.
 */
final class FakeBluez {
    static final String ADAPTER = "/org/bluez/hci0";
    static final String ADAPTER_ADDRESS = "00:AA:01:00:00:00";

    /** Where signals go. */
    interface Air {
        void emit(String path, String type, String name, String signature, Object... values);
    }

    /** Whom to ask about bonds: the client's agent. */
    interface Agents {
        CompletionStage<List<Object>> ask(String path, String method, String signature, Object... values);
    }

    /** What a method gives back. */
    record Reply(String signature, List<Object> values) {
        static final Reply NOTHING = new Reply("", List.of());
    }

    private final Map<String, Map<String, Map<String, Object>>> objects = new TreeMap<>();
    private final Map<String, FakeDevice> devices = new LinkedHashMap<>();
    private final Map<String, BusException> faults = new HashMap<>();
    private final Set<String> silent = new LinkedHashSet<>();
    private final Map<String, Runnable> before = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> hasty = new LinkedHashSet<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private Consumer<Runnable> after = Runnable::run;
    private boolean isHeldBack;
    private final Map<String, Object> filter = new HashMap<>();
    private Air air = (path, type, name, signature, values) -> {};
    private Agents agents = (path, method, signature, values) -> CompletableFuture.failedFuture(failed());
    private @Nullable String agent;
    private @Nullable String capability;
    private boolean isDefaultAgent;

    FakeBluez() {
        objects.put("/org/bluez", new HashMap<>(Map.of("org.bluez.AgentManager1", new HashMap<>())));
        addAdapter();
    }

    /** What BlueZ says when it says nothing. */
    static BusException failed() {
        return new BusException("org.bluez.Error.Failed", "Operation failed");
    }

    void connect(Air to, Agents asked) {
        air = to;
        agents = asked;
    }

    /** Every call of this method fails from now on. */
    void fault(String method, BusException error) {
        faults.put(method, error);
    }

    /** Every call of this method is carried out and never answered, until {@link #heal}. */
    void silence(String method) {
        silent.add(method);
    }

    /** Something happens after this method was carried out and before it is answered. */
    void before(String method, Runnable what) {
        before.put(method, what);
    }

    void heal() {
        faults.clear();
        silent.clear();
        before.clear();
    }

    /** The methods that were called, with the last part of the object's path. */
    List<String> calls() {
        return calls;
    }

    Optional<String> capability() {
        return Optional.ofNullable(capability);
    }

    boolean hasAgent() {
        return agent != null;
    }

    boolean isDefaultAgent() {
        return isDefaultAgent;
    }

    Map<String, Object> filter() {
        return filter;
    }

    boolean isDiscovering() {
        return Boolean.TRUE.equals(properties(ADAPTER, BluezObjects.ADAPTER).get("Discovering"));
    }

    /** As after a restart of the daemon: bonds stay, connections and clients are gone. */
    void restart() {
        agent = null;
        isDefaultAgent = false;
        filter.clear();
        devices.values().forEach(FakeDevice::forgetConnection);
        properties(ADAPTER, BluezObjects.ADAPTER).put("Discovering", false);
    }

    void power(boolean isOn) {
        if (!isOn) {
            devices.values().forEach(FakeDevice::drop);
            change(ADAPTER, BluezObjects.ADAPTER, Map.of("Discovering", false));
        }
        change(ADAPTER, BluezObjects.ADAPTER, Map.of("Powered", isOn, "PowerState", isOn ? "on" : "off"));
    }

    void block() {
        power(false);
        change(ADAPTER, BluezObjects.ADAPTER, Map.of("PowerState", "off-blocked"));
    }

    void addAdapter() {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "Address",
                ADAPTER_ADDRESS,
                "Alias",
                "test",
                "Powered",
                true,
                "PowerState",
                "on",
                "Discovering",
                false));
        add(ADAPTER, Map.of(BluezObjects.ADAPTER, properties));
    }

    void removeAdapter() {
        List.copyOf(devices.values()).forEach(FakeDevice::remove);
        remove(ADAPTER, List.of(BluezObjects.ADAPTER));
    }

    /** Puts a device into the air; BlueZ does not know it before it advertises. */
    FakeDevice device(String address, String name) {
        FakeDevice device = new FakeDevice(this, address, name);
        devices.put(device.path(), device);
        return device;
    }

    /** Carries out a call; fails with {@link BusException}, or never answers. */
    CompletionStage<Reply> call(String path, String type, String method, List<Object> values) {
        calls.add(method + " " + path.substring(path.lastIndexOf('/') + 1));
        BusException fault = faults.get(method);
        if (fault != null) {
            return CompletableFuture.failedFuture(fault);
        }
        isHeldBack = hasty.contains(method);
        CompletionStage<Reply> reply;
        try {
            reply = carryOut(path, type, method, values);
        } catch (BusException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        Runnable meanwhile = before.get(method);
        if (meanwhile != null) {
            meanwhile.run();
        }
        isHeldBack = false;
        List<Runnable> later = List.copyOf(heldBack);
        heldBack.clear();
        return silent.contains(method)
                ? new CompletableFuture<>()
                : reply.whenComplete((value, error) -> later.forEach(after));
    }

    /** From now on this method is answered before its signals are sent. */
    void answerFirst(String method, Consumer<Runnable> afterwards) {
        hasty.add(method);
        after = afterwards;
    }

    private void send(String path, String type, String name, String signature, Object... values) {
        if (isHeldBack) {
            heldBack.add(() -> air.emit(path, type, name, signature, values));
        } else {
            air.emit(path, type, name, signature, values);
        }
    }

    private CompletionStage<Reply> carryOut(String path, String type, String method, List<Object> values) {
        if (method.equals("GetManagedObjects")) {
            return done(new Reply("a{oa{sa{sv}}}", List.of(copy(objects))));
        }
        String owner = type.equals(BluezClient.PROPERTIES) ? (String) values.get(0) : type;
        if (!objects.getOrDefault(path, Map.of()).containsKey(owner)) {
            throw new BusException("org.freedesktop.DBus.Error.UnknownObject", "there is no " + path);
        }
        return switch (method) {
            case "Get" -> done(new Reply("v", List.of(property(path, owner, (String) values.get(1)))));
            case "SetDiscoveryFilter" -> {
                filter.clear();
                ((Map<?, ?>) values.get(0)).forEach((key, value) -> filter.put(String.valueOf(key), value));
                yield nothing();
            }
            case "StartDiscovery", "StopDiscovery" -> {
                requirePower();
                change(ADAPTER, BluezObjects.ADAPTER, Map.of("Discovering", method.equals("StartDiscovery")));
                yield nothing();
            }
            case "RemoveDevice" -> {
                device((String) values.get(0)).remove();
                yield nothing();
            }
            case "RegisterAgent" -> {
                agent = (String) values.get(0);
                capability = (String) values.get(1);
                yield nothing();
            }
            case "RequestDefaultAgent" -> {
                isDefaultAgent = true;
                yield nothing();
            }
            default -> {
                requirePower();
                yield device(path).call(path, method, values);
            }
        };
    }

    private void requirePower() {
        if (!Boolean.TRUE.equals(properties(ADAPTER, BluezObjects.ADAPTER).get("Powered"))) {
            throw new BusException("org.bluez.Error.NotReady", "Resource Not Ready");
        }
    }

    private FakeDevice device(String path) {
        return devices.values().stream()
                .filter(device -> path.equals(device.path()) || path.startsWith(device.path() + "/"))
                .findFirst()
                .orElseThrow(() -> new BusException("org.bluez.Error.DoesNotExist", "Does Not Exist"));
    }

    private Object property(String path, String type, String name) {
        Object value = properties(path, type).get(name);
        if (value == null) {
            throw new BusException("org.freedesktop.DBus.Error.InvalidArgs", "No such property '" + name + "'");
        }
        return value;
    }

    /** Asks the client's agent. */
    CompletionStage<List<Object>> ask(String method, String signature, Object... values) {
        String there = agent;
        return there == null ? CompletableFuture.failedFuture(failed()) : agents.ask(there, method, signature, values);
    }

    Map<String, Object> properties(String path, String type) {
        return Objects.requireNonNull(
                objects.getOrDefault(path, Map.of()).getOrDefault(type, new HashMap<>()), "properties");
    }

    boolean has(String path) {
        return objects.containsKey(path);
    }

    void add(String path, Map<String, Map<String, Object>> interfaces) {
        objects.put(path, new HashMap<>(interfaces));
        send("/", "org.freedesktop.DBus.ObjectManager", "InterfacesAdded", "oa{sa{sv}}", path, copyOf(interfaces));
    }

    void remove(String path, List<String> interfaces) {
        if (objects.remove(path) != null) {
            send("/", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", "oas", path, interfaces);
        }
    }

    void change(String path, String type, Map<String, Object> changes) {
        if (objects.containsKey(path)) {
            properties(path, type).putAll(changes);
            send(path, BluezClient.PROPERTIES, "PropertiesChanged", "sa{sv}as", type, changes, List.of());
        }
    }

    void emit(String path, String type, String name, String signature, Object... values) {
        send(path, type, name, signature, values);
    }

    static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    static CompletionStage<Reply> nothing() {
        return done(Reply.NOTHING);
    }

    static CompletionStage<Reply> after(CompletionStage<?> stage, Supplier<CompletionStage<Reply>> next) {
        return stage.thenCompose(any -> next.get());
    }

    private static Map<String, Map<String, Map<String, Object>>> copy(
            Map<String, Map<String, Map<String, Object>>> objects) {
        Map<String, Map<String, Map<String, Object>>> copy = new TreeMap<>();
        objects.forEach((path, interfaces) -> copy.put(path, copyOf(interfaces)));
        return copy;
    }

    private static Map<String, Map<String, Object>> copyOf(Map<String, Map<String, Object>> interfaces) {
        Map<String, Map<String, Object>> copy = new HashMap<>();
        interfaces.forEach((type, properties) -> copy.put(type, new HashMap<>(properties)));
        return copy;
    }
}
