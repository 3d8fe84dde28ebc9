package org.openiomt.ble.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;

/**
 * The way to whoever does what a scenario asks for, as a link: so a transcript holds the requests too. A request is a read of the
 * channel of its name, its answer the value.
 */
final class ControlTransport implements Transport {
    /** How the one who is asked is seen. */
    static final Discovery DIRECTOR =
            new Discovery("director", Optional.empty(), Set.of(), Map.of(), OptionalInt.empty(), Instant.EPOCH);

    private final Function<String, CompletionStage<String>> requests;

    ControlTransport(Function<String, CompletionStage<String>> requests) {
        this.requests = requests;
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        throw new AssertionError("not expected: a search for the director, who is known");
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        return CompletableFuture.completedFuture(new ControlLink());
    }

    @Override
    public void close() {}

    private final class ControlLink implements Link {
        private final List<Consumer<String>> listeners = new ArrayList<>();
        private boolean isClosed;

        @Override
        public Set<Channel> channels() {
            return Set.of();
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            return requests.apply(channel.name()).thenApply(words -> words.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            throw new AssertionError("not expected: a write, of " + channel);
        }

        @Override
        public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
            throw new AssertionError("not expected: a subscription, to " + channel);
        }

        @Override
        public int maxValueLength() {
            return 0xFFFF;
        }

        @Override
        public LinkState state() {
            return isClosed ? LinkState.CLOSED : LinkState.OPEN;
        }

        @Override
        public void onClosed(Consumer<String> listener) {
            listeners.add(listener);
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                listeners.forEach(listener -> listener.accept("closed"));
            }
        }
    }
}
