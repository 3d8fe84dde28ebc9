package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.openiomt.ble.gatt.Gatt;

/**
 * How to use BlueZ.
 *
 * @param busAddress the address of the D-Bus ({@code unix:path=...}, {@code tcp:host=...,port=...}); when empty, that of the
 *     environment variable {@code DBUS_SYSTEM_BUS_ADDRESS}, and else the system bus of Linux. Over TCP the bus must let
 *     anybody in: for test beds
 * @param adapter name ({@code hci0}) or address of the adapter; when empty, the first that is switched on
 * @param services devices are announced only when they advertise one of these; all devices when empty
 * @param pairing the application's say in bonding
 * @param openTimeout how long a device may take to appear, to be connected and to say what it has
 * @param pairingTimeout how much longer opening may take while a user deals with a bond
 * @param answerTimeout how long a read, a write or a subscription may take; longer than the 30 s after which BlueZ itself gives
 *     up a device that does not answer
 */
public record BluezSettings(
        Optional<String> busAddress,
        Optional<String> adapter,
        Set<String> services,
        Pairing pairing,
        Duration openTimeout,
        Duration pairingTimeout,
        Duration answerTimeout) {
    /** The system bus, the first adapter, all devices, no bonding; 30 s to open, 60 s more to bond, 40 s for an answer. */
    public static final BluezSettings DEFAULT = new BluezSettings(
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Pairing.REFUSED,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(40));

    /** Checks the address, the services and that times are positive. */
    public BluezSettings {
        busAddress.ifPresent(BusEndpoint::parse);
        services = services.stream().map(Gatt::uuid).collect(Collectors.toUnmodifiableSet());
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(pairing, "pairing");
        for (Duration time : new Duration[] {openTimeout, pairingTimeout, answerTimeout}) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("a time-out is longer than nothing, but got " + time);
            }
        }
    }

    /** Returns these settings with another bus. */
    public BluezSettings withBusAddress(String address) {
        return new BluezSettings(
                Optional.of(address), adapter, services, pairing, openTimeout, pairingTimeout, answerTimeout);
    }

    /** Returns these settings with the adapter of this name or address. */
    public BluezSettings withAdapter(String nameOrAddress) {
        return new BluezSettings(
                busAddress, Optional.of(nameOrAddress), services, pairing, openTimeout, pairingTimeout, answerTimeout);
    }

    /** Returns these settings that look for devices with one of these services only. */
    public BluezSettings withServices(Set<String> uuids) {
        return new BluezSettings(busAddress, adapter, uuids, pairing, openTimeout, pairingTimeout, answerTimeout);
    }

    /** Returns these settings with the application's say in bonding. */
    public BluezSettings withPairing(Pairing say) {
        return new BluezSettings(busAddress, adapter, services, say, openTimeout, pairingTimeout, answerTimeout);
    }

    /** Returns these settings with other times. */
    public BluezSettings withTimeouts(Duration open, Duration pair, Duration answer) {
        return new BluezSettings(busAddress, adapter, services, pairing, open, pair, answer);
    }
}
