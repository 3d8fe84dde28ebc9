package org.openiomt.ble.virtual;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Transport;

/** One central that looks into an air. */
final class VirtualTransport implements Transport {
    private static final int WAITING_DISCOVERIES = 65_536;

    private final VirtualAir air;
    private final Broadcast<Discovery> discoveries;
    private final Set<VirtualLink> links = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    VirtualTransport(VirtualAir air) {
        this.air = air;
        this.discoveries = new Broadcast<>(air.scheduler(), WAITING_DISCOVERIES, DropPolicy.DROP_OLDEST);
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return subscriber -> {
            discoveries.subscribe(subscriber);
            air.announceAllTo(this);
        };
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        Optional<VirtualPeripheral> peripheral = air.peripheral(device.address());
        if (peripheral.isEmpty()) {
            return CompletableFuture.failedFuture(new LinkException("no device " + device.address() + " in the air"));
        }
        VirtualLink link = new VirtualLink(this, peripheral.get(), air.scheduler());
        links.add(link);
        CompletionStage<Link> opened = link.connect();
        if (isClosed) {
            link.end("the transport was closed", VirtualLink.Ending.CLOSED);
        }
        return opened;
    }

    @Override
    public void close() {
        isClosed = true;
        List.copyOf(links).forEach(link -> link.end("the transport was closed", VirtualLink.Ending.CLOSED));
        discoveries.complete();
        air.forget(this);
    }

    void announce(Discovery discovery) {
        discoveries.publish(discovery);
    }

    void forget(VirtualLink link) {
        links.remove(link);
    }

    int linkCount() {
        return links.size();
    }
}
