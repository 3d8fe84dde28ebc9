package org.openiomt.examples.chaos;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.OutboxBounds;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.RecordLog;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.broker.BrokerState;

/**
 * A gateway with fifty virtual devices, as a process: {@code PORT CERTIFICATES DATA ACCEPTED-LOG}. Small segments, so that a full
 * disk is felt at once.
 */
public final class ChaosGateway {
    static final int DEVICES = 50;
    static final String READY = "gateway runs";

    private static final int SEGMENT = 64 << 10;
    private static final Duration PERIOD = Duration.ofMillis(800);

    private ChaosGateway() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        DemoCertificates certificates = DemoCertificates.of(Path.of(arguments[1]));
        FileOutbox.Options options = FileOutbox.Options.defaults()
                .withBounds(OutboxBounds.of(1_000_000, 64L << 20))
                .withSegmentOctets(SEGMENT);
        try (Lifetime lifetime = Lifetime.begin();
                RecordLog log = RecordLog.open(Path.of(arguments[3]));
                Scheduler scheduler = Scheduler.system("chaos-devices", 1);
                VirtualAir air = new VirtualAir(scheduler);
                Timetable timetable = new Timetable(scheduler);
                GatewaySide gateway = GatewaySide.start(
                        new GatewaySide.Settings(
                                Ble.simulated(air),
                                Subjects.UNKNOWN,
                                discovery -> Optional.empty(),
                                Optional.of(certificates.gatewayKeys()),
                                Path.of(arguments[2]),
                                BrokerAddress.of(
                                        "127.0.0.1",
                                        Integer.parseInt(arguments[0]),
                                        DemoCertificates.GATEWAY,
                                        certificates.gateway(Clock.systemUTC()))),
                        options,
                        new Reporter(out, log))) {
            measure(air, timetable);
            out.println(READY);
            lifetime.await();
            out.println(gateway.summary());
        }
    }

    private static void measure(VirtualAir air, Timetable timetable) {
        Random random = new Random();
        for (int i = 0; i < DEVICES; i++) {
            Duration first = PERIOD.multipliedBy(i).dividedBy(DEVICES);
            timetable.every(first.plusMillis(1), PERIOD, task(air, i, random));
        }
    }

    private static Runnable task(VirtualAir air, int number, Random random) {
        return switch (number % 3) {
            case 0 -> {
                VirtualOximeter oximeter = new VirtualOximeter(air, "oximeter-" + number);
                yield () -> oximeter.measure(90 + random.nextInt(10), 60 + random.nextInt(60));
            }
            case 1 -> {
                VirtualHeartRateStrap strap = new VirtualHeartRateStrap(air, "strap-" + number);
                yield () -> strap.measure(60 + random.nextInt(60));
            }
            default -> {
                VirtualThermometer thermometer = new VirtualThermometer(air, "thermometer-" + number);
                yield () -> thermometer.measure(distinct());
            }
        };
    }

    /**
     * Returns a number that no other reading of a run has: a thermometer stamps its readings with whole seconds, and of two with the same
     * second and value, one before and one after a restart, nobody can say whether they are one.
     */
    private static BigDecimal distinct() {
        return BigDecimal.valueOf(System.nanoTime() / 10_000_000 % 1_000_000, 2);
    }

    /** Writes down what is accepted, and says what is lost or held up. */
    private record Reporter(PrintStream out, RecordLog log) implements GatewaySide.Listener {
        @Override
        public void accepted(List<OutboxRecord> records) {
            log.append(records.stream()
                    .map(record -> record.device() + " " + record.id())
                    .toList());
        }

        @Override
        public void device(DeviceEvent event) {
            if (event instanceof DeviceEvent.Delayed || event instanceof DeviceEvent.Dropped) {
                out.println(event);
            }
        }

        @Override
        public void broker(BrokerState state) {
            out.println(state);
        }
    }
}
