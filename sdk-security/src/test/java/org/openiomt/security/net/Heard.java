package org.openiomt.security.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a listener hears. */
public final class Heard implements ConnectionListener {
    private static final long SECONDS = 20;

    private final long demand;
    public final CompletableFuture<SecureConnection> connected = new CompletableFuture<>();
    public final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    public final BlockingQueue<Boolean> writable = new LinkedBlockingQueue<>();
    public final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

    /** Asks for so many messages at once; 0 for none. */
    public Heard(long demand) {
        this.demand = demand;
    }

    @Override
    public void onConnected(SecureConnection connection) {
        if (demand > 0) {
            connection.request(demand);
        }
        connected.complete(connection);
    }

    @Override
    public void onMessage(SecureConnection connection, byte[] message) {
        messages.add(message);
    }

    @Override
    public void onWritable(SecureConnection connection) {
        writable.add(true);
    }

    @Override
    public void onClosed(SecureConnection connection, CloseReason reason) {
        closed.complete(reason);
    }

    public SecureConnection connection() throws Exception {
        return connected.get(SECONDS, TimeUnit.SECONDS);
    }

    public byte[] message() throws Exception {
        byte[] message = messages.poll(SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    public CloseReason closed() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }
}
