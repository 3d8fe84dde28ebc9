package org.openiomt.ble.gatt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Reassembly.Kind;

class ReassemblerTest {
    private final Reassembler reassembler = new Reassembler(8);

    @Test
    void aValueInOnePacketIsWholeAtOnce() {
        assertThat(accept("03AABB")).containsExactly("AABB");
        assertThat(accept("07")).as("an empty value").containsExactly("");
    }

    @Test
    void packetsAreJoinedInOrderAndTheCounterRunsOnFromValueToValue() {
        assertThat(accept("F1AA", "F4BB", "FACC")).containsExactly("AABBCC");
        assertThat(accept("FDDD", "02EE")).as("63, then 0").containsExactly("DDEE");
    }

    @Test
    void aMissingPacketInTheMiddleIsAGapAndNothingIsJoined() {
        assertThat(accept("01AA", "0ACC"))
                .containsExactly("GAP: expected the packet 1, but got 2; 1 octets are given up");
        assertThat(accept("0FDD")).containsExactly("DD");
    }

    @Test
    void aLostBeginningIsReportedOnceAndTheNextValueIsWhole() {
        assertThat(accept("04BB", "08CC", "0EDD"))
                .containsExactly("NO_BEGINNING: the first packet of this value was not seen");
        assertThat(accept("13EE")).containsExactly("EE");
    }

    @Test
    void aLostEndIsReportedWhenTheNextValueBegins() {
        assertThat(accept("01AA", "05BB", "0ACC"))
                .containsExactly(
                        "UNFINISHED: a value began before the one before it had ended; 1 octets are given up", "BBCC");
    }

    @Test
    void aPacketThatComesTwiceIsPassedOverAndTheValueGoesOn() {
        assertThat(accept("01AA", "01AA", "06BB"))
                .containsExactly("REPEATED: the packet 0 came twice; the second was passed over", "AABB");
        assertThat(accept("06BB")).as("after the end").hasSize(1).allMatch(text -> text.startsWith("REPEATED"));
    }

    @Test
    void theSameCounterWithOtherOctetsIsAGap() {
        assertThat(accept("01AA", "01AC", "06BB"))
                .containsExactly("GAP: expected the packet 1, but got 0; 1 octets are given up", "ACBB");
    }

    @Test
    void swappedPacketsGiveNothing() {
        assertThat(accept("01AA", "08CC", "04BB", "0EDD")).isNotEmpty().allMatch(text -> text.startsWith("GAP"));
    }

    @Test
    void anEndlessStreamEndsAtTheLimitAndIsNotReportedAgain() {
        assertThat(accept("01AABBCCDD", "04EEFF0011"))
                .as("8 octets are allowed")
                .isEmpty();
        assertThat(accept("0822")).containsExactly("TOO_LONG: a value is longer than 8 octets; 8 octets are given up");
        assertThat(accept("0C33", "1044", "1655")).isEmpty();
        assertThat(accept("1B66")).containsExactly("66");
    }

    @Test
    void anEmptyPacketIsALossAndEndsTheValue() {
        assertThat(accept("01AA", ""))
                .containsExactly("NO_HEADER: expected a packet with a header, but it is empty; 1 octets are given up");
        assertThat(accept("06BB")).isEmpty();
    }

    @Test
    void aNewConnectionBeginsWithAnyCounterAndWithoutTheOldPieces() {
        accept("01AA");
        reassembler.reset();
        assertThat(accept("A5BB", "AACC")).containsExactly("BBCC");
    }

    @Test
    void neitherEventShowsOctets() {
        assertThat(new Reassembly.Whole(new byte[3])).hasToString("Whole[3 octets]");
        assertThat(new Reassembly.Loss(Kind.GAP, 3, "gap")).hasToString("gap");
    }

    @Test
    void theCallerCannotAskForTheImpossible() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reassembler(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Segmenter().split(new byte[1], 1));
    }

    private List<String> accept(String... packets) {
        List<String> events = new ArrayList<>();
        for (String packet : packets) {
            for (Reassembly event : reassembler.accept(HexFormat.of().parseHex(packet))) {
                events.add(
                        event instanceof Reassembly.Loss loss
                                ? loss.kind() + ": " + loss.reason()
                                : HexFormat.of().withUpperCase().formatHex(((Reassembly.Whole) event).octets()));
            }
        }
        return events;
    }
}
