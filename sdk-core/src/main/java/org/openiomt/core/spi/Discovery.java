package org.openiomt.core.spi;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A device was seen.
 *
 * @param address how the transport finds it again
 * @param name what it calls itself
 * @param services what it offers; for Bluetooth the UUIDs, 4 lower-case hexadecimal digits where they are short
 * @param data what it announced, by kind: {@code service:181d}, {@code manufacturer:004c}
 * @param signal the strength in dBm
 * @param at when it was seen
 */
public record Discovery(
        String address,
        Optional<String> name,
        Set<String> services,
        Map<String, byte[]> data,
        OptionalInt signal,
        Instant at) {
    /** Copies the collections and arrays. */
    public Discovery {
        services = Set.copyOf(services);
        data = copy(data);
    }

    /** Returns a copy of what was announced. */
    @Override
    public Map<String, byte[]> data() {
        return copy(data);
    }

    /** Whether the device offers this service. */
    public boolean offers(String service) {
        return services.contains(service);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Discovery that
                && address.equals(that.address)
                && name.equals(that.name)
                && services.equals(that.services)
                && signal.equals(that.signal)
                && at.equals(that.at)
                && data.keySet().equals(that.data.keySet())
                && data.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), that.data.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** Hides what was announced: it may be a reading. */
    @Override
    public String toString() {
        return "Discovery[address=" + address + ", services=" + services + "]";
    }

    private static Map<String, byte[]> copy(Map<String, byte[]> data) {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        data.forEach((kind, octets) -> copy.put(kind, octets.clone()));
        return copy;
    }
}
