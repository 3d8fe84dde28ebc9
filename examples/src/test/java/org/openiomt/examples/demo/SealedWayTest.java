package org.openiomt.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.ble.Ble;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.FileOutbox;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.outbox.OutboxRecord;
import org.openiomt.core.sealing.RecordSealer;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.examples.application.ApplicationSide;
import org.openiomt.examples.audit.AuditFolder;
import org.openiomt.examples.broker.EmbeddedBroker;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.certificates.GatewayKeys;
import org.openiomt.examples.cli.BrokerAddress;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.consume.ConsumerEvent;
import org.openiomt.mqtt.consume.Refusal;
import org.openiomt.security.audit.AuditFile;
import org.openiomt.security.audit.AuditLog;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.sealed.ReaderKey;
import org.openiomt.security.sealed.SealedPublisher;
import org.openiomt.security.sealed.SealedReader;
import org.openiomt.security.sealed.SealedSuite;

/** The demo's parts with a listener at the broker, a thief of the gateway's disk, and strangers who publish. */
@Timeout(120)
class SealedWayTest {
    private static final String PUBLISHER = GatewaySide.SITE + "/" + DemoCertificates.GATEWAY;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int SOME = 200;

    @TempDir
    private Path folder;

    private final List<Observation> delivered = new ArrayList<>();
    private final List<ConsumerEvent> events = new ArrayList<>();
    private final List<Mqtt5Publish> captured = new ArrayList<>();
    private DemoCertificates certificates = DemoCertificates.of(Path.of(""));
    private EmbeddedBroker broker;
    private Open open = new Open();
    private AuditLog audit;
    private ApplicationSide application;
    private Mqtt5AsyncClient spy;

    @BeforeEach
    void start() {
        Clock clock = Clock.systemUTC();
        certificates = DemoCertificates.create(folder.resolve("certificates"), clock, Duration.ofDays(1));
        broker = EmbeddedBroker.start(
                new EmbeddedBroker.Settings(0, folder.resolve("broker"), certificates.broker(), "--broker-port"));
        open = new Open();
        audit = AuditFolder.open(open, folder.resolve("application"), DemoCertificates.APPLICATION);
        application = application();
        spy = client(certificates.application(clock));
        spy.publishes(MqttGlobalPublishFilter.ALL, message -> add(captured, message));
        get(spy.connect());
        get(spy.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send());
    }

    @AfterEach
    void close() {
        if (spy.getState().isConnected()) {
            get(spy.disconnect());
        }
        application.close();
        broker.close();
        open.close();
    }

    private ApplicationSide application() {
        ApplicationSide side = ApplicationSide.start(
                BrokerAddress.of(
                        "127.0.0.1",
                        broker.port(),
                        DemoCertificates.APPLICATION,
                        certificates.application(Clock.systemUTC())),
                certificates.applicationKeys(),
                audit,
                delivery -> add(delivered, delivery.observation()),
                state -> {});
        Each.of(side.consumer().events(), event -> add(events, event));
        side.awaitSubscribed();
        return side;
    }

    @Test
    void neitherTheBrokerNorAThiefOfTheGatewaysDiskFindsAReading() throws Exception {
        try (VirtualWard patients = new VirtualWard(1);
                GatewaySide gateway = gateway(patients)) {
            until(() -> size(delivered) >= SOME && size(captured) >= 20);
            assertThat(gateway.outbox().stats().appended()).isGreaterThanOrEqualTo(SOME);
        }
        List<Observation> readings = copy(delivered);
        List<byte[]> seen = copy(captured).stream()
                .map(message -> join(message.getTopic().toString(), message.getPayloadAsBytes()))
                .toList();
        assertThat(copy(captured).stream()
                        .map(message -> kindOf(message.getTopic().toString())))
                .contains("obs", "wave", "keys", "state");
        assertThat(readings.stream().anyMatch(Observation::isWaveform)).isTrue();
        assertThat(readings.stream().allMatch(reading -> reading.subject().isPresent()))
                .isTrue();

        byte[] plain = ObservationMessage.encode(
                1, List.of(ObservationMessage.Item.of(1, ObservationCbor.encode(readings.get(0)))));
        assertThat(found(readings, List.of(plain)))
                .as("the search finds what is not sealed")
                .isPositive();

        assertThat(found(readings, seen)).as("readings at the broker").isZero();
        List<byte[]> disk = new ArrayList<>();
        for (String part : List.of("gateway", "broker")) {
            try (Stream<Path> files = Files.walk(folder.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    disk.add(Files.readAllBytes(file));
                }
            }
        }
        assertThat(disk.stream().mapToLong(octets -> octets.length).sum()).isGreaterThan(50_000);
        assertThat(found(readings, disk)).as("readings on the disks").isZero();
    }

    @Test
    void aStolenOutboxOpensForItsReadersOnly() {
        broker.stop();
        try (VirtualWard patients = new VirtualWard(1);
                GatewaySide gateway = gateway(patients)) {
            until(() -> gateway.outbox().stats().appended() >= 50);
        }
        List<OutboxEntry> stolen;
        try (Outbox copy = FileOutbox.open(folder.resolve("gateway/outbox"))) {
            stolen = copy.read(Lane.CLINICAL, 0, 20);
        }
        OutboxRecord first = stolen.get(0).record();
        String topic = topic(first.device());
        assertThatThrownBy(() -> ObservationCbor.decode(first.payload())).isInstanceOf(RuntimeException.class);

        // The thief has all that the gateway has on its disk, its signing key too, and makes a key of a reader.
        try (GatewayKeys keys = certificates.gatewayKeys();
                ApplicationKeys owner = certificates.applicationKeys();
                ReaderKey thief = ReaderKey.generate(SealedSuite.X25519_MLKEM768);
                RecordSealer again = SealedPublisher.open(
                        SealedPublisher.Settings.of(
                                GatewaySide.SITE, DemoCertificates.GATEWAY, folder.resolve("gateway/epochs")),
                        keys.signer(),
                        List.of(thief.publicKey()),
                        Clock.systemUTC(),
                        AuditSink.NONE)) {
            byte[] message = again.message(topic, List.of(stolen.get(0)));
            byte[] header = again.announcement(first).orElseThrow().octets();
            Map<String, List<PublicKey>> publishers =
                    Map.of(PUBLISHER, List.of(keys.signer().publicKey()));
            try (SealedReader reader = SealedReader.of(thief, publishers);
                    SealedReader rightful = SealedReader.of(owner.reader(), publishers)) {
                reader.learn(PUBLISHER, header);
                assertThatThrownBy(() -> reader.check(PUBLISHER, topic, first.device(), message)
                                .open())
                        .hasMessageStartingWith("sealed for others");
                rightful.learn(PUBLISHER, header);
                assertThat(rightful.check(PUBLISHER, topic, first.device(), message)
                                .open()
                                .orElseThrow()
                                .items()
                                .get(0)
                                .observation()
                                .device())
                        .isEqualTo(first.device());
            }
        }
        broker.start();
    }

    @Test
    void whatIsMovedToAnotherTopicIsReportedAndTheStreamGoesOn() {
        try (VirtualWard patients = new VirtualWard(1);
                GatewaySide gateway = gateway(patients)) {
            until(() -> topicsOf("obs").size() >= 2 && size(delivered) >= 20);
            List<String> topics = topicsOf("obs");
            byte[] first = lastOf(topics.get(0));
            byte[] second = lastOf(topics.get(1));
            publish(topics.get(0), second);
            publish(topics.get(1), first);
            until(() -> refused().size() >= 2);
            assertThat(refused())
                    .extracting(ConsumerEvent.Refused::topic)
                    .containsExactlyInAnyOrder(topics.get(0), topics.get(1));
            assertThat(refused()).extracting(ConsumerEvent.Refused::cause).containsOnly(Refusal.NOT_AUTHENTIC);
            assertThat(application.consumer().stats().refusals()).isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 2L));

            int before = size(delivered);
            publish(topics.get(0), first); // what is genuine and comes again is a repeat, and nothing else
            until(() -> size(delivered) >= before + 20
                    && application.consumer().stats().duplicates() > 0);
            assertThat(gateway.uplink().broker().isConnected()).isTrue();
            assertThat(application.consumer().stats().missing()).isZero();
            assertThat(refused()).hasSize(2);
        }
    }

    @Test
    void strangersAndThoseWhoDoNotSealAreRefusedAndReported() {
        try (VirtualWard patients = new VirtualWard(1);
                GatewaySide gateway = gateway(patients);
                Signer own = Signer.generate(SignatureAlgorithm.ED25519);
                GatewayKeys keys = certificates.gatewayKeys();
                RecordSealer stranger = SealedPublisher.open(
                        SealedPublisher.Settings.of(
                                GatewaySide.SITE, DemoCertificates.GATEWAY, folder.resolve("stranger")),
                        own,
                        keys.readers(),
                        Clock.systemUTC(),
                        AuditSink.NONE)) {
            until(() -> size(delivered) >= 20);
            Observation reading = copy(delivered).get(0);
            byte[] content = ObservationCbor.encode(reading);
            String topic = topic(reading.device());
            OutboxRecord record =
                    stranger.seal(OutboxRecord.of(reading.id(), reading.device(), Lane.CLINICAL, content), topic);
            long epoch = stranger.epochOf(record);
            String keysTopic = "iomt/1/" + PUBLISHER + "/-/keys/" + epoch;
            publish(keysTopic, stranger.announcement(record).orElseThrow().octets());
            publish(topic, stranger.message(topic, List.of(new OutboxEntry(1, epoch, 1, record))));
            publish(topic, ObservationMessage.encode(epoch, List.of(ObservationMessage.Item.of(1, content))));
            until(() -> refused().size() >= 3);
            assertThat(application.consumer().stats().refusals())
                    .isEqualTo(Map.of(Refusal.NOT_AUTHENTIC, 2L, Refusal.NOT_UNDERSTOOD, 1L));
            assertThat(refused())
                    .extracting(ConsumerEvent.Refused::reason)
                    .anyMatch(reason -> reason.endsWith("it is not sealed"));
            int before = size(delivered);
            until(() -> size(delivered) >= before + 20);
            assertThat(gateway.uplink().broker().isConnected()).isTrue();
            open.close();
            List<String> written = audited(folder.resolve("application"), AuditEventType.MESSAGE_REFUSED);
            assertThat(written)
                    .contains(keysTopic + " not authentic", topic + " not authentic")
                    .hasSizeBetween(2, 3); // a second one of a topic may be counted together with the first
        }
    }

    @Test
    void whoWasAwayWhileEpochsBeganAndGatewaysRestartedReadsEverything() {
        Set<ObservationId> accepted = ConcurrentHashMap.newKeySet();
        application.close();
        for (int run = 0; run < 3; run++) {
            if (run == 1) {
                broker.stop(); // what this run stores, only the next one can send
            }
            int before = accepted.size();
            try (VirtualWard patients = new VirtualWard(run);
                    GatewaySide gateway = gateway(patients, accepting(accepted))) {
                until(() -> accepted.size() >= before + 40);
                assertThat(gateway.outbox().stats().dropped()).isEmpty();
            }
            if (run == 1) {
                broker.start();
            }
        }
        assertThat(audited(folder.resolve("gateway"), AuditEventType.KEY_CREATED))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(audited(folder.resolve("gateway"), AuditEventType.READER_ADDED))
                .hasSize(1);

        Set<ObservationId> expected = Set.copyOf(accepted);
        application = application();
        try (VirtualWard patients = new VirtualWard(9);
                GatewaySide last = gateway(patients, new GatewaySide.Listener() {})) {
            until(() -> ids(copy(delivered)).containsAll(expected));
            assertThat(last.outbox().stats().dropped()).isEmpty();
        }
        assertThat(refused()).isEmpty();
        assertThat(application.consumer().stats().missing()).isZero();
    }

    private static GatewaySide.Listener accepting(Set<ObservationId> ids) {
        return new GatewaySide.Listener() {
            @Override
            public void accepted(List<OutboxRecord> records) {
                records.forEach(record -> ids.add(record.id()));
            }
        };
    }

    private static Set<ObservationId> ids(List<Observation> observations) {
        return observations.stream().map(Observation::id).collect(Collectors.toSet());
    }

    /** Returns subject and detail of each event of a type in the closed log of a folder. */
    private static List<String> audited(Path folder, AuditEventType type) {
        List<String> found = new ArrayList<>();
        Optional<AuditFile.Verification.Bad> bad = new AuditFile(folder.resolve("audit.log")).read(entry -> {
            if (entry.event().type() == type) {
                found.add(entry.event().subject() + " " + entry.event().detail());
            }
        });
        assertThat(bad).isEmpty();
        return found;
    }

    private GatewaySide gateway(VirtualWard patients) {
        return gateway(patients, new GatewaySide.Listener() {});
    }

    private GatewaySide gateway(VirtualWard patients, GatewaySide.Listener listener) {
        return GatewaySide.start(
                new GatewaySide.Settings(
                        Ble.simulated(patients.air()),
                        subjects(patients.ward()),
                        patients::guard,
                        certificates.gatewayKeys(),
                        folder.resolve("gateway"),
                        BrokerAddress.of(
                                "127.0.0.1",
                                broker.port(),
                                DemoCertificates.GATEWAY,
                                certificates.gateway(Clock.systemUTC()))),
                listener);
    }

    /** Gives every bed's patient a name that stands in the name of no device, and so in no topic. */
    private static Subjects subjects(Ward ward) {
        return (device, user) ->
                ward.subjects().subjectOf(device, user).map(bed -> SubjectId.of("patient-in-" + bed.value()));
    }

    /** Counts what of the readings is somewhere: their encoding, their ids, and who was observed. */
    private static long found(List<Observation> readings, List<byte[]> places) {
        List<String> needles = new ArrayList<>();
        for (Observation reading : readings) {
            byte[] content = ObservationCbor.encode(reading);
            needles.add(latin(Arrays.copyOfRange(content, content.length / 3, content.length)));
            needles.add(latin(ByteBuffer.allocate(16)
                    .putLong(reading.id().high())
                    .putLong(reading.id().low())
                    .array()));
            reading.subject().ifPresent(subject -> needles.add(subject.value()));
        }
        List<String> texts = places.stream().map(SealedWayTest::latin).toList();
        return needles.stream()
                .distinct()
                .filter(needle -> texts.stream().anyMatch(text -> text.contains(needle)))
                .count();
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(String topic, byte[] payload) {
        byte[] head = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + payload.length)
                .put(head)
                .put(payload)
                .array();
    }

    private static String topic(DeviceId device) {
        return "iomt/1/" + PUBLISHER + "/" + device + "/obs/all";
    }

    private static String kindOf(String topic) {
        return topic.split("/", -1)[5];
    }

    private List<String> topicsOf(String kind) {
        return copy(captured).stream()
                .map(message -> message.getTopic().toString())
                .filter(topic -> kindOf(topic).equals(kind))
                .distinct()
                .toList();
    }

    private byte[] lastOf(String topic) {
        return copy(captured).stream()
                .filter(message -> message.getTopic().toString().equals(topic))
                .map(Mqtt5Publish::getPayloadAsBytes)
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private List<ConsumerEvent.Refused> refused() {
        return copy(events).stream()
                .filter(ConsumerEvent.Refused.class::isInstance)
                .map(ConsumerEvent.Refused.class::cast)
                .toList();
    }

    private void publish(String topic, byte[] payload) {
        get(spy.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send());
    }

    private Mqtt5AsyncClient client(TlsIdentity tls) {
        return Mqtt5Client.builder()
                .identifier("spy")
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(tls.keyManagers())
                        .trustManagerFactory(tls.trustManagers())
                        .protocols(List.of("TLSv1.3"))
                        .build())
                .buildAsync();
    }

    private synchronized <T> void add(List<T> list, T item) {
        list.add(item);
        notifyAll();
    }

    private synchronized <T> List<T> copy(List<T> list) {
        return List.copyOf(list);
    }

    private synchronized int size(List<?> list) {
        return list.size();
    }

    private synchronized void until(BooleanSupplier wanted) {
        long end = System.nanoTime() + SOON.toNanos();
        try {
            while (!wanted.getAsBoolean()) {
                assertThat(System.nanoTime()).as("time").isLessThan(end);
                TimeUnit.MILLISECONDS.timedWait(this, 100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <T> T get(CompletableFuture<T> stage) {
        return stage.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }
}
