package org.openiomt.security.net.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.security.net.Devices;
import org.openiomt.security.net.NetLimits;

/** A gateway and a device that know each other, on the loopback interface. */
final class LinkBench implements AutoCloseable {
    static final long SECONDS = 20;
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    static final LinkSettings SETTINGS = new LinkSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            4096,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(10)));

    final Devices devices = new Devices();
    final TablePeripheral peripheral = new TablePeripheral();
    final Scheduler scheduler;
    final SecureTransport transport;
    final BlockingQueue<Discovery> found;
    final InetSocketAddress address;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    LinkBench() {
        this(Scheduler.system("link-bench", 2));
    }

    LinkBench(Scheduler scheduler) {
        this.scheduler = scheduler;
        open.push(scheduler);
        transport = new SecureTransport(SETTINGS, NetLimits.DEFAULT, scheduler);
        open.push(transport);
        address = transport.listen(ANY, devices.gateway(), 1);
        found = found(transport);
    }

    /** Keeps what closes itself with the bench, before what was there. */
    <T extends AutoCloseable> T with(T more) {
        open.push(more);
        return more;
    }

    SecureDevice newDevice() {
        return with(new SecureDevice(peripheral, SETTINGS, NetLimits.DEFAULT, scheduler));
    }

    /** Lets a device dial, and opens its link. */
    Link connect() throws Exception {
        newDevice().dial(address, devices.device());
        return openNext();
    }

    /** Opens a link to what is found next. */
    Link openNext() throws Exception {
        return get(transport.open(next(found)));
    }

    static BlockingQueue<Discovery> found(Transport transport) {
        BlockingQueue<Discovery> found = new LinkedBlockingQueue<>();
        transport.discoveries().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Discovery discovery) {
                found.add(discovery);
            }

            @Override
            public void onError(Throwable fault) {
                throw new AssertionError(fault);
            }

            @Override
            public void onComplete() {}
        });
        return found;
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    /** Returns why a link has ended, as soon as it has. */
    static String ended(Link link) throws InterruptedException {
        BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
        link.onClosed(reasons::add);
        return next(reasons);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
