package org.openiomt.ble.virtual;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;

/**
 * A room full of virtual devices. Devices appear in it, transports look into it. Everything happens on the scheduler's threads,
 * in the order of each link, so that a test with a manual clock always does the same. Any thread may call.
 *
 * <pre>{@code
 * try (VirtualAir air = new VirtualAir(); Transport transport = Ble.simulated(air)) {
 *     VirtualCuff cuff = new VirtualCuff(air, "cuff-1");
 *     cuff.measure(120, 80, 93);
 * }
 * }</pre>
 */
public final class VirtualAir implements AutoCloseable {
    private final Scheduler scheduler;
    private final boolean isSchedulerOwned;
    private final Map<String, VirtualPeripheral> peripherals = new ConcurrentSkipListMap<>();
    private final List<VirtualTransport> transports = new CopyOnWriteArrayList<>();

    /** Makes an empty air that follows the system clock on one thread of its own. */
    public VirtualAir() {
        this(Scheduler.system("virtual-air", 1), true);
    }

    /**
     * Makes an empty air.
     *
     * @param scheduler runs everything; not closed with the air
     */
    public VirtualAir(Scheduler scheduler) {
        this(scheduler, false);
    }

    private VirtualAir(Scheduler scheduler, boolean isSchedulerOwned) {
        this.scheduler = scheduler;
        this.isSchedulerOwned = isSchedulerOwned;
    }

    /** Returns a new transport that sees this air. */
    public Transport newTransport() {
        VirtualTransport transport = new VirtualTransport(this);
        transports.add(transport);
        return transport;
    }

    /** Returns the number of links that are open or being opened. */
    public int linkCount() {
        return transports.stream().mapToInt(VirtualTransport::linkCount).sum();
    }

    /** Closes the transports and takes all devices away. */
    @Override
    public void close() {
        transports.forEach(VirtualTransport::close);
        List.copyOf(peripherals.values()).forEach(VirtualPeripheral::close);
        if (isSchedulerOwned) {
            scheduler.close();
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void join(VirtualPeripheral peripheral) {
        if (peripherals.putIfAbsent(peripheral.address(), peripheral) != null) {
            throw new IllegalArgumentException(
                    "a device with the address " + peripheral.address() + " is in the air already");
        }
    }

    void leave(VirtualPeripheral peripheral) {
        peripherals.remove(peripheral.address(), peripheral);
    }

    Optional<VirtualPeripheral> peripheral(String address) {
        return Optional.ofNullable(peripherals.get(address));
    }

    void announce(Discovery discovery) {
        transports.forEach(transport -> transport.announce(discovery));
    }

    void announceAllTo(VirtualTransport transport) {
        peripherals.values().forEach(peripheral -> peripheral.discovery().ifPresent(transport::announce));
    }

    void forget(VirtualTransport transport) {
        transports.remove(transport);
    }
}
