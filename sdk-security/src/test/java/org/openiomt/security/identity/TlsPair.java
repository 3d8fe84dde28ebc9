package org.openiomt.security.identity;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** A TLS handshake in memory: no socket, no thread, and what one end refuses comes out as an exception. */
final class TlsPair {
    private static final int MAX_ROUNDS = 100;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine client;
    private final SSLEngine server;

    private TlsPair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    static TlsPair shake(TlsIdentity client, String host, TlsIdentity server) throws SSLException {
        return shake(client.context(), TlsIdentity.clientParameters(), host, server);
    }

    static TlsPair shake(SSLContext client, SSLParameters clientParameters, String host, TlsIdentity server)
            throws SSLException {
        SSLEngine clientEngine = client.createSSLEngine(host, 8883);
        clientEngine.setUseClientMode(true);
        clientEngine.setSSLParameters(clientParameters);
        SSLEngine serverEngine = server.context().createSSLEngine();
        serverEngine.setUseClientMode(false);
        serverEngine.setSSLParameters(TlsIdentity.serverParameters());
        TlsPair pair = new TlsPair(clientEngine, serverEngine);
        pair.run();
        return pair;
    }

    SSLSession clientSession() {
        return client.getSession();
    }

    SSLSession serverSession() {
        return server.getSession();
    }

    private void run() throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            send(client, toServer);
            receive(server, toServer);
            send(server, toClient);
            receive(client, toClient);
            if (isDone(client) && isDone(server) && toServer.position() == 0 && toClient.position() == 0) {
                return;
            }
        }
        throw new AssertionError("no end after " + MAX_ROUNDS + " rounds");
    }

    private static void send(SSLEngine engine, ByteBuffer out) throws SSLException {
        runTasks(engine);
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(NOTHING.duplicate(), out);
            runTasks(engine);
        }
    }

    private static void receive(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        ByteBuffer application = ByteBuffer.allocate(1 << 16);
        while (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            engine.unwrap(in, application);
            runTasks(engine);
        }
        in.compact();
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }
}
