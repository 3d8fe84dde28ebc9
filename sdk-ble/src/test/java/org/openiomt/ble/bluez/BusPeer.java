package org.openiomt.ble.bluez;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;

/** A {@link FakeBluez} with the name org.bluez on a bus behind a socket: reads calls on a thread of its own and answers them. */
final class BusPeer implements AutoCloseable, FakeBluez.Air, FakeBluez.Agents {
    private static final MessageFactory MESSAGES = new MessageFactory((byte) 'l');

    private final SocketChannel channel;
    private final FakeBluez bluez;
    private final Map<Long, CompletableFuture<List<Object>>> asked = new ConcurrentHashMap<>();
    private final CountDownLatch named = new CountDownLatch(1);
    private final BusFrames frames = new BusFrames();
    private volatile String client = "";

    BusPeer(String address, FakeBluez bluez) throws IOException, DBusException, InterruptedException {
        this.bluez = bluez;
        BusEndpoint endpoint = BusEndpoint.parse(address);
        channel = endpoint.open();
        channel.connect(endpoint.address());
        BusLogin.run(channel);
        bluez.connect(this, this);
        Thread thread = new Thread(this::run, "fake-bluez");
        thread.setDaemon(true);
        thread.start();
        send(MESSAGES.createMethodCall(null, Bus.DAEMON, "/org/freedesktop/DBus", Bus.DAEMON, "Hello", (byte) 0, null));
        Message naming = MESSAGES.createMethodCall(
                null,
                Bus.DAEMON,
                "/org/freedesktop/DBus",
                Bus.DAEMON,
                "RequestName",
                (byte) 0,
                "su",
                BusValues.outwards("su", List.of(BluezClient.BLUEZ, 4L)));
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        CompletionStage<List<Object>> answered = answer;
        answered.whenComplete((values, fault) -> named.countDown());
        asked.put(naming.getSerial(), answer);
        send(naming);
        if (!named.await(30, TimeUnit.SECONDS)) {
            throw new IOException("the bus gave no name");
        }
    }

    /** Does something with the fake where its calls are served. */
    void run(Runnable action) {
        synchronized (bluez) {
            action.run();
        }
    }

    private void run() {
        try {
            while (frames.readFrom(channel)) {
                for (Message message = frames.next(); message != null; message = frames.next()) {
                    heard(message);
                }
            }
        } catch (IOException | DBusException e) {
            named.countDown();
        }
    }

    private void heard(Message message) throws DBusException {
        if (message instanceof MethodCall call) {
            CompletionStage<FakeBluez.Reply> reply;
            synchronized (bluez) {
                client = call.getSource();
                reply = bluez.call(call.getPath(), call.getInterface(), call.getName(), BusValues.inwards(call));
            }
            reply.whenComplete((given, fault) -> answer(call, given, fault));
        } else if (message instanceof MethodReturn || message instanceof Error) {
            CompletableFuture<List<Object>> answer = asked.remove(message.getReplySerial());
            if (answer != null && message instanceof Error error) {
                answer.completeExceptionally(new BusException(error.getName(), "refused"));
            } else if (answer != null) {
                answer.complete(BusValues.inwards(message));
            }
        }
    }

    private void answer(MethodCall call, FakeBluez.Reply given, Throwable fault) {
        try {
            if (fault == null) {
                send(MESSAGES.createMethodReturn(
                        call,
                        given.signature().isEmpty() ? null : given.signature(),
                        BusValues.outwards(given.signature(), given.values())));
            } else {
                BusException error = (BusException) BluezFaults.unwrapped(fault);
                send(MESSAGES.createError(
                        call.getSource(), error.name(), call.getSerial(), "s", String.valueOf(error.getMessage())));
            }
        } catch (DBusException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void emit(String path, String type, String name, String signature, Object... values) {
        try {
            send(MESSAGES.createSignal(
                    null, path, type, name, signature, BusValues.outwards(signature, List.of(values))));
        } catch (DBusException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<List<Object>> ask(String path, String method, String signature, Object... values) {
        try {
            Message call = MESSAGES.createMethodCall(
                    null,
                    client,
                    path,
                    "org.bluez.Agent1",
                    method,
                    (byte) 0,
                    signature,
                    BusValues.outwards(signature, List.of(values)));
            CompletableFuture<List<Object>> answer = new CompletableFuture<>();
            asked.put(call.getSerial(), answer);
            send(call);
            return answer;
        } catch (DBusException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void send(Message message) {
        ByteBuffer octets = ByteBuffer.wrap(BusFrames.octets(message));
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            // The bus has gone, as some tests want.
            named.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
