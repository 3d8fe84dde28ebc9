package org.openiomt.security.net.link;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.identity.peer.VerifiedPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device that this process reaches by a link of another transport. */
final class BridgedPeripheral implements Peripheral {
    private static final Logger LOG = LoggerFactory.getLogger(BridgedPeripheral.class);

    private final Transport transport;
    private final Discovery device;

    BridgedPeripheral(Transport transport, Discovery device) {
        this.transport = transport;
        this.device = device;
    }

    @Override
    public CompletionStage<Session> connect(VerifiedPeer gateway, Runnable lost) {
        return transport.open(device).thenApply(link -> {
            link.onClosed(reason -> lost.run());
            return new Bridge(link, lost);
        });
    }

    private final class Bridge implements Session {
        private final Link link;
        private final Runnable lost;
        private final Set<Channel> wanted = ConcurrentHashMap.newKeySet();
        private final Map<Channel, Link.Subscription> subscriptions = new ConcurrentHashMap<>();

        Bridge(Link link, Runnable lost) {
            this.link = link;
            this.lost = lost;
        }

        @Override
        public PeripheralDescription description() {
            Map<String, byte[]> data = new LinkedHashMap<>(device.data());
            data.keySet().removeIf(kind -> !PeripheralDescription.isKind(kind));
            return new PeripheralDescription(
                    link.maxValueLength(), device.name(), device.services(), data, List.copyOf(link.channels()));
        }

        @Override
        public CompletionStage<byte[]> read(Channel channel) {
            return link.read(channel);
        }

        @Override
        public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
            return link.write(channel, octets, mode);
        }

        @Override
        public CompletionStage<Void> subscribe(Channel channel, Announcer announcer) {
            wanted.add(channel);
            return link.subscribe(channel, octets -> pass(channel, octets, announcer))
                    .thenAccept(subscription -> subscriptions.put(channel, subscription));
        }

        @Override
        public CompletionStage<Void> unsubscribe(Channel channel) {
            wanted.remove(channel);
            Link.Subscription subscription = subscriptions.remove(channel);
            return subscription == null ? CompletableFuture.completedFuture(null) : subscription.cancel();
        }

        @Override
        public void close() {
            link.close();
        }

        private void pass(Channel channel, byte[] octets, Announcer announcer) {
            announcer.notify(octets).whenComplete((sent, fault) -> {
                if (fault != null && wanted.contains(channel)) {
                    LOG.warn("a value of {} could not be passed on: {}", channel, fault.getMessage());
                    lost.run();
                }
            });
        }
    }
}
