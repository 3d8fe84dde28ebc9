package org.openiomt.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A piece of network on the loopback, between a client and a port of this machine, that a test can cut: at once, or in the middle of
 * a packet. Any thread may call.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 8_192;

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private boolean isBroken;

    /** Opens a way to a port of this machine. */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        run(this::accept);
    }

    /** Returns the near end. */
    public int port() {
        return server.getLocalPort();
    }

    /** Cuts every connection, without a goodbye, and lets none through. */
    public synchronized void cut() throws IOException {
        isBroken = true;
        closeAll();
    }

    /** Cuts every connection and lets new ones through at once. */
    public synchronized void interrupt() throws IOException {
        closeAll();
    }

    /** Lets so many octets through, in both directions together, then does as {@link #interrupt} does, once. */
    public void interruptAfter(long octets) {
        left.set(octets);
    }

    /** Lets connections through again. */
    public synchronized void mend() {
        isBroken = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket near = server.accept();
            run(() -> forward(near));
        }
    }

    private void forward(Socket near) throws IOException {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            near.setSoLinger(true, 0);
            far.setSoLinger(true, 0);
            if (add(near, far)) {
                run(() -> copy(far, near));
                copy(near, far);
            }
        }
    }

    private synchronized boolean add(Socket near, Socket far) {
        if (!isBroken) {
            sockets.add(near);
            sockets.add(far);
        }
        return !isBroken;
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int allowed = allowed(length);
                out.write(buffer, 0, allowed);
                if (allowed < length) {
                    interrupt();
                }
            }
        }
    }

    /** Returns how many of these octets go through before the cut that was asked for. */
    private int allowed(int length) {
        long before = left.getAndUpdate(
                octets -> octets == Long.MAX_VALUE ? octets : octets >= length ? octets - length : Long.MAX_VALUE);
        return (int) Math.min(before, length);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The end of a connection, by whomever: what this class is for.
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
