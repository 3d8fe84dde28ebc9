package org.openiomt.ble.bluez;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What BlueZ says that there is: adapters, devices, services, characteristics, each an object at a path with interfaces and their
 * properties. The keeper brings it up to date by what the bus tells. Not for use by several threads at once.
 */
final class BluezObjects {
    static final String ADAPTER = "org.bluez.Adapter1";
    static final String DEVICE = "org.bluez.Device1";
    static final String SERVICE = "org.bluez.GattService1";
    static final String CHARACTERISTIC = "org.bluez.GattCharacteristic1";

    private final NavigableMap<String, Map<String, Map<String, Object>>> objects = new TreeMap<>();

    void clear() {
        objects.clear();
    }

    /** Takes the answer of GetManagedObjects for all there is. */
    void replace(Map<?, ?> managed) {
        objects.clear();
        managed.forEach((path, interfaces) -> {
            if (interfaces instanceof Map<?, ?> map) {
                add(String.valueOf(path), map);
            }
        });
    }

    void add(String path, Map<?, ?> interfaces) {
        Map<String, Map<String, Object>> known = objects.computeIfAbsent(path, any -> new HashMap<>());
        interfaces.forEach((type, properties) -> {
            if (properties instanceof Map<?, ?> map) {
                Map<String, Object> copy = new HashMap<>();
                map.forEach((name, value) -> copy.put(String.valueOf(name), value));
                known.put(String.valueOf(type), copy);
            }
        });
    }

    void remove(String path, List<?> interfaces) {
        Map<String, Map<String, Object>> known = objects.get(path);
        if (known != null) {
            interfaces.forEach(known::remove);
            if (known.isEmpty()) {
                objects.remove(path);
            }
        }
    }

    void change(String path, String type, Map<?, ?> changed, List<?> invalidated) {
        Map<String, Object> properties = objects.getOrDefault(path, Map.of()).get(type);
        if (properties != null) {
            invalidated.forEach(properties::remove);
            changed.forEach((name, value) -> properties.put(String.valueOf(name), value));
        }
    }

    boolean has(String path, String type) {
        return objects.getOrDefault(path, Map.of()).containsKey(type);
    }

    /** Returns a property, when it is there and of that class. */
    <T> Optional<T> get(String path, String type, String name, Class<T> kind) {
        Map<String, Object> properties = objects.getOrDefault(path, Map.of()).getOrDefault(type, Map.of());
        Object value = properties.get(name);
        return kind.isInstance(value) ? Optional.of(kind.cast(value)) : Optional.empty();
    }

    /** Whether a property is there and true. */
    boolean is(String path, String type, String name) {
        return get(path, type, name, Boolean.class).orElse(false);
    }

    /** Returns the texts of a property that is a list of texts. */
    List<String> texts(String path, String type, String name) {
        return get(path, type, name, List.class).<List<?>>map(list -> list).orElse(List.of()).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Returns the values of a property that is a map with values of octets, by key. */
    Map<Object, byte[]> octets(String path, String type, String name) {
        Map<Object, byte[]> octets = new LinkedHashMap<>();
        get(path, type, name, Map.class)
                .<Map<?, ?>>map(map -> map)
                .orElse(Map.of())
                .forEach((key, value) -> {
                    if (value instanceof byte[] some) {
                        octets.put(key, some);
                    }
                });
        return octets;
    }

    /** Returns the objects with an interface at or below a path, in the order of their paths. */
    List<String> below(String path, String type) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Map<String, Map<String, Object>>> each :
                objects.tailMap(path, true).entrySet()) {
            if (!each.getKey().startsWith(path)) {
                break;
            }
            boolean isBelow = each.getKey().equals(path)
                    || path.endsWith("/")
                    || each.getKey().charAt(path.length()) == '/';
            if (isBelow && each.getValue().containsKey(type)) {
                found.add(each.getKey());
            }
        }
        return found;
    }
}
