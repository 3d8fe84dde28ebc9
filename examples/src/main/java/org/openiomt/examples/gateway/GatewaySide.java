package org.openiomt.examples.gateway;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.sealing.SealedOutbox;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.audit.AuditFolder;
import org.openiomt.examples.certificates.GatewayKeys;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Open;
import org.openiomt.mqtt.Mqtt;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.mqtt.topic.Topics;
import org.openiomt.mqtt.uplink.Uplink;
import org.openiomt.security.audit.AuditLog;
import org.openiomt.security.sealed.SealedPublisher;

/**
 * A gateway at work: devices on the one side, a broker on the other, between them an outbox that loses nothing, and beside them an
 * audit log. What it stores and sends is sealed for its readers; it cannot open that itself.
 */
public final class GatewaySide implements AutoCloseable {
    /** The site in the topics of all examples. */
    public static final String SITE = "ward";

    private static final long MAX_RECORDS = 1_000_000;
    private static final long MAX_OCTETS = 64L << 20;

    private final Gateway gateway;
    private final Outbox outbox;
    private final Uplink uplink;
    private final Open open;

    private GatewaySide(Gateway gateway, Outbox outbox, Uplink uplink, Open open) {
        this.gateway = gateway;
        this.outbox = outbox;
        this.uplink = uplink;
        this.open = open;
    }

    /**
     * What a gateway works with.
     *
     * @param transport where its devices are
     * @param subjects who is observed by which device
     * @param guards which devices speak in sealed frames
     * @param keys what it seals with, closed with the gateway; empty when what it stores and sends is for everybody to read
     * @param data the folder where it keeps what is not delivered yet, and its audit log
     * @param broker which broker, as whom; the client id is the gateway's name in topics
     */
    public record Settings(
            Transport transport,
            Subjects subjects,
            Function<Discovery, Optional<FrameGuard>> guards,
            Optional<GatewayKeys> keys,
            Path data,
            MqttOptions broker) {
        /** Settings of a gateway that seals. */
        public Settings(
                Transport transport,
                Subjects subjects,
                Function<Discovery, Optional<FrameGuard>> guards,
                GatewayKeys keys,
                Path data,
                MqttOptions broker) {
            this(transport, subjects, guards, Optional.of(keys), data, broker);
        }
    }

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
     * Opens the outbox and starts everything. What was left in the folder by an earlier run is delivered first. Nothing is left open
     * when it fails.
     *
     * @throws org.openiomt.core.outbox.OutboxException when the folder is in use or cannot be used
     * @throws org.openiomt.security.audit.AuditException when the audit log was changed
     */
    public static GatewaySide start(Settings settings, Listener listener) {
        return start(
                settings, FileOutbox.Options.defaults().withBounds(OutboxBounds.of(MAX_RECORDS, MAX_OCTETS)), listener);
    }

    /** Does as {@link #start(Settings, Listener)} does, with an outbox that is laid out otherwise. */
    public static GatewaySide start(Settings settings, FileOutbox.Options options, Listener listener) {
        Open open = new Open();
        try {
            return start(settings, options, listener, open);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static GatewaySide start(Settings settings, FileOutbox.Options options, Listener listener, Open open) {
        Topics topics = Topics.of(SITE, settings.broker().clientId());
        settings.keys().ifPresent(open::add);
        FileOutbox stored = open.add(FileOutbox.open(settings.data().resolve("outbox"), options));
        AuditLog audit = AuditFolder.open(open, settings.data(), topics.gateway());
        RecordSealer sealer = settings.keys()
                .<RecordSealer>map(keys -> open.add(SealedPublisher.open(
                        SealedPublisher.Settings.of(
                                SITE, topics.gateway(), settings.data().resolve("epochs")),
                        keys.signer(),
                        keys.readers(),
                        Clock.systemUTC(),
                        audit)))
                .orElse(RecordSealer.PLAIN);
        Outbox sealed = new SealedOutbox(
                stored, sealer, (device, lane) -> topics.records(device, lane).toString());
        Outbox outbox = new WatchedOutbox(sealed, listener::accepted);
        Uplink uplink = open.add(Mqtt.uplink(settings.broker(), topics, outbox, sealer));
        Each.of(uplink.brokerStates(), listener::broker);
        uplink.start();
        Gateway gateway = open.add(Gateway.builder()
                .transport(settings.transport())
                .subjects(settings.subjects())
                .guards(discovery -> guard(settings, discovery, audit))
                .audit(audit)
                .outbox(outbox)
                .build()
                .onEvent(listener::device)
                .start());
        return new GatewaySide(gateway, outbox, uplink, open);
    }

    private static Optional<FrameGuard> guard(Settings settings, Discovery discovery, AuditSink audit) {
        Optional<FrameGuard> guard = settings.guards().apply(discovery);
        if (guard.isPresent()) {
            audit.record(AuditEvent.of(AuditEventType.KEY_LOADED, "session with " + discovery.address()));
        }
        return guard;
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
        open.close();
    }
}
