package org.openiomt.examples.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.cli.Each;
import org.openiomt.mqtt.Mqtt;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;

/** A gateway at work: devices on the one side, a broker on the other, and between them an outbox that loses nothing. */
public final class GatewaySide implements AutoCloseable {
    /** The site in the topics of all examples. */
    public static final String SITE = "ward";

    private static final long MAX_RECORDS = 1_000_000;
    private static final long MAX_OCTETS = 64L << 20;

    private final Gateway gateway;
    private final Outbox outbox;
    private final Uplink uplink;

    private GatewaySide(Gateway gateway, Outbox outbox, Uplink uplink) {
        this.gateway = gateway;
        this.outbox = outbox;
        this.uplink = uplink;
    }

    /**
     * What a gateway works with.
     *
     * @param transport where its devices are
     * @param subjects who is observed by which device
     * @param guards which devices speak in sealed frames
     * @param data the folder where it keeps what is not delivered yet
     * @param broker which broker, as whom; the client id is the gateway's name in topics
     */
    public record Settings(
            Transport transport,
            Subjects subjects,
            Function<Discovery, Optional<FrameGuard>> guards,
            Path data,
            MqttOptions broker) {}

    /** Hears what the gateway does. Each method may be called by any thread and must be quick. */
    public interface Listener {
        /** Records are durable: from now on they are delivered, whatever happens. Called in the order of acceptance. */
        default void accepted(List<OutboxRecord> records) {}

        /** Something happened to a device. */
        default void device(DeviceEvent event) {}

        /** The broker can be reached, or no longer. */
        default void broker(BrokerState state) {}
    }

    /**
     * Opens the outbox and starts everything. What was left in the folder by an earlier run is delivered first.
     *
     * @throws org.openiomt.core.outbox.OutboxException when the folder is in use or cannot be used
     */
    public static GatewaySide start(Settings settings, Listener listener) {
        FileOutbox.Options options = FileOutbox.Options.defaults().withBounds(OutboxBounds.of(MAX_RECORDS, MAX_OCTETS));
        Outbox outbox =
                new WatchedOutbox(FileOutbox.open(settings.data().resolve("outbox"), options), listener::accepted);
        Uplink uplink =
                Mqtt.uplink(settings.broker(), Topics.of(SITE, settings.broker().clientId()), outbox);
        Each.of(uplink.brokerStates(), listener::broker);
        uplink.start();
        Gateway gateway = Gateway.builder()
                .transport(settings.transport())
                .subjects(settings.subjects())
                .guards(settings.guards())
                .outbox(outbox)
                .build()
                .onEvent(listener::device)
                .start();
        return new GatewaySide(gateway, outbox, uplink);
    }

    /** Returns the gateway. */
    public Gateway gateway() {
        return gateway;
    }

    /** Returns the outbox. */
    public Outbox outbox() {
        return outbox;
    }

    /** Returns the way to the broker. */
    public Uplink uplink() {
        return uplink;
    }

    /** Returns one line for a terminal. */
    public String summary() {
        var stats = outbox.stats();
        return "accepted " + stats.appended() + ", taken by the broker " + stats.acknowledged() + ", waiting "
                + stats.waiting() + ", broker "
                + (uplink.broker().isConnected() ? "connected" : "not connected");
    }

    /** Ends the sessions, brings what waits into the outbox, and says goodbye to the broker. The rest is for the next run. */
    @Override
    public void close() {
        gateway.close();
        uplink.close();
        outbox.close();
    }
}
