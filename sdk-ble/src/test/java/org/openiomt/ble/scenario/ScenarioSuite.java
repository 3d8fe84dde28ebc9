package org.openiomt.ble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.procedure.RecordOutcome;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;

/**
 * What an application does with devices, over any way to them. Counted everywhere: the readings that a device says it has sent are the
 * readings that the gateway delivers, in order. Nothing here knows which stage it is on.
 */
abstract class ScenarioSuite {
    private static final String TEST_BASE = "-0000-4000-8000-000000000001";

    /** A value of any length. */
    static final Channel LONG = Gatt.channel("f0de0001" + TEST_BASE, "f0de0004" + TEST_BASE);

    /** Read on an encrypted link only. */
    static final Channel ENCRYPTED = Gatt.channel("f0de0001" + TEST_BASE, "f0de0005" + TEST_BASE);

    /** Read on an encrypted link only whose bond was proved. */
    static final Channel AUTHENTICATED = Gatt.channel("f0de0001" + TEST_BASE, "f0de0006" + TEST_BASE);

    private static final Channel BATTERY = Gatt.channel("180f", "2a19");
    static final String STRAP = "180d";
    private static final String METER = "1808";
    private static final String CLINIC = "1809";
    private static final Duration PATIENCE = Ward.PATIENCE;

    /**
     * Opens a stage. Bonds are forgotten, and the devices as they are at first.
     *
     * @param scenario the name of the scenario
     */
    abstract Stage open(String scenario);

    @Test
    void aDeviceIsFoundByItsServiceAndItsName() {
        try (Stage stage = open("scan");
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);

            assertThat(strap.name()).contains("IoMT strap");
            assertThat(strap.services()).contains(STRAP).doesNotContain(METER);
        }
    }

    @Test
    void whatADeviceHasIsKnownAndRead() {
        try (Stage stage = open("connect");
                Transport transport = stage.transport()) {
            Link link = connect(stage, transport, STRAP);

            assertThat(link.channels())
                    .contains(BATTERY, Gatt.channel(STRAP, "2a37"), Gatt.channel(STRAP, "2a38"), LONG, ENCRYPTED);
            assertThat(link.state()).isEqualTo(LinkState.OPEN);
            assertThat(await(stage, link.read(BATTERY))).containsExactly(0x57);
            assertThat(await(stage, link.read(Gatt.channel(STRAP, "2a38")))).containsExactly(1);
            close(stage, link);
            assertThat(link.state()).isEqualTo(LinkState.CLOSED);
            assertThat(fault(stage, link.read(BATTERY))).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void aLongValueIsWrittenAndReadWhole() {
        byte[] value = new byte[480];
        IntStream.range(0, value.length).forEach(i -> value[i] = (byte) (i * 7));
        try (Stage stage = open("long-write");
                Transport transport = stage.transport()) {
            Link link = connect(stage, transport, STRAP);

            await(stage, link.write(LONG, value, WriteMode.WITH_RESPONSE));

            assertThat(ask(stage, "strap written")).isEqualTo(HexFormat.of().formatHex(value));
            assertThat(await(stage, link.read(LONG))).isEqualTo(value);
            close(stage, link);
        }
    }

    @Test
    void aBondWithoutProofOpensWhatNeedsNoProof() {
        try (Stage stage = open("just-works");
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);
            ask(stage, "pairing just-works");
            Link link = await(stage, transport.open(strap));

            assertThat(await(stage, link.read(ENCRYPTED))).asString().isEqualTo("secret");
            assertThat(fault(stage, link.read(AUTHENTICATED))).isInstanceOf(LinkException.class);
            close(stage, link);
        }
    }

    @Test
    void aBondByPasskeyOpensWhatNeedsProof() {
        try (Stage stage = open("passkey");
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);
            ask(stage, "pairing passkey");
            Link link = await(stage, transport.open(strap));

            assertThat(await(stage, link.read(AUTHENTICATED))).asString().isEqualTo("topsecret");
            assertThat(ask(stage, "pairings")).isEqualTo("1");
            close(stage, link);
        }
    }

    @Test
    void aDeviceThatComesBackIsReadOnItsBond() {
        try (Stage stage = open("bond-kept");
                Transport transport = stage.transport()) {
            Discovery strap = find(stage, transport, STRAP);
            ask(stage, "pairing passkey");
            Link first = await(stage, transport.open(strap));
            assertThat(await(stage, first.read(AUTHENTICATED))).asString().isEqualTo("topsecret");
            CompletableFuture<String> lost = new CompletableFuture<>();
            first.onClosed(lost::complete);

            ask(stage, "strap leave");

            await(stage, lost);
            Link second = connect(stage, transport, STRAP);
            assertThat(await(stage, second.read(AUTHENTICATED))).asString().isEqualTo("topsecret");
            assertThat(ask(stage, "pairings")).isEqualTo("1");
            close(stage, second);
        }
    }

    @Test
    void otherServicesAreSeenAfterAChange() {
        try (Stage stage = open("services-changed");
                Transport transport = stage.transport()) {
            Link first = connect(stage, transport, STRAP);
            assertThat(first.channels()).contains(BATTERY, Gatt.channel(STRAP, "2a37"));
            close(stage, first);

            ask(stage, "strap other");

            Link second = connect(stage, transport, STRAP);
            assertThat(second.channels()).isNotEqualTo(first.channels()).contains(LONG);
            close(stage, second);
            ask(stage, "strap whole");
        }
    }

    @Test
    void everyNotificationIsDeliveredInOrder() {
        try (Stage stage = open("notify");
                Ward ward = new Ward(stage, Set.of(STRAP))) {
            ward.awaitReady(1);

            int sent = number(ask(stage, "strap notify 200"));

            assertThat(sent).isEqualTo(200);
            assertThat(Ward.digits(ward.await(Mdc.MDC_ECG_HEART_RATE, sent))).isEqualTo(from(30, sent));
        }
    }

    @Test
    void everyIndicationIsDeliveredInOrderAndConfirmed() {
        try (Stage stage = open("indicate");
                Ward ward = new Ward(stage, Set.of(CLINIC))) {
            ward.awaitReady(1);

            int temperatures = number(ask(stage, "clinic temperature indicate 40"));
            int pressures = number(ask(stage, "clinic pressure indicate 20"));

            assertThat(temperatures).isEqualTo(40);
            assertThat(pressures).isEqualTo(20);
            assertThat(Ward.digits(ward.await(Mdc.MDC_TEMP_BODY, 40))).isEqualTo(from(3_600, 40));
            assertThat(Ward.digits(ward.await(Mdc.MDC_PRESS_BLD_NONINV, 20))).isEqualTo(from(100, 20));
            ward.await(Mdc.MDC_PULS_RATE_NON_INV, 20);
            assertThat(ask(stage, "clinic temperature confirmed")).isEqualTo("40");
            assertThat(ask(stage, "clinic pressure confirmed")).isEqualTo("20");
        }
    }

    @Test
    void everyStoredRecordComesOnceAndOnlyNewOnesTheNextTime() {
        try (Stage stage = open("records")) {
            ask(stage, "meter records 60");
            try (Ward ward = new Ward(stage, Set.of(METER))) {
                assertThat(Ward.digits(ward.await(Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD, 60)))
                        .isEqualTo(from(51, 60));
                ward.awaitReady(1);

                ask(stage, "meter leave");
                ward.awaitLost();
                ask(stage, "meter records 75");

                List<Observation> all = ward.await(Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD, 75);
                assertThat(Ward.digits(all)).isEqualTo(from(51, 75));
            }
        }
    }

    @Test
    void recordsAreCountedFetchedFromANumberOnAndAborted() {
        try (Stage stage = open("record-access")) {
            ask(stage, "meter records 60");
            RecordsDriver driver = new RecordsDriver();
            try (Ward ward = new Ward(stage, Set.of(METER), driver)) {
                ward.awaitReady(1);
                assertThat(await(stage, driver.access().countAll())).isEqualTo(new RecordOutcome.Count(60));
                RecordOutcome all = await(stage, driver.access().reportAll());
                assertThat(driver.take()).as(all.toString()).isEqualTo(from(1, 60));
                assertThat(all).isEqualTo(new RecordOutcome.Done(60));
                assertThat(await(stage, driver.access().countFrom(41))).isEqualTo(new RecordOutcome.Count(20));
                assertThat(await(stage, driver.access().reportFrom(41))).isEqualTo(new RecordOutcome.Done(20));
                assertThat(driver.take()).isEqualTo(from(41, 20));
                assertThat(await(stage, driver.access().reportFrom(1_000))).isEqualTo(new RecordOutcome.NoRecords());

                ask(stage, "meter pause 100");
                CompletionStage<RecordOutcome> stopped = driver.abortAfter(10);
                RecordOutcome report = await(stage, driver.access().reportAll());
                assertThat(await(stage, stopped)).isInstanceOf(RecordOutcome.Aborted.class);
                assertThat(report).isInstanceOf(RecordOutcome.Aborted.class);
                List<Long> some = driver.take();
                assertThat(some).hasSizeBetween(10, 59).isEqualTo(from(1, some.size()));

                ask(stage, "meter pause 5");
                assertThat(await(stage, driver.access().reportFrom(59))).isEqualTo(new RecordOutcome.Done(2));
            }
        }
    }

    @Test
    void readingsGoOnAfterTheDaemonWasKilled() {
        interrupted("daemon", "daemon kill", "daemon start");
    }

    @Test
    void readingsGoOnAfterTheAdapterWasOff() {
        interrupted("adapter", "adapter off", "adapter on");
    }

    private void interrupted(String scenario, String gone, String back) {
        try (Stage stage = open(scenario);
                Ward ward = new Ward(stage, Set.of(STRAP))) {
            ward.awaitReady(1);
            int before = number(ask(stage, "strap notify 20"));
            ward.await(Mdc.MDC_ECG_HEART_RATE, before);

            ask(stage, gone);
            ward.awaitLost();
            ask(stage, back);
            ward.awaitReady(1);

            int sent = number(ask(stage, "strap notify 20"));
            assertThat(sent).isEqualTo(40);
            assertThat(Ward.digits(ward.await(Mdc.MDC_ECG_HEART_RATE, sent))).isEqualTo(from(30, sent));
        }
    }

    @Test
    void twoDevicesAtOnceAreKeptApart() {
        try (Stage stage = open("two-devices");
                Ward ward = new Ward(stage, Set.of(STRAP, CLINIC))) {
            ward.awaitReady(2);

            CompletionStage<String> beats = stage.asking("strap notify 100");
            CompletionStage<String> temperatures = stage.asking("clinic temperature indicate 50");

            assertThat(await(stage, beats)).isEqualTo("100");
            assertThat(await(stage, temperatures)).isEqualTo("50");
            List<Observation> rates = ward.await(Mdc.MDC_ECG_HEART_RATE, 100);
            List<Observation> heat = ward.await(Mdc.MDC_TEMP_BODY, 50);
            assertThat(Ward.digits(rates)).isEqualTo(from(30, 100));
            assertThat(Ward.digits(heat)).isEqualTo(from(3_600, 50));
            assertThat(rates)
                    .extracting(Observation::device)
                    .containsOnly(rates.get(0).device());
            assertThat(heat)
                    .extracting(Observation::device)
                    .containsOnly(heat.get(0).device());
            assertThat(heat.get(0).device()).isNotEqualTo(rates.get(0).device());
        }
    }

    private static List<Long> from(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static int number(String answer) {
        return Integer.parseInt(answer);
    }

    static String ask(Stage stage, String request) {
        return await(stage, stage.asking(request));
    }

    static <T> T await(Stage stage, CompletionStage<T> asked) {
        assertThat(stage.scheduler().await(asked, PATIENCE))
                .as("an answer in time")
                .isTrue();
        return asked.toCompletableFuture().join();
    }

    static @Nullable Throwable fault(Stage stage, CompletionStage<?> asked) {
        CompletionStage<Throwable> fault = asked.handle((value, failed) ->
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed);
        return await(stage, fault);
    }

    static Link connect(Stage stage, Transport transport, String service) {
        return await(stage, transport.open(find(stage, transport, service)));
    }

    static void close(Stage stage, Link link) {
        CompletableFuture<String> closed = new CompletableFuture<>();
        link.onClosed(closed::complete);
        link.close();
        await(stage, closed);
    }

    /** Looks until a device of the service says its name. */
    static Discovery find(Stage stage, Transport transport, String service) {
        Finding finding =
                new Finding(device -> device.offers(service) && device.name().isPresent());
        transport.discoveries().subscribe(finding);
        return await(stage, finding.found);
    }

    private static final class Finding implements Flow.Subscriber<Discovery> {
        final CompletableFuture<Discovery> found = new CompletableFuture<>();
        private final Predicate<Discovery> isWanted;
        private final List<Flow.Subscription> running = new ArrayList<>();

        Finding(Predicate<Discovery> isWanted) {
            this.isWanted = isWanted;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            running.add(subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Discovery device) {
            if (isWanted.test(device) && !found.isDone()) {
                running.forEach(Flow.Subscription::cancel);
                found.complete(device);
            }
        }

        @Override
        public void onError(Throwable fault) {
            found.completeExceptionally(fault);
        }

        @Override
        public void onComplete() {
            found.completeExceptionally(new LinkException("the scan has ended"));
        }
    }
}
