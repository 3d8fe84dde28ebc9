package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.WriteMode;

class VirtualLinkPropertyTest {
    private static final Channel NOTIFIED = Channel.of("180d/2a37");
    private static final Channel INDICATED = Channel.of("1810/2a35");
    private static final Channel WRITTEN = Channel.of("180d/2a39");

    private enum Step {
        NOTIFY,
        INDICATE,
        WRITE,
        READ,
        DELAY_LITTLE,
        DELAY_MUCH,
        NO_DELAY,
        CUT,
        LOSE_SOON,
        LOSE_NOW,
        SILENCE,
        PASS_TIME,
        RUN
    }

    /** One session: what was sent and what came, by direction, and what was asked for. */
    private static final class Session {
        final ManualAir room = new ManualAir();
        final VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1")
                .add(NOTIFIED, org.openiomt.ble.virtual.Property.NOTIFY)
                .add(INDICATED, org.openiomt.ble.virtual.Property.INDICATE)
                .add(WRITTEN, org.openiomt.ble.virtual.Property.READ, org.openiomt.ble.virtual.Property.WRITE);
        final List<Integer> notified = new ArrayList<>();
        final List<Integer> heardNotified = new ArrayList<>();
        final List<Integer> indicated = new ArrayList<>();
        final List<Integer> heardIndicated = new ArrayList<>();
        final List<Integer> written = new ArrayList<>();
        final List<Integer> heardWritten = new ArrayList<>();
        final List<CompletionStage<?>> asked = new ArrayList<>();
        final Link link;
        private int next;

        Session() {
            device.onWrite(WRITTEN, octets -> heardWritten.add((int) octets[0]));
            device.appear();
            link = room.open(device);
            room.now(link.subscribe(NOTIFIED, octets -> heardNotified.add((int) octets[0])));
            room.now(link.subscribe(INDICATED, octets -> heardIndicated.add((int) octets[0])));
        }

        void take(Step step) {
            next++;
            byte[] octets = {(byte) next, 0, 0};
            switch (step) {
                case NOTIFY -> {
                    notified.add(next);
                    asked.add(device.notify(NOTIFIED, octets));
                }
                case INDICATE -> {
                    indicated.add(next);
                    asked.add(device.notify(INDICATED, octets));
                }
                case WRITE -> {
                    written.add(next);
                    asked.add(link.write(WRITTEN, octets, WriteMode.WITH_RESPONSE));
                }
                case READ -> asked.add(link.read(WRITTEN));
                case DELAY_LITTLE -> device.faults(device.faults().withDelay(Duration.ofMillis(20)));
                case DELAY_MUCH -> device.faults(device.faults().withDelay(Duration.ofSeconds(3)));
                case NO_DELAY -> device.faults(device.faults().withDelay(Duration.ZERO));
                case CUT -> device.faults(device.faults().withFramesCutTo(1));
                case LOSE_SOON -> device.faults(device.faults().withLinkLostAfter(5));
                case LOSE_NOW -> device.disconnect();
                case SILENCE -> device.faults(device.faults().withSilence());
                case PASS_TIME -> room.clock.advance(Duration.ofMillis(30));
                case RUN -> room.clock.runUntilIdle();
            }
        }

        void finish() {
            room.clock.advance(Duration.ofMinutes(5));
        }
    }

    @Provide
    Arbitrary<List<Step>> anything() {
        return Arbitraries.of(Step.class).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Step>> harmless() {
        return Arbitraries.of(
                        Step.NOTIFY,
                        Step.INDICATE,
                        Step.WRITE,
                        Step.READ,
                        Step.DELAY_LITTLE,
                        Step.NO_DELAY,
                        Step.PASS_TIME,
                        Step.RUN)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void whateverGoesWrongWhatComesIsABeginningOfWhatWasSent(@ForAll("anything") List<Step> steps) {
        Session session = new Session();

        steps.forEach(session::take);
        session.finish();

        // Silence swallows what is sent during it and never ends in these runs, so even then nothing comes behind a
        // gap.
        assertIsBeginning(session.heardNotified, session.notified);
        assertIsBeginning(session.heardIndicated, session.indicated);
        assertIsBeginning(session.heardWritten, session.written);
    }

    @Property
    void whateverGoesWrongNothingHangs(@ForAll("anything") List<Step> steps) {
        Session session = new Session();

        steps.forEach(session::take);
        session.finish();
        session.link.close();

        assertThat(session.asked).allMatch(stage -> stage.toCompletableFuture().isDone());
        assertThat(session.room.clock.waiting()).isZero();
        assertThat(session.room.air.linkCount()).isZero();
    }

    @Property
    void withoutLossEverythingComesInOrder(@ForAll("harmless") List<Step> steps) {
        Session session = new Session();

        steps.forEach(session::take);
        session.finish();

        assertThat(session.heardNotified).isEqualTo(session.notified);
        assertThat(session.heardIndicated).isEqualTo(session.indicated);
        assertThat(session.heardWritten).isEqualTo(session.written);
        assertThat(session.asked)
                .allMatch(stage -> stage.toCompletableFuture().isDone()
                        && !stage.toCompletableFuture().isCompletedExceptionally());
    }

    private static void assertIsBeginning(List<Integer> heard, List<Integer> sent) {
        assertThat(heard).hasSizeLessThanOrEqualTo(sent.size()).isEqualTo(sent.subList(0, heard.size()));
    }
}
