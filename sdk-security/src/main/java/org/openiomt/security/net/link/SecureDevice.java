package org.openiomt.security.net.link;

import java.net.InetSocketAddress;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.security.net.NetLimits;
import org.openiomt.security.net.SecureConnection;
import org.openiomt.security.session.SessionSettings;

/**
 * A device on Wi-Fi or 5G: the other end of {@link SecureTransport}. Dials its gateway, or waits for it, and lets it read, write and
 * hear a {@link Peripheral}. Any thread may call.
 */
public final class SecureDevice implements AutoCloseable {
    private final LinkPort.Owner owner;
    private final Peripheral peripheral;
    private final LinkPorts ports;

    /**
     * Makes a device. Nothing is listened to or dialled yet.
     *
     * @param peripheral what it does
     * @param limits of its connections; its messages must have room for the longest value
     * @param scheduler runs what the messages lead to, and time-outs; not closed with the device
     */
    public SecureDevice(Peripheral peripheral, LinkSettings settings, NetLimits limits, Scheduler scheduler) {
        this.peripheral = peripheral;
        this.owner = LinkPorts.owner(settings, limits, scheduler);
        this.ports = new LinkPorts(owner, limits, this::newEnd, () -> {});
    }

    /**
     * Dials a gateway, and dials again whenever that fails or the connection is lost; where the gateway keeps tickets, without a
     * full handshake.
     *
     * @param settings of an initiator, in the role of the device; the binding is set here
     */
    public void dial(InetSocketAddress gateway, SessionSettings settings) {
        ports.dial(gateway, settings);
    }

    /**
     * Lets gateways connect.
     *
     * @param address port 0 for any that is free
     * @param settings of a responder, in the role of the device; the binding is set here
     * @return where it listens
     * @throws LinkException when the address cannot be used
     */
    public InetSocketAddress listen(InetSocketAddress address, SessionSettings settings) {
        return ports.listen(address, settings, 1);
    }

    /** Tells its gateways that it goes, and closes every connection. */
    @Override
    public void close() {
        ports.close();
    }

    private LinkPort newEnd(SecureConnection connection) {
        return new DeviceEnd(connection, owner, peripheral);
    }
}
