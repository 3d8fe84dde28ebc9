package org.openiomt.ble.scenario;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;

/** What a host stack adds to an air that knows no bonds: a read that is refused for want of one makes a bond and asks again. */
final class BondingTransport implements Transport {
    private static final Set<Integer> WANTS_A_BOND =
            Set.of(AttError.INSUFFICIENT_AUTHENTICATION, AttError.INSUFFICIENT_ENCRYPTION);

    private final Transport transport;
    private final AirRoom room;

    BondingTransport(Transport transport, AirRoom room) {
        this.transport = transport;
        this.room = room;
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return transport.discoveries();
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        return transport.open(device).thenApply(Bonding::new);
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Bonding implements Link {
        private final Link link;

        Bonding(Link link) {
            this.link = link;
        }

        @Override
        public Set<Channel> channels() {
            return link.channels();
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            CompletableFuture<byte[]> result = new CompletableFuture<>();
            link.read(channel).whenComplete((octets, fault) -> {
                if (fault == null) {
                    result.complete(octets);
                } else if (fault instanceof RefusedException refused
                        && WANTS_A_BOND.contains(refused.code())
                        && !room.isBonded()) {
                    room.pair();
                    read(channel).whenComplete((again, failed) -> {
                        if (failed == null) {
                            result.complete(again);
                        } else {
                            result.completeExceptionally(failed);
                        }
                    });
                } else {
                    result.completeExceptionally(
                            fault instanceof CompletionException && fault.getCause() != null
                                    ? fault.getCause()
                                    : fault);
                }
            });
            return result;
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            return link.write(channel, octets, mode);
        }

        @Override
        public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
            return link.subscribe(channel, octets);
        }

        @Override
        public int maxValueLength() {
            return link.maxValueLength();
        }

        @Override
        public LinkState state() {
            return link.state();
        }

        @Override
        public void onClosed(Consumer<String> listener) {
            link.onClosed(listener);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
