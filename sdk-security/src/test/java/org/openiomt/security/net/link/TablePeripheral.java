package org.openiomt.security.net.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.identity.peer.VerifiedPeer;

/** A device with a channel to read, one to write and one that announces; it answers when the test lets it. */
final class TablePeripheral implements Peripheral {
    static final Channel LEVEL = Channel.of("180f/2a19");
    static final Channel CONTROL = Channel.of("1810/2a52");
    static final Channel PRESSURE = Channel.of("1810/2a35");
    static final int REFUSAL = 0x80;
    static final PeripheralDescription DESCRIPTION = new PeripheralDescription(
            100,
            Optional.of("Cuff"),
            Set.of("1810"),
            Map.of("service:1810", new byte[] {1}),
            List.of(LEVEL, CONTROL, PRESSURE));

    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<Announcer> announcers = new LinkedBlockingQueue<>();
    final BlockingQueue<Runnable> losses = new LinkedBlockingQueue<>();
    final AtomicInteger open = new AtomicInteger();
    volatile CompletionStage<Void> gate = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Session> connect(VerifiedPeer gateway, Runnable lost) {
        open.incrementAndGet();
        losses.add(lost);
        return CompletableFuture.completedFuture(new Serving());
    }

    private final class Serving implements Session {
        @Override
        public PeripheralDescription description() {
            return DESCRIPTION;
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            seen.add("read " + channel);
            return gate.thenApply(open -> new byte[] {97});
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            seen.add("write " + octets[0] + (mode == WriteMode.WITH_RESPONSE ? "" : " quietly"));
            return octets[0] == 0 ? CompletableFuture.failedFuture(new RefusedException(REFUSAL, "no")) : gate;
        }

        @Override
        public CompletionStage<Void> subscribe(Channel channel, Announcer announcer) {
            seen.add("subscribe " + channel);
            announcers.add(announcer);
            return gate;
        }

        @Override
        public CompletionStage<Void> unsubscribe(Channel channel) {
            seen.add("unsubscribe " + channel);
            return gate;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
