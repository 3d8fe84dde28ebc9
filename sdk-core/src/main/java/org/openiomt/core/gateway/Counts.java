package org.openiomt.core.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of the whole gateway. Any thread. */
final class Counts {
    private final LongAdder offered = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

    void offered() {
        offered.increment();
    }

    void accepted(long count) {
        accepted.add(count);
    }

    void dropped(String reason, long count) {
        dropped.computeIfAbsent(reason, any -> new LongAdder()).add(count);
    }

    GatewayStats stats(long waiting) {
        Map<String, Long> losses = new ConcurrentHashMap<>();
        dropped.forEach((reason, count) -> losses.put(reason, count.sum()));
        return new GatewayStats(offered.sum(), accepted.sum(), waiting, losses);
    }
}
