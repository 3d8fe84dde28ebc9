package org.openiomt.ble.bluez;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A device behind {@link FakeBluez}: what it advertises, its characteristics, how it bonds. */
final class FakeDevice {
    /** How a device wants a bond to be proved. */
    enum Bonding {
        /** Not at all. */
        JUST_WORKS,
        /** By a number that it shows. */
        SHOWS_PASSKEY,
        /** By a number that is typed into it. */
        TAKES_PASSKEY,
        /** By comparing. */
        COMPARES,
        /** It refuses. */
        REFUSES
    }

    static final int PASSKEY = 123_456;

    private final FakeBluez bluez;
    private final String address;
    private final String name;
    private final String path;
    private final Map<String, Map<String, Object>> characteristics = new LinkedHashMap<>();
    private final Map<String, byte[]> values = new HashMap<>();
    private final Set<String> notifying = new LinkedHashSet<>();
    private final Map<String, Map<String, Object>> services = new LinkedHashMap<>();
    private Map<String, Object> data = new HashMap<>();
    private Bonding bonding = Bonding.JUST_WORKS;
    private boolean isInRange = true;
    private boolean isBondForgotten;
    private boolean isExported;
    private @Nullable Runnable whenConnected;

    FakeDevice(FakeBluez bluez, String address, String name) {
        this.bluez = bluez;
        this.address = address;
        this.name = name;
        this.path = FakeBluez.ADAPTER + "/dev_" + address.replace(':', '_');
    }

    String path() {
        return path;
    }

    /** Adds a service; the next characteristics belong to it. */
    FakeDevice service(String uuid) {
        String service = path + String.format("/service%04x", services.size() * 0x10 + 1);
        services.put(service, new HashMap<>(Map.of("UUID", whole(uuid), "Primary", true)));
        return this;
    }

    /** Adds a characteristic to the last service; returns its path. */
    String characteristic(String uuid, String... flags) {
        String service = List.copyOf(services.keySet()).get(services.size() - 1);
        String characteristic = service + String.format("/char%04x", characteristics.size() * 2 + 2);
        characteristics.put(
                characteristic,
                new HashMap<>(Map.of(
                        "UUID",
                        whole(uuid),
                        "Service",
                        service,
                        "Flags",
                        List.of(flags),
                        "MTU",
                        64,
                        "Notifying",
                        false)));
        values.put(characteristic, new byte[] {1, 2, 3});
        return characteristic;
    }

    static String whole(String uuid) {
        return uuid.length() == 4 ? String.format("0000%s-0000-1000-8000-00805f9b34fb", uuid) : uuid;
    }

    FakeDevice bonding(Bonding how) {
        bonding = how;
        return this;
    }

    /** The device was reset: it refuses the keys that BlueZ still has. */
    void forgetBond() {
        isBondForgotten = true;
    }

    void rangeIs(boolean reachable) {
        isInRange = reachable;
    }

    void value(String characteristic, byte... octets) {
        values.put(characteristic, octets);
    }

    byte[] value(String characteristic) {
        return values.getOrDefault(characteristic, new byte[0]).clone();
    }

    boolean isNotifying(String characteristic) {
        return notifying.contains(characteristic);
    }

    boolean isConnected() {
        return is("Connected");
    }

    boolean isBonded() {
        return is("Paired");
    }

    void bonded() {
        show();
        bluez.change(path, BluezObjects.DEVICE, Map.of("Paired", true, "Bonded", true));
    }

    void announces(Map<String, Object> some) {
        data = new HashMap<>(some);
    }

    /** The device is seen on the air, for the first time or again. */
    void advertise() {
        Map<String, Object> seen = new HashMap<>(data);
        seen.put("RSSI", (short) -60);
        if (bluez.has(path)) {
            bluez.change(path, BluezObjects.DEVICE, seen);
        } else {
            show(seen);
        }
    }

    /** BlueZ knows the device, without having seen it now. */
    void show() {
        if (!bluez.has(path)) {
            show(Map.of());
        }
    }

    private void show(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "Address",
                address,
                "Name",
                name,
                "Connected",
                false,
                "Paired",
                false,
                "ServicesResolved",
                false,
                "UUIDs",
                List.of(whole("180d"), "f0de0001-0000-4000-8000-000000000001")));
        properties.putAll(more);
        bluez.add(path, Map.of(BluezObjects.DEVICE, properties));
    }

    /** Something happens after the link is up and before the services are resolved. */
    void whenConnected(Runnable what) {
        whenConnected = what;
    }

    /** A value is announced, when somebody has subscribed. */
    void announce(String characteristic, byte... octets) {
        if (notifying.contains(characteristic)) {
            bluez.change(characteristic, BluezObjects.CHARACTERISTIC, Map.of("Value", octets));
        }
    }

    /** The radio link is lost. */
    void drop() {
        notifying.clear();
        if (isConnected()) {
            bluez.change(path, BluezObjects.DEVICE, Map.of("Connected", false, "ServicesResolved", false));
        }
    }

    void forgetConnection() {
        notifying.clear();
        Map<String, Object> properties = bluez.properties(path, BluezObjects.DEVICE);
        properties.put("Connected", false);
        properties.put("ServicesResolved", false);
    }

    /** BlueZ forgets the device. */
    void remove() {
        drop();
        unexport();
        bluez.remove(path, List.of(BluezObjects.DEVICE));
    }

    /** The device has another characteristic all at once. */
    void changeServices() {
        String added = characteristic("2a99", "read");
        bluez.add(
                added,
                Map.of(
                        BluezObjects.CHARACTERISTIC,
                        new HashMap<>(Map.copyOf(Objects.requireNonNull(characteristics.get(added))))));
    }

    private boolean is(String property) {
        return Boolean.TRUE.equals(bluez.properties(path, BluezObjects.DEVICE).get(property));
    }

    private void export() {
        if (!isExported) {
            isExported = true;
            services.forEach((service, properties) -> bluez.add(service, Map.of(BluezObjects.SERVICE, properties)));
            characteristics.forEach((characteristic, properties) ->
                    bluez.add(characteristic, Map.of(BluezObjects.CHARACTERISTIC, properties)));
        }
    }

    private void unexport() {
        if (isExported) {
            isExported = false;
            characteristics.keySet().forEach(each -> bluez.remove(each, List.of(BluezObjects.CHARACTERISTIC)));
            services.keySet().forEach(each -> bluez.remove(each, List.of(BluezObjects.SERVICE)));
        }
    }

    CompletionStage<FakeBluez.Reply> call(String on, String method, List<Object> arguments) {
        return switch (method) {
            case "Connect" -> connect();
            case "Disconnect" -> {
                drop();
                yield FakeBluez.nothing();
            }
            case "Pair" -> pair();
            default -> {
                if (!isConnected()) {
                    throw new BusException("org.bluez.Error.NotConnected", "Not Connected");
                }
                yield access(on, method, arguments);
            }
        };
    }

    private CompletionStage<FakeBluez.Reply> connect() {
        if (!isInRange) {
            throw new BusException("org.bluez.Error.Failed", "le-connection-abort-by-local");
        }
        bluez.change(path, BluezObjects.DEVICE, Map.of("Connected", true));
        Runnable then = whenConnected;
        if (then != null) {
            then.run();
        }
        if (isBonded() && isBondForgotten) {
            drop();
        }
        if (isConnected()) {
            export();
            bluez.change(path, BluezObjects.DEVICE, Map.of("ServicesResolved", true));
        }
        return FakeBluez.nothing();
    }

    private CompletionStage<FakeBluez.Reply> pair() {
        CompletionStage<Boolean> proved = switch (bonding) {
            case JUST_WORKS -> FakeBluez.done(true);
            case REFUSES -> FakeBluez.done(false);
            case SHOWS_PASSKEY ->
                bluez.ask("RequestPasskey", "o", path)
                        .thenApply(answer -> answer.get(0).equals((long) PASSKEY));
            case TAKES_PASSKEY ->
                bluez.ask("DisplayPasskey", "ouq", path, (long) PASSKEY, 0).thenApply(answer -> true);
            case COMPARES ->
                bluez.ask("RequestConfirmation", "ou", path, (long) PASSKEY).thenApply(answer -> true);
        };
        return proved.exceptionally(refused -> false).thenCompose(isProved -> {
            if (!isProved) {
                return CompletableFuture.failedFuture(
                        new BusException("org.bluez.Error.AuthenticationFailed", "Authentication Failed"));
            }
            bluez.change(path, BluezObjects.DEVICE, Map.of("Paired", true, "Bonded", true));
            return FakeBluez.nothing();
        });
    }

    private CompletionStage<FakeBluez.Reply> access(String on, String method, List<Object> arguments) {
        return switch (method) {
            case "ReadValue" -> {
                byte[] value = value(on);
                bluez.change(on, BluezObjects.CHARACTERISTIC, Map.of("Value", value));
                yield FakeBluez.done(new FakeBluez.Reply("ay", List.of(value)));
            }
            case "WriteValue" -> {
                value(on, ((byte[]) arguments.get(0)).clone());
                yield FakeBluez.nothing();
            }
            case "StartNotify" -> {
                notifying.add(on);
                bluez.change(on, BluezObjects.CHARACTERISTIC, Map.of("Notifying", true));
                yield FakeBluez.nothing();
            }
            case "StopNotify" -> {
                notifying.remove(on);
                bluez.change(on, BluezObjects.CHARACTERISTIC, Map.of("Notifying", false));
                yield FakeBluez.nothing();
            }
            default -> throw new BusException("org.freedesktop.DBus.Error.UnknownMethod", "no method " + method);
        };
    }
}
