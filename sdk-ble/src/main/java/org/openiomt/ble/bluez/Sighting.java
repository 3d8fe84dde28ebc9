package org.openiomt.ble.bluez;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.core.spi.Discovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What BlueZ says of a device that it sees, as a discovery. */
final class Sighting {
    private static final Logger LOG = LoggerFactory.getLogger(Sighting.class);

    /** What BlueZ gives where the adapter measured no strength. */
    private static final int NO_SIGNAL = 127;

    /** Properties that change when a device is heard. */
    private static final Set<String> HEARD =
            Set.of("RSSI", "ServiceData", "ManufacturerData", "AdvertisingData", "AdvertisingFlags", "UUIDs", "Name");

    private Sighting() {}

    /** Whether BlueZ sees the device now: it has a strength only then. */
    static boolean isSeen(BluezObjects objects, String path) {
        return objects.get(path, BluezObjects.DEVICE, "RSSI", Short.class).isPresent();
    }

    /** Whether these changes mean that the device was heard. */
    static boolean isTold(Map<?, ?> changes) {
        return changes.keySet().stream().anyMatch(HEARD::contains);
    }

    /** Returns the discovery, unless the device has no address. */
    static Optional<Discovery> of(BluezObjects objects, String path, Instant at) {
        Set<String> services = new HashSet<>();
        objects.texts(path, BluezObjects.DEVICE, "UUIDs")
                .forEach(uuid -> uuid(uuid).ifPresent(services::add));
        Map<String, byte[]> data = new LinkedHashMap<>();
        objects.octets(path, BluezObjects.DEVICE, "ServiceData")
                .forEach((uuid, octets) ->
                        uuid(String.valueOf(uuid)).ifPresent(known -> data.put("service:" + known, octets)));
        objects.octets(path, BluezObjects.DEVICE, "ManufacturerData")
                .forEach((company, octets) -> data.put("manufacturer:" + company(company), octets));
        Optional<Short> signal =
                objects.get(path, BluezObjects.DEVICE, "RSSI", Short.class).filter(dbm -> dbm != NO_SIGNAL);
        return objects.get(path, BluezObjects.DEVICE, "Address", String.class)
                .map(address -> new Discovery(
                        address,
                        objects.get(path, BluezObjects.DEVICE, "Name", String.class),
                        services,
                        data,
                        signal.map(OptionalInt::of).orElse(OptionalInt.empty()),
                        at));
    }

    private static String company(Object number) {
        int company = number instanceof Number known ? known.intValue() : 0;
        return String.format("%04x", company);
    }

    private static Optional<String> uuid(String text) {
        try {
            return Optional.of(Gatt.uuid(text));
        } catch (IllegalArgumentException e) {
            LOG.debug("a device announced a UUID that is none");
            return Optional.empty();
        }
    }
}
