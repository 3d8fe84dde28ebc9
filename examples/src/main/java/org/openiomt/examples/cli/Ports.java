package org.openiomt.examples.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine's loopback address. */
public final class Ports {
    private Ports() {}

    /** Returns an address of this machine that no other machine can reach. */
    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Finds out whether a port can be used now.
     *
     * @param port the port; 0 for any
     * @param use what it is for, for the message
     * @param option the option that names it, for the message
     * @return the port, or a free one
     * @throws CommandFailedException when it is in use
     */
    public static int require(int port, String use, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(loopback(port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw inUse(port, use, option, e);
        }
    }

    /** Returns the fault that names the port, its use and the option. */
    public static CommandFailedException inUse(int port, String use, String option, IOException cause) {
        return new CommandFailedException(
                "port " + port + " for " + use + " cannot be opened (" + cause.getMessage()
                        + "); end the program that uses it, or choose another port with " + option,
                cause);
    }
}
