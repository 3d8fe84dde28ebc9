package org.openiomt.mqtt.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.LinkException;
import org.openiomt.mqtt.broker.MqttOptions;

/** The port over the HiveMQ client. */
public final class HivemqPort implements MqttPort {
    private final MqttOptions options;
    private final Optional<Outbound> will;
    private final Limits limits;

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
        return new HivemqConnection(options, tls, events).open(will, limits);
    }
}
