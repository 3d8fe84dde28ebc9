package org.openiomt.security.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.security.session.FrameForm;

class CarrierPropertyTest {
    @Property(tries = 40)
    void sessionIsEstablishedInAnyWeatherAndDeliversEachContentAtMostOnceAndUnchanged(
            @ForAll long seed,
            @ForAll @IntRange(max = 30) int loss,
            @ForAll @IntRange(max = 50) int repetition,
            @ForAll @IntRange(max = 900) int jitterMillis) {
        Ends ends = new Ends(FrameForm.DATAGRAM);
        MemoryPorts ports = new MemoryPorts(
                new MemoryPorts.Weather(
                        loss / 100.0, repetition / 100.0, Duration.ofMillis(20), Duration.ofMillis(jitterMillis)),
                new Random(seed),
                ends.clock);
        SessionCarrier device = SessionCarrier.respond(
                ends.device.withTimeout(Duration.ofMinutes(5), Duration.ofSeconds(1)),
                ends.gate,
                new byte[] {1},
                ports.responder(),
                ends.clock,
                ends.atDevice);
        SessionCarrier gateway = SessionCarrier.initiate(
                ends.gateway.withTimeout(Duration.ofMinutes(5), Duration.ofSeconds(1)),
                ports.initiator(),
                ends.clock,
                ends.atGateway);
        ends.clock.advance(Duration.ofMinutes(5));
        assertThat(ends.atGateway.sessions).hasSize(1);
        assertThat(ends.atDevice.sessions).hasSize(1);

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add("reading " + i);
            gateway.send(Ends.octets("reading " + i));
            device.send(Ends.octets("reading " + i));
        }
        ends.clock.advance(Duration.ofSeconds(5));

        assertThat(ends.atDevice.contents).doesNotHaveDuplicates().isSubsetOf(sent);
        assertThat(ends.atGateway.contents).doesNotHaveDuplicates().isSubsetOf(sent);
        if (loss == 0) {
            assertThat(ends.atDevice.contents).hasSize(60);
        }
    }

    @Property(tries = 500)
    void fragmentsGiveTheSameDatagramsWhateverTheSizeOfAValue(
            @ForAll @IntRange(min = 20, max = 512) int size,
            @ForAll List<@Size(min = 1, max = 3000) byte[]> datagrams) {
        Fragments sender = new Fragments(8192);
        Fragments receiver = new Fragments(8192);
        List<byte[]> joined = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            for (byte[] value : sender.cut(datagram, size)) {
                assertThat(value.length).isLessThanOrEqualTo(size);
                receiver.join(value).ifPresent(joined::add);
            }
        }
        assertThat(joined).hasSameSizeAs(datagrams);
        for (int i = 0; i < joined.size(); i++) {
            assertThat(joined.get(i)).isEqualTo(datagrams.get(i));
        }
    }

    /** With less than a whole turn of the numbers lost, what comes out is one of those sent, and each once. */
    @Property(tries = 500)
    void lossOfFragmentsLosesDatagramsAndChangesNone(
            @ForAll long seed,
            @ForAll @IntRange(min = 20, max = 60) int size,
            @ForAll @Size(max = 20) List<@Size(min = 1, max = 300) byte[]> datagrams) {
        Random random = new Random(seed);
        Fragments sender = new Fragments(8192);
        Fragments receiver = new Fragments(8192);
        int next = 0;
        for (byte[] datagram : datagrams) {
            boolean isWhole = true;
            boolean hasCome = false;
            for (byte[] value : sender.cut(datagram, size)) {
                if (random.nextInt(10) == 0) {
                    isWhole = false;
                    continue;
                }
                var joined = receiver.join(value);
                if (joined.isPresent()) {
                    assertThat(joined.get()).isEqualTo(datagram);
                    hasCome = true;
                }
            }
            assertThat(hasCome).isEqualTo(isWhole);
            next++;
        }
        assertThat(next).isEqualTo(datagrams.size());
    }

    @Property(tries = 500)
    void anyValuesJoinToBoundedDatagrams(@ForAll List<@Size(max = 40) byte[]> values) {
        Fragments receiver = new Fragments(100);
        for (byte[] value : values) {
            receiver.join(value).ifPresent(joined -> assertThat(joined.length).isBetween(1, 100));
        }
    }
}
