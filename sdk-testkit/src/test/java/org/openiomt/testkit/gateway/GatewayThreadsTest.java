package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Value;
import org.openiomt.core.outbox.MemoryOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;

/** The gateway under the threads of production. Nothing here sleeps; every wait has an end. */
class GatewayThreadsTest {
    private static final int DEVICES = 8;
    private static final int VALUES = 3_000;
    private static final int AHEAD = 500;
    private static final long SECONDS = 30;

    private final Map<String, List<Long>> seen = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> room = new ConcurrentHashMap<>();

    @Test
    @Timeout(120)
    void manyDevicesOnManyThreadsLoseAndReorderNothing() throws Exception {
        Scheduler air = Scheduler.system("test-air", 3);
        ExecutorService people = Executors.newFixedThreadPool(DEVICES);
        LoopbackTransport transport = new LoopbackTransport(air);
        MemoryOutbox outbox = new MemoryOutbox(OutboxBounds.of(DEVICES * VALUES, 1 << 30), air.clock());
        CountDownLatch ready = new CountDownLatch(DEVICES);
        CountDownLatch all = new CountDownLatch(DEVICES * VALUES);
        Gateway gateway = Gateway.builder()
                .transport(transport)
                .driver(new CounterDriver("test.counter", 50))
                .outbox(outbox)
                .build()
                .onEvent(event -> {
                    if (event instanceof DeviceEvent.StateChanged change && change.to() == DeviceState.READY) {
                        ready.countDown();
                    }
                })
                .onObservation(observation -> {
                    String device = observation.device().value();
                    long number = ((Value.Numeric) observation.value())
                            .quantity()
                            .value()
                            .mantissa();
                    seen.get(device).add(number);
                    room.get(device).release();
                    all.countDown();
                })
                .start();
        try {
            List<LoopbackDevice> devices = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                String address = "D" + i;
                seen.put(address, Collections.synchronizedList(new ArrayList<>()));
                room.put(address, new Semaphore(AHEAD));
                LoopbackDevice device = new LoopbackDevice(air, address, "counter")
                        .with("count", new byte[0])
                        .with("wave", new byte[0]);
                devices.add(device);
                transport.show(device);
            }
            assertThat(ready.await(SECONDS, TimeUnit.SECONDS))
                    .as("all are ready")
                    .isTrue();
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                LoopbackDevice device = devices.get(i);
                Semaphore free = room.get("D" + i);
                senders.add(people.submit(() -> send(device, free)));
            }
            for (Future<?> sender : senders) {
                sender.get(SECONDS, TimeUnit.SECONDS);
            }
            assertThat(all.await(SECONDS, TimeUnit.SECONDS)).as("all came").isTrue();
        } finally {
            gateway.close();
            people.shutdownNow();
            air.close();
        }
        List<Long> sent = LongStream.range(0, VALUES).boxed().toList();
        assertThat(seen.values())
                .hasSize(DEVICES)
                .allSatisfy(numbers -> assertThat(numbers).isEqualTo(sent));
        assertThat(gateway.stats().offered()).isEqualTo((long) DEVICES * VALUES);
        assertThat(gateway.stats().accepted()).isEqualTo((long) DEVICES * VALUES);
        assertThat(gateway.stats().dropped()).isEmpty();
        assertThat(outbox.stats().appended()).isEqualTo((long) DEVICES * VALUES);
    }

    @Test
    @Timeout(60)
    void closingEndsTheThreadsThatTheGatewayMade() throws Exception {
        Scheduler air = Scheduler.system("test-air", 1);
        LoopbackTransport transport = new LoopbackTransport(air);
        CountDownLatch noticed = new CountDownLatch(1);
        Gateway gateway = Gateway.builder()
                .transport(transport)
                .driver(new CounterDriver("test.counter", 50))
                .build()
                .onEvent(event -> noticed.countDown());
        gateway.start();
        transport.show(new LoopbackDevice(air, "S0", "toaster"));
        assertThat(noticed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        List<Thread> before = gatewayThreads();
        assertThat(before).isNotEmpty();
        gateway.closeAsync().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        for (Thread thread : before) {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        air.close();
    }

    @Test
    @Timeout(60)
    void closingFromACallbackEndsTheGateway() throws Exception {
        Scheduler air = Scheduler.system("test-air", 1);
        LoopbackTransport transport = new LoopbackTransport(air);
        CountDownLatch closed = new CountDownLatch(1);
        Gateway gateway = Gateway.builder()
                .transport(transport)
                .driver(new CounterDriver("test.counter", 50))
                .build();
        gateway.onEvent(event -> {
                    if (event instanceof DeviceEvent.StateChanged change && change.to() == DeviceState.READY) {
                        gateway.close();
                        closed.countDown();
                    }
                })
                .start();
        transport.show(new LoopbackDevice(air, "D0", "counter")
                .with("count", new byte[0])
                .with("wave", new byte[0]));
        assertThat(closed.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        gateway.closeAsync().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        assertThat(gateway.devices().get(0).state()).isEqualTo(DeviceState.CLOSED);
        air.close();
    }

    private static List<Thread> gatewayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("iomt-"))
                .toList();
    }

    private static boolean send(LoopbackDevice device, Semaphore free) throws InterruptedException {
        for (int i = 0; i < VALUES; i++) {
            assertThat(free.tryAcquire(SECONDS, TimeUnit.SECONDS))
                    .as("the gateway goes on")
                    .isTrue();
            assertThat(device.announce("count", CounterDriver.octets(i))).isTrue();
        }
        return true;
    }
}
