package org.openiomt.testkit;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.openiomt.core.flow.Broadcast;
import org.openiomt.core.flow.DropPolicy;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;

/** A transport in memory: devices are seen when the test says so. */
public final class LoopbackTransport implements Transport {
    private final Broadcast<Discovery> discoveries;
    private final Map<String, LoopbackDevice> devices = new ConcurrentHashMap<>();

    /** Makes a transport without devices. */
    public LoopbackTransport(Scheduler scheduler) {
        this.discoveries = new Broadcast<>(scheduler, 1_024, DropPolicy.DROP_OLDEST);
    }

    /** Lets a device be seen: the first time, or again. */
    public void show(LoopbackDevice device) {
        devices.put(device.address(), device);
        discoveries.publish(device.discovery());
    }

    /** Takes a device away: it is not seen and cannot be opened; its link is lost. */
    public void remove(LoopbackDevice device) {
        devices.remove(device.address());
        device.loseLink("the device went away");
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return discoveries;
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        LoopbackDevice found = devices.get(device.address());
        return found == null
                ? CompletableFuture.failedFuture(new LinkException("no device at " + device.address()))
                : found.open();
    }

    @Override
    public void close() {
        devices.values().forEach(device -> device.loseLink("the transport was closed"));
        discoveries.complete();
    }
}
