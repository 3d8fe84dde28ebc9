package org.openiomt.ble.bluez;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;

/**
 * Heart rate straps behind a {@link FakeBluez} on a bus with a socket, for programs outside this package that measure. What they send
 * goes through the bus as BlueZ's signals do. Who calls {@link #announce} makes the signal and writes it into the socket; calls are
 * answered on a thread {@code fake-bluez}.
 */
public final class FakeStraps implements AutoCloseable {
    private final FakeBluez bluez = new FakeBluez();
    private final List<FakeDevice> devices = new ArrayList<>();
    private final List<String> measurements = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final @Nullable SocketBus bus;
    private final BusPeer peer;
    private final String address;

    /**
     * Puts straps into the air.
     *
     * @param count how many, from 1 to 256
     * @param busAddress a bus that is there and gives the name org.bluez away; when empty, one in this process is started
     * @param folder where that one listens
     */
    public FakeStraps(int count, Optional<String> busAddress, Path folder) throws IOException, InterruptedException {
        try {
            bus = busAddress.isPresent() ? null : new SocketBus(folder);
            address = bus == null ? busAddress.orElseThrow() : bus.address();
            peer = new BusPeer(address, bluez);
        } catch (DBusException e) {
            throw new IOException("no bus for the straps", e);
        }
        for (int i = 0; i < count; i++) {
            String name = String.format("00:AA:01:01:00:%02X", i);
            FakeDevice device = bluez.device(name, "Strap " + i).service("180d");
            addresses.add(name);
            devices.add(device);
            measurements.add(device.characteristic("2a37", "notify"));
        }
    }

    /** Returns where the bus listens. */
    public String busAddress() {
        return address;
    }

    /** Returns the addresses of the straps, in their order. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** Lets all straps advertise, once. */
    public void advertise() {
        peer.run(() -> devices.forEach(FakeDevice::advertise));
    }

    /** A strap announces a Heart Rate Measurement, if somebody has subscribed to it. */
    public void announce(int strap, byte[] octets) {
        peer.run(() -> devices.get(strap).announce(measurements.get(strap), octets));
    }

    @Override
    public void close() throws IOException {
        peer.close();
        if (bus != null) {
            bus.close();
        }
    }
}
