package org.openiomt.ble.gatt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReassemblerPropertyTest {
    /** With fewer packets than counters, no two look alike. */
    private static final int DISTINCT = 60;

    /** Values, and the packets that they are split into. */
    private record Sent(List<String> values, List<byte[]> packets, List<Integer> owner) {}

    @Property
    void whatIsSplitIsJoinedWhateverThePacketSize(@ForAll("sent") Sent sent) {
        Received received = new Received(new Reassembler());
        sent.packets.forEach(received::accept);
        assertThat(received.values).isEqualTo(sent.values);
        assertThat(received.losses).isEmpty();
    }

    @Property
    void noLossRepetitionOrReorderingEverMakesAWrongValue(
            @ForAll("sent") Sent sent, @ForAll @Size(max = 200) List<@IntRange(max = DISTINCT - 1) Integer> order) {
        Received received = new Received(new Reassembler());
        order.forEach(place -> received.accept(sent.packets.get(place % sent.packets.size())));
        assertThat(sent.values).containsAll(received.values);
    }

    @Property
    void aLostPacketCostsItsOwnValueOnlyAndIsNoticed(
            @ForAll("sent") Sent sent, @ForAll @IntRange(max = DISTINCT - 1) int place) {
        int lost = place % sent.packets.size();
        Received received = new Received(new Reassembler());
        for (int i = 0; i < sent.packets.size(); i++) {
            if (i != lost) {
                received.accept(sent.packets.get(i));
            }
        }
        List<String> whole = new ArrayList<>(sent.values);
        whole.remove((int) sent.owner.get(lost));
        assertThat(received.values).isEqualTo(whole);
        boolean isInTheMiddle = lost > 0 && lost < sent.packets.size() - 1;
        assertThat(received.losses.isEmpty()).isEqualTo(!isInTheMiddle && !isPartSeen(sent, lost));
    }

    @Property
    void anyStreamStaysWithinTheLimit(@ForAll @Size(max = 100) List<@Size(max = 20) byte[]> packets) {
        Reassembler reassembler = new Reassembler(30);
        for (byte[] packet : packets) {
            List<Reassembly> events = reassembler.accept(packet);
            assertThat(events).hasSizeLessThanOrEqualTo(3).allSatisfy(event -> {
                if (event instanceof Reassembly.Whole whole) {
                    assertThat(whole.octets()).hasSizeLessThanOrEqualTo(30);
                }
            });
        }
    }

    /** A lost first packet is noticed by the rest of its value; a lost last one by nothing that comes. */
    private static boolean isPartSeen(Sent sent, int lost) {
        return lost == 0 && sent.packets.size() > 1 && sent.owner.get(1) == 0;
    }

    @Provide
    Arbitrary<Sent> sent() {
        Arbitrary<List<byte[]>> values = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
        return Combinators.combine(
                        values,
                        Arbitraries.integers().between(2, 23),
                        Arbitraries.integers().between(0, 70))
                .as(ReassemblerPropertyTest::send);
    }

    /** Each value begins with its number, so that no two are equal. */
    private static Sent send(List<byte[]> tails, int packetSize, int before) {
        Segmenter segmenter = new Segmenter();
        for (int i = 0; i < before; i++) {
            segmenter.split(new byte[0], packetSize);
        }
        Sent sent = new Sent(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int number = 0; number < tails.size(); number++) {
            String value = HexFormat.of().toHexDigits((byte) number)
                    + HexFormat.of()
                            .formatHex(tails.get(number))
                            .substring(0, Math.min(20, 2 * tails.get(number).length));
            List<byte[]> packets = segmenter.split(HexFormat.of().parseHex(value), packetSize);
            sent.values.add(value);
            for (byte[] packet : packets) {
                assertThat(packet).hasSizeLessThanOrEqualTo(packetSize);
                sent.packets.add(packet);
                sent.owner.add(number);
            }
        }
        assertThat(sent.packets).hasSizeLessThanOrEqualTo(DISTINCT);
        return sent;
    }

    private static final class Received {
        private final Reassembler reassembler;
        private final List<String> values = new ArrayList<>();
        private final List<Reassembly.Loss> losses = new ArrayList<>();

        Received(Reassembler reassembler) {
            this.reassembler = reassembler;
        }

        void accept(byte[] packet) {
            for (Reassembly event : reassembler.accept(packet)) {
                if (event instanceof Reassembly.Whole whole) {
                    values.add(HexFormat.of().formatHex(whole.octets()));
                } else if (event instanceof Reassembly.Loss loss) {
                    losses.add(loss);
                }
            }
        }
    }
}
