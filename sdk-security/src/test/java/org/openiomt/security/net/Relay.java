package org.openiomt.security.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between clients and a server: passes octets on, cuts the connections, changes an octet. */
public final class Relay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isChanging = new AtomicBoolean();
    private final AtomicBoolean isCutting = new AtomicBoolean();
    private volatile boolean isFrozen;

    public Relay(InetSocketAddress target) throws IOException {
        start(() -> {
            while (true) {
                Socket from = listening.accept();
                Socket to = new Socket(target.getAddress(), target.getPort());
                sockets.addAll(List.of(from, to));
                start(() -> pass(from, to, true));
                start(() -> pass(to, from, false));
            }
        });
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** Ends every connection, of both sides. */
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Changes the last octet of what comes next from the client. */
    public void changeNextOctet() {
        isChanging.set(true);
    }

    /** Passes half of what comes next from the client, and ends the connection of both sides. */
    public void cutInsideTheNext() {
        isCutting.set(true);
    }

    /** Passes nothing any more, and leaves both sides connected. */
    public void freeze() {
        isFrozen = true;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private void pass(Socket from, Socket to, boolean isClients) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] octets = new byte[64 * 1024];
        for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
            if (isClients && isChanging.compareAndSet(true, false)) {
                octets[count - 1] ^= 1;
            }
            if (isFrozen) {
                continue;
            }
            if (isClients && isCutting.compareAndSet(true, false)) {
                out.write(octets, 0, count / 2);
                cut();
            }
            out.write(octets, 0, count);
        }
        to.shutdownOutput();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // the test has closed the sockets
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
