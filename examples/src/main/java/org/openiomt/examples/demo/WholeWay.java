package org.openiomt.examples.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Observation;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.application.ApplicationSide;
import org.openiomt.examples.audit.AuditFolder;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.dashboard.Board;
import org.openiomt.examples.dashboard.DashboardServer;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.broker.MqttOptions;

/**
 * The whole way in one process: devices, gateway, broker, application, page. The parts know each other only by the air, by the
 * broker's port and by the certificates and keys; what the page shows was sealed at the gateway, opened at the application, and has
 * been through all of them.
 */
public final class WholeWay implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CERTIFICATES_LAST = Duration.ofDays(7);
    private static final String HOST = "127.0.0.1";

    private final Open open;
    private final Board board;
    private final Outage outage;
    private final GatewaySide gateway;
    private final ApplicationSide application;
    private final Optional<DashboardServer> page;
    private boolean wasConnected;

    /**
     * Where everything works.
     *
     * @param pagePort the port of the page, 0 for any; empty for no page
     * @param brokerPort the port of the broker; 0 for any
     * @param data the folder of outbox, broker, audit logs and the keys that open what is in them
     * @param secret an empty folder for the certificates of this run
     * @param outage how long the page's button stops the broker
     */
    public record Settings(Optional<Integer> pagePort, int brokerPort, Path data, Path secret, Duration outage) {}

    /**
     * Where the readings come from.
     *
     * @param transport where the devices are
     * @param ward beds and devices
     * @param guards which devices speak in sealed frames
     */
    public record Source(Transport transport, Ward ward, Function<Discovery, Optional<FrameGuard>> guards) {}

    private WholeWay(Settings settings, Source source, Consumer<? super Observation> onDelivered, Open open) {
        this.open = open;
        Scheduler scheduler = open.add(Scheduler.system("demo", 2));
        Clock clock = scheduler.clock();
        DemoCertificates certificates = DemoCertificates.create(
                        settings.secret().resolve("certificates"), clock, CERTIFICATES_LAST)
                .withKeys(settings.data().resolve("keys"));
        board = new Board(source.ward(), clock);
        EmbeddedBroker broker = open.add(EmbeddedBroker.start(new EmbeddedBroker.Settings(
                settings.brokerPort(), settings.data().resolve("broker"), certificates.broker(), "--broker-port")));
        outage = new Outage(broker, scheduler, settings.outage());
        page = settings.pagePort().map(port -> open.add(DashboardServer.start(port, board, outage::begin)));
        application = open.add(ApplicationSide.start(
                BrokerAddress.of(HOST, broker.port(), DemoCertificates.APPLICATION, certificates.application(clock)),
                certificates.applicationKeys(),
                AuditFolder.open(
                        open, settings.data().resolve(DemoCertificates.APPLICATION), DemoCertificates.APPLICATION),
                delivery -> {
                    board.delivered(delivery.observation());
                    onDelivered.accept(delivery.observation());
                },
                state -> {}));
        application.awaitSubscribed();
        MqttOptions asGateway =
                BrokerAddress.of(HOST, broker.port(), DemoCertificates.GATEWAY, certificates.gateway(clock));
        gateway = open.add(GatewaySide.start(
                new GatewaySide.Settings(
                        source.transport(),
                        source.ward().subjects(),
                        source.guards(),
                        certificates.gatewayKeys(),
                        settings.data().resolve("gateway"),
                        asGateway),
                new BoardListener()));
        Timetable timetable = open.add(new Timetable(scheduler));
        timetable.every(TICK, TICK, this::tick);
    }

    /**
     * Starts everything.
     *
     * @param onDelivered gets each observation at the application; called by several threads at once, but one at a time for
     *     each device
     * @throws org.openiomt.examples.cli.CommandFailedException when a port is in use; nothing is left running then
     */
    public static WholeWay start(Settings settings, Source source, Consumer<? super Observation> onDelivered) {
        Open open = new Open();
        try {
            return new WholeWay(settings, source, onDelivered, open);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** Returns the address of the page, when there is one. */
    public Optional<URI> page() {
        return page.map(DashboardServer::address);
    }

    /** Returns the gateway's side. */
    public GatewaySide gateway() {
        return gateway;
    }

    /** Returns the board. */
    public Board board() {
        return board;
    }

    /** Returns one line for a terminal. */
    public String summary() {
        return board.summary();
    }

    @Override
    public void close() {
        open.close();
    }

    private void tick() {
        boolean isConnected = gateway.uplink().broker().isConnected()
                && application.consumer().broker().isConnected();
        Optional<Instant> until = outage.until();
        if (isConnected && until.isEmpty()) {
            wasConnected = true;
            board.outageOver();
        } else if (wasConnected) {
            board.outage("the broker cannot be reached", until);
        }
        board.tick();
    }

    /** Shows on the board what happens at the gateway. */
    private final class BoardListener implements GatewaySide.Listener {
        @Override
        public void accepted(List<OutboxRecord> records) {
            records.forEach(record -> board.accepted(record.device(), record.lane(), 1));
        }

        @Override
        public void device(DeviceEvent event) {
            board.device(event);
        }
    }
}
