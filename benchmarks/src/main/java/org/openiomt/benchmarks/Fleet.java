package org.openiomt.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;

/**
 * Many virtual straps in one gateway, each with one reading a second, and what that costs: heap for a device, processor time for a
 * reading from its octets to the application's callback, threads, and how long a reading takes. Prints one line for each size, with
 * what misses its goal marked.
 *
 * <pre>{@code
 * java -Xmx2g -cp benchmarks/target/openiomt-benchmarks.jar org.openiomt.benchmarks.Fleet 1000 10000
 * }</pre>
 *
 * Heap is what connecting adds, after the devices are there: the gateway's share and both ends of the links. Processor time is that
 * of the gateway's threads, callbacks included; beside it stands that of the whole process, which plays the devices, compiles and
 * collects garbage too. Every size warms up on as many readings at the same high rate, because a gateway runs for months and a
 * compiler counts calls, not seconds.
 *
 * <p>Latency is that of the machine too, so beside it stands how late the thread was that sends: it does nothing but sleep until the
 * next instant, and its delay is nobody's but the machine's. Beside that stands how long collections of garbage took.
 */
public final class Fleet {
    private static final int WARM_UP_READINGS = 200_000;
    private static final int WARM_UP_PER_SECOND = 10_000;
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TICKS_PER_SECOND = 200;
    private static final int LOWEST_RATE = 60;
    private static final int ROUNDS = 32;
    private static final double HEAP_GOAL_KILOBYTE = 10;
    private static final double CPU_GOAL_MICROSECOND = 15;
    private static final double P99_GOAL_MILLISECOND = 50;

    private final List<VirtualHeartRateStrap> straps = new ArrayList<>();
    private final AtomicLongArray sentAt;
    private final long[] latencies;
    private final long[] delays = new long[Math.toIntExact(MEASURED.toSeconds()) * TICKS_PER_SECOND];
    private final AtomicInteger heard = new AtomicInteger();
    private volatile boolean isMeasuring;

    private Fleet(int devices) {
        sentAt = new AtomicLongArray(devices * ROUNDS);
        latencies = new long[Math.toIntExact(devices * (MEASURED.toSeconds() + 1))];
    }

    /**
     * Runs the sizes one after the other.
     *
     * @param args how many devices, each from 1 to 10,000; 1,000 and 10,000 when there is none
     * @throws InterruptedException when somebody ends it
     */
    public static void main(String[] args) throws InterruptedException {
        int[] sizes = args.length == 0
                ? new int[] {1_000, 10_000}
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        System.out.println("devices  heap/device  cpu/reading  whole process  threads  p50     p99     max     lost"
                + "  sender's p99  collecting");
        for (int size : sizes) {
            new Fleet(size).run(size);
        }
    }

    private void run(int devices) throws InterruptedException {
        try (VirtualAir air = new VirtualAir()) {
            for (int i = 0; i < devices; i++) {
                straps.add(new VirtualHeartRateStrap(air, "strap-" + i));
            }
            long heapBefore = usedHeap();
            try (Gateway gateway =
                    Gateway.builder().transport(Ble.simulated(air)).build()) {
                gateway.onObservation(this::heard).start();
                await(gateway, devices);
                double heap = (usedHeap() - heapBefore) / 1_024.0 / devices;
                warmUp(devices);
                Thread.sleep(2_000); // nothing of the warm-up is counted
                long cpuBefore = Processor.of("iomt-gateway", "iomt-callbacks");
                long wholeBefore = Processor.whole();
                long collectingBefore = Processor.collecting();
                isMeasuring = true;
                int sent = send(devices);
                Thread.sleep(1_000); // what is still on its way
                isMeasuring = false;
                report(
                        devices,
                        heap,
                        (Processor.of("iomt-gateway", "iomt-callbacks") - cpuBefore) / 1_000.0 / sent,
                        (Processor.whole() - wholeBefore) / 1_000.0 / sent,
                        Processor.collecting() - collectingBefore,
                        sent);
            }
        }
    }

    private void heard(Observation observation) {
        if (!isMeasuring || !observation.type().equals(Mdc.MDC_ECG_HEART_RATE)) {
            return;
        }
        int device = Integer.parseInt(observation.device().value().substring("strap-".length()));
        long rate = observation
                .quantity(Mdc.MDC_ECG_HEART_RATE)
                .orElseThrow()
                .value()
                .mantissa();
        int at = heard.getAndIncrement();
        if (at < latencies.length) {
            latencies[at] = System.nanoTime() - sentAt.get(slot(device, rate));
        }
    }

    /** A reading is told from those of the same device in the seconds around it by its value. */
    private static int slot(int device, long rate) {
        return device * ROUNDS + (int) ((rate - LOWEST_RATE) % ROUNDS);
    }

    private static void await(Gateway gateway, int devices) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.devices().stream()
                        .filter(one -> one.state() == DeviceState.READY)
                        .count()
                < devices) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not all devices are in session after " + PATIENCE);
            }
            Thread.sleep(200);
        }
    }

    /** Lets the devices send by turns, more often than they will, until everything that matters has been compiled. */
    private void warmUp(int devices) {
        long begin = System.nanoTime();
        int perTick = WARM_UP_PER_SECOND / TICKS_PER_SECOND;
        for (int i = 0; i < WARM_UP_READINGS; i++) {
            if (i % perTick == 0) {
                sleepUntil(begin, i / perTick);
            }
            straps.get(i % devices).measure(LOWEST_RATE);
        }
    }

    /** Lets each device send once a second, the devices evenly over the second. Returns how many readings were sent. */
    private int send(int devices) {
        long begin = System.nanoTime();
        int sent = 0;
        for (int tick = 0; tick < delays.length; tick++) {
            delays[tick] = sleepUntil(begin, tick);
            int inSecond = tick % TICKS_PER_SECOND;
            int end = (inSecond + 1) * devices / TICKS_PER_SECOND;
            int rate = LOWEST_RATE + tick / TICKS_PER_SECOND % ROUNDS;
            for (int i = inSecond * devices / TICKS_PER_SECOND; i < end; i++) {
                sentAt.set(slot(i, rate), System.nanoTime());
                straps.get(i).measure(rate);
                sent++;
            }
        }
        return sent;
    }

    /** Sleeps until a tick begins; returns how much later it is, in nanoseconds. */
    private static long sleepUntil(long begin, int tick) {
        long due = begin + tick * (TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND);
        while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
        return System.nanoTime() - due;
    }

    private void report(int devices, double heap, double cpu, double whole, long collecting, int sent) {
        int count = Math.min(heard.get(), latencies.length);
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        Arrays.sort(delays);
        double p99 = Processor.millis(sorted, 0.99);
        System.out.printf(
                Locale.ROOT,
                "%7d  %8.1f KB%s %8.1f us%s %10.1f us  %7d  %4.1f ms %4.1f ms%s %4.0f ms %5d  %9.1f ms  %7d ms%n",
                devices,
                heap,
                mark(heap, HEAP_GOAL_KILOBYTE),
                cpu,
                mark(cpu, CPU_GOAL_MICROSECOND),
                whole,
                Processor.threads(),
                Processor.millis(sorted, 0.5),
                p99,
                mark(p99, P99_GOAL_MILLISECOND),
                Processor.millis(sorted, 1),
                sent - heard.get(),
                Processor.millis(delays, 0.99),
                collecting);
    }

    private static String mark(double value, double goal) {
        return value <= goal ? " " : "!";
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
