package org.openiomt.security.net.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Begins handshakes and goes on with none: each connection says a valid hello, for which the server has to compute, and stays silent
 * until the server ends it; then another takes its place. Comes from a loopback address of its own, so that its ports are not those of
 * the devices.
 */
final class Flood extends Thread {
    private static final int AT_ONCE = 3_000;
    private static final int AT_A_TIME = 100;
    private static final byte[] FROM = {127, 0, 0, 2};

    private final InetSocketAddress target;
    private final byte[] hello;
    private final Set<SocketChannel> open = new HashSet<>();
    private final CountDownLatch risen = new CountDownLatch(1);
    private final ByteBuffer answer = ByteBuffer.allocate(8 * 1024);
    private volatile boolean isOver;
    private long said;

    Flood(InetSocketAddress target, byte[] hello) {
        super("flood");
        setDaemon(true);
        this.target = target;
        this.hello = hello;
    }

    /** Waits until the server has ended the first handshake: from now on each one more ends another. */
    void awaitRisen(long seconds) throws InterruptedException {
        if (!risen.await(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the flood does not rise");
        }
    }

    /** Ends it; returns how many hellos were said. */
    long end() throws InterruptedException {
        isOver = true;
        join();
        return said;
    }

    @Override
    public void run() {
        try (Selector selector = Selector.open()) {
            while (!isOver) {
                for (int i = 0; i < AT_A_TIME && open.size() < AT_ONCE; i++) {
                    begin(selector);
                }
                selector.select(20);
                for (SelectionKey key : selector.selectedKeys()) {
                    goOn(key);
                }
                selector.selectedKeys().clear();
            }
            for (SocketChannel channel : open) {
                channel.close();
            }
        } catch (IOException e) {
            throw new AssertionError("the flood has run dry", e);
        }
    }

    private void begin(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(FROM), 0));
        channel.connect(target);
        channel.register(selector, SelectionKey.OP_CONNECT);
        open.add(channel);
    }

    private void goOn(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                channel.write(ByteBuffer.wrap(hello));
                said++;
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable() && channel.read(answer.clear()) < 0) {
                end(channel);
            }
        } catch (IOException e) {
            end(channel); // reset: there are more
        }
    }

    private void end(SocketChannel channel) throws IOException {
        risen.countDown();
        open.remove(channel);
        channel.close();
    }
}
