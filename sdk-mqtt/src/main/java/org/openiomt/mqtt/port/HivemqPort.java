package org.openiomt.mqtt.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.broker.MqttOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port over the HiveMQ client. A broker that sends more than it may (mosquitto 2.0 and Artemis 2.55 do after a restart, to a session
 * in which much waits) would lose each link at the same message; so the next link allows twice as much.
 */
public final class HivemqPort implements MqttPort {
    private static final Logger LOG = LoggerFactory.getLogger(HivemqPort.class);
    private static final int MAX_UNACKNOWLEDGED = 65_535;

    private final MqttOptions options;
    private final Optional<Outbound> will;
    private final Limits limits;
    private final AtomicInteger unacknowledged;

    /**
     * What may come in.
     *
     * @param unacknowledged the most messages that are received before the first of them is acknowledged, 1 to 65,535
     * @param packetOctets the most octets of a message, topic and head included
     */
    public record Limits(int unacknowledged, int packetOctets) {}

    /**
     * Makes a port; nothing is opened yet.
     *
     * @param options which broker, as whom
     * @param will what the broker says when this client is gone without goodbye
     * @param limits what may come in
     */
    public HivemqPort(MqttOptions options, Optional<Outbound> will, Limits limits) {
        this.options = options;
        this.will = will;
        this.limits = limits;
        this.unacknowledged = new AtomicInteger(limits.unacknowledged());
    }

    @Override
    public CompletionStage<Connection> connect(Events events) {
        Optional<MqttOptions.Tls> tls;
        try {
            tls = options.tls().map(MqttOptions.Credentials::current);
        } catch (RuntimeException e) { // the application's own
            return CompletableFuture.failedFuture(
                    new LinkException("there are no credentials for the broker: " + BrokerLink.reasonOf(e), e));
        }
        int allowed = unacknowledged.get();
        return new HivemqConnection(options, tls, events, () -> overrun(allowed))
                .open(will, new Limits(allowed, limits.packetOctets()));
    }

    private void overrun(int allowed) {
        int more = Math.min(2 * allowed, MAX_UNACKNOWLEDGED);
        if (unacknowledged.compareAndSet(allowed, more)) {
            LOG.warn("the broker sent more than {} unacknowledged messages; the next link allows {}", allowed, more);
        }
    }
}
