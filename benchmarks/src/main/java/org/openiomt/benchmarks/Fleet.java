package org.openiomt.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
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
 * of the gateway's threads, callbacks included; beside it stands that of the whole process, which plays the devices too.
 */
public final class Fleet {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TICKS_PER_SECOND = 200;
    private static final int LOWEST_RATE = 60;
    private static final int ROUNDS = 32;
    private static final double HEAP_GOAL_KILOBYTE = 10;
    private static final double CPU_GOAL_MICROSECOND = 15;
    private static final double P99_GOAL_MILLISECOND = 50;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<VirtualHeartRateStrap> straps = new ArrayList<>();
    private final AtomicLongArray sentAt;
    private final long[] latencies;
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
        System.out.println("devices  heap/device  cpu/reading  whole process  threads  p50     p99     max     lost");
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
                send(devices, WARM_UP);
                Thread.sleep(1_000); // nothing of the warm-up is counted
                long cpuBefore = cpu("iomt-gateway", "iomt-callbacks");
                long wholeBefore = cpu("");
                isMeasuring = true;
                int sent = send(devices, MEASURED);
                Thread.sleep(1_000); // what is still on its way
                isMeasuring = false;
                report(
                        devices,
                        heap,
                        (cpu("iomt-gateway", "iomt-callbacks") - cpuBefore) / 1_000.0 / sent,
                        (cpu("") - wholeBefore) / 1_000.0 / sent,
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

    /** Lets each device send once a second, the devices evenly over the second. Returns how many readings were sent. */
    private int send(int devices, Duration during) {
        long begin = System.nanoTime();
        long total = during.toSeconds() * TICKS_PER_SECOND;
        int sent = 0;
        for (long tick = 0; tick < total; tick++) {
            long due = begin + tick * TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long first = tick % TICKS_PER_SECOND * devices / TICKS_PER_SECOND;
            long end = (tick % TICKS_PER_SECOND + 1) * devices / TICKS_PER_SECOND;
            int rate = LOWEST_RATE + (int) (tick / TICKS_PER_SECOND % ROUNDS);
            for (int i = (int) first; i < end; i++) {
                sentAt.set(slot(i, rate), System.nanoTime());
                straps.get(i).measure(rate);
                sent++;
            }
        }
        return sent;
    }

    private void report(int devices, double heap, double cpu, double whole, int sent) {
        int count = Math.min(heard.get(), latencies.length);
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        double p99 = millis(sorted, 0.99);
        System.out.printf(
                Locale.ROOT,
                "%7d  %8.1f KB%s %8.1f us%s %10.1f us  %7d  %4.1f ms %4.1f ms%s %4.0f ms %5d%n",
                devices,
                heap,
                mark(heap, HEAP_GOAL_KILOBYTE),
                cpu,
                mark(cpu, CPU_GOAL_MICROSECOND),
                whole,
                THREADS.getThreadCount(),
                millis(sorted, 0.5),
                p99,
                mark(p99, P99_GOAL_MILLISECOND),
                millis(sorted, 1),
                sent - heard.get());
    }

    private static String mark(double value, double goal) {
        return value <= goal ? " " : "!";
    }

    private static double millis(long[] sorted, double part) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))] / 1_000_000.0;
    }

    /** Returns the processor time of all threads whose names begin so, in nanoseconds. */
    private static long cpu(String... beginnings) {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            boolean isMeant = thread != null && Arrays.stream(beginnings).anyMatch(thread.getThreadName()::startsWith);
            sum += isMeant ? Math.max(0, THREADS.getThreadCpuTime(id)) : 0;
        }
        return sum;
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
