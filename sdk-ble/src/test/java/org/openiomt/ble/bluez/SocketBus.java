package org.openiomt.ble.bluez;

import java.io.IOException;
import java.nio.file.Path;
import org.freedesktop.dbus.bin.EmbeddedDBusDaemon;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.exceptions.DBusException;

/** The bus of dbus-java on a socket, in this process, with threads of its own. */
final class SocketBus implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final String address;
    private final EmbeddedDBusDaemon daemon;

    /** Starts a bus that listens in {@code folder}. */
    SocketBus(Path folder) throws DBusException {
        address = "unix:path=" + folder.resolve("bus");
        daemon = new EmbeddedDBusDaemon(address + ",listen=true");
        daemon.setSaslAuthMode(TransportBuilder.SaslAuthMode.AUTH_ANONYMOUS);
        daemon.startInBackgroundAndWait(PATIENCE_MILLIS);
    }

    /** Returns where it listens, as clients want it. */
    String address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
