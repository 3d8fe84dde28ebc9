package org.openiomt.ble.bluez;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * One socket, one thread. The thread connects, authenticates, says Hello and then waits for octets to read or room to write; what
 * comes is told from it, so everything has the order of the wire. Messages are made and taken apart by dbus-java; its own
 * connections are not used because their pools of threads change the order of signals and their calls wait.
 *
 * The end goes through end(), once: it closes the socket and fails what waits.
 */
final class WireBus implements Bus, Bus.Connecting {
    private static final Logger LOG = LoggerFactory.getLogger(WireBus.class);
    private static final byte NO_REPLY_EXPECTED = 1;
    private static final MessageFactory MESSAGES = new MessageFactory((byte) 'l');

    private final BusEndpoint endpoint;
    private final Listener listener;
    private final CompletableFuture<Bus> connected = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
    private final Queue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
    private final SocketChannel channel;
    private final Selector selector;
    private final BusFrames frames = new BusFrames();
    private volatile boolean isClosing;
    private volatile boolean isEnded;

    private WireBus(BusEndpoint endpoint, Listener listener, SocketChannel channel, Selector selector) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.channel = channel;
        this.selector = selector;
    }

    /** Returns what connects to the bus at {@code address}. */
    static Connector at(String address) {
        BusEndpoint endpoint = BusEndpoint.parse(address);
        return listener -> {
            try {
                SocketChannel channel = endpoint.open();
                WireBus bus = new WireBus(endpoint, listener, channel, Selector.open());
                Thread thread = new Thread(bus::run, "iomt-bluez-bus");
                thread.setDaemon(true);
                thread.start();
                return bus;
            } catch (IOException e) {
                throw new BusException(BusException.DISCONNECTED, "no socket for the D-Bus: " + e.getMessage(), e);
            }
        };
    }

    @Override
    public CompletionStage<Bus> connected() {
        return connected;
    }

    @Override
    public void abandon() {
        close();
        if (!connected.isDone()) {
            closeQuietly();
        }
    }

    @Override
    public void close() {
        isClosing = true;
        selector.wakeup();
    }

    @Override
    public CompletionStage<Answer> call(Call call) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            Message message = MESSAGES.createMethodCall(
                    null,
                    call.destination(),
                    call.path(),
                    call.type(),
                    call.method(),
                    (byte) 0,
                    call.signature().isEmpty() ? null : call.signature(),
                    BusValues.outwards(call.signature(), call.values()));
            long serial = message.getSerial();
            pending.put(serial, answer);
            send(message);
            if (isEnded) {
                fail(serial);
            }
        } catch (DBusException e) {
            answer.completeExceptionally(
                    new BusException("org.freedesktop.DBus.Error.InvalidArgs", "cannot be sent: " + e.getMessage(), e));
        }
        return answer;
    }

    private void fail(long serial) {
        CompletableFuture<Answer> answer = pending.remove(serial);
        if (answer != null) {
            answer.completeExceptionally(
                    new BusException(BusException.DISCONNECTED, "the connection to the D-Bus has ended"));
        }
    }

    private void send(Message message) {
        outgoing.add(ByteBuffer.wrap(BusFrames.octets(message)));
        selector.wakeup();
    }

    private void run() {
        String reason = "the connection was closed";
        try {
            channel.connect(endpoint.address());
            BusLogin.run(channel);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            call(new Call(DAEMON, "/org/freedesktop/DBus", DAEMON, "Hello", "", List.of()))
                    .whenComplete((answer, fault) -> {
                        if (fault == null) {
                            connected.complete(this);
                        } else {
                            connected.completeExceptionally(fault);
                            close();
                        }
                    });
            exchange(key);
        } catch (IOException | DBusException e) {
            reason = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the connection to the D-Bus failed", e);
            reason = e.toString();
        } finally {
            end(reason);
        }
    }

    private void exchange(SelectionKey key) throws IOException, DBusException {
        while (true) {
            boolean isEmptied = flush();
            if (isClosing) {
                return;
            }
            key.interestOps(isEmptied ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            selector.select();
            selector.selectedKeys().clear();
            if (!frames.readFrom(channel)) {
                throw new EOFException("the D-Bus closed the connection");
            }
            for (Message message = frames.next(); message != null; message = frames.next()) {
                heard(message);
            }
        }
    }

    /** Writes what it can without waiting; returns whether that was all. */
    private boolean flush() throws IOException {
        for (ByteBuffer buffer = outgoing.peek(); buffer != null; buffer = outgoing.peek()) {
            channel.write(buffer);
            if (buffer.hasRemaining()) {
                return false;
            }
            outgoing.remove();
        }
        return true;
    }

    private void heard(Message message) {
        try {
            if (message instanceof MethodReturn || message instanceof Error) {
                answered(message);
            } else if (isClosing || !connected.isDone()) {
                LOG.trace("a message came before Hello was answered or after the end");
            } else if (message instanceof DBusSignal) {
                listener.signal(new Signal(
                        text(message.getSource()),
                        text(message.getPath()),
                        text(message.getInterface()),
                        text(message.getName()),
                        BusValues.inwards(message)));
            } else if (message instanceof MethodCall) {
                listener.called(new Incoming(message, BusValues.inwards(message)));
            }
        } catch (DBusException | RuntimeException e) {
            LOG.warn("a message of the D-Bus was not understood: {}", e.toString());
        }
    }

    private void answered(Message message) throws DBusException {
        CompletableFuture<Answer> answer = pending.remove(message.getReplySerial());
        if (answer == null) {
            return;
        }
        try {
            List<Object> values = BusValues.inwards(message);
            if (message instanceof Error) {
                Object words = values.isEmpty() ? "" : values.get(0);
                answer.completeExceptionally(new BusException(text(message.getName()), String.valueOf(words)));
            } else {
                answer.complete(new Answer(text(message.getSource()), values));
            }
        } catch (DBusException | RuntimeException e) {
            answer.completeExceptionally(
                    new BusException("org.freedesktop.DBus.Error.InconsistentMessage", "not understood", e));
        }
    }

    private void end(String reason) {
        isEnded = true;
        closeQuietly();
        pending.keySet().forEach(this::fail);
        boolean wasConnected = !connected.completeExceptionally(new BusException(BusException.DISCONNECTED, reason));
        if (wasConnected && !isClosing && !connected.isCompletedExceptionally()) {
            listener.closed(reason);
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to the D-Bus failed", e);
        }
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    /** A call to us. */
    private final class Incoming implements Request {
        private final Message call;
        private final List<Object> values;

        Incoming(Message call, List<Object> values) {
            this.call = call;
            this.values = values;
        }

        @Override
        public String sender() {
            return text(call.getSource());
        }

        @Override
        public String path() {
            return text(call.getPath());
        }

        @Override
        public String type() {
            return text(call.getInterface());
        }

        @Override
        public String method() {
            return text(call.getName());
        }

        @Override
        public List<Object> values() {
            return values;
        }

        @Override
        public void answer(String signature, Object... answer) {
            reply(() -> MESSAGES.createMethodReturn(
                    (MethodCall) call,
                    signature.isEmpty() ? null : signature,
                    BusValues.outwards(signature, List.of(answer))));
        }

        @Override
        public void refuse(String error, String message) {
            reply(() -> MESSAGES.createError(sender(), error, call.getSerial(), "s", message));
        }

        private void reply(Making making) {
            if ((call.getFlags() & NO_REPLY_EXPECTED) != 0) {
                return;
            }
            try {
                send(making.make());
            } catch (DBusException e) {
                LOG.warn("an answer over the D-Bus could not be sent: {}", e.toString());
            }
        }
    }

    @FunctionalInterface
    private interface Making {
        Message make() throws DBusException;
    }
}
