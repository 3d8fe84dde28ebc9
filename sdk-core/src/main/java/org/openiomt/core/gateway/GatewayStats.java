package org.openiomt.core.gateway;

import java.util.Map;

/**
 * What a gateway has done since it started.
 *
 * @param offered observations that drivers handed over
 * @param accepted observations that the outbox has made durable
 * @param waiting observations on their way to the outbox
 * @param dropped observations and values given up, by reason
 */
public record GatewayStats(long offered, long accepted, long waiting, Map<String, Long> dropped) {
    /** Copies the map. */
    public GatewayStats {
        dropped = Map.copyOf(dropped);
    }
}
