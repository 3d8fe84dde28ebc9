package org.openiomt.benchmarks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * How long this process's threads have been on a processor, which other work on the machine does not change much: time on the clock
 * counts it in full. Compilers and collectors are no threads of Java and are in {@link #whole} only.
 */
final class Processor {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

    private Processor() {}

    /** Returns the time of all threads whose names begin so, in nanoseconds. One that has ended is not among them. */
    static long of(String... beginnings) {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            boolean isMeant = thread != null && Arrays.stream(beginnings).anyMatch(thread.getThreadName()::startsWith);
            sum += isMeant ? Math.max(0, THREADS.getThreadCpuTime(id)) : 0;
        }
        return sum;
    }

    /** Returns the time of the whole process, in nanoseconds. */
    static long whole() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Returns how many threads of Java there are. */
    static int threads() {
        return THREADS.getThreadCount();
    }

    /** Returns how long collections of garbage have taken so far, in milliseconds on the clock. */
    static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** Returns the time below which so large a part of the sorted times lies, in milliseconds; NaN of none. */
    static double millis(long[] sorted, double part) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))] / 1_000_000.0;
    }
}
