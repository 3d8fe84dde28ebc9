package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.json.ObservationMessage.Item;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.wire.DecodeException;

class ObservationMessageTest {
    private static final byte[] OBSERVATION = ObservationCbor.encode(Observations.bloodPressure());

    @Test
    void aMessageCarriesObservationsAsTheyWereEncoded() {
        byte[] octets = ObservationMessage.encode(7, List.of(Item.of(41, OBSERVATION)));

        String observation = HexFormat.of().formatHex(OBSERVATION);
        assertThat(HexFormat.of().formatHex(octets))
                .isEqualTo("a3" + "0001" + "0107" + "0282" + "1829" + "584e" + observation);
    }

    @Test
    void aMessageDecodesToEpochSequencesAndObservationsInOrder() {
        byte[] ecg = ObservationCbor.encode(Observations.ecg());
        byte[] octets = ObservationMessage.encode(-1, List.of(Item.of(Long.MAX_VALUE, ecg), Item.of(3, OBSERVATION)));

        ObservationMessage message = ObservationMessage.decode(octets);

        assertThat(message.epoch()).isEqualTo(-1);
        assertThat(message.items()).extracting(Item::sequence).containsExactly(Long.MAX_VALUE, 3L);
        assertThat(message.items())
                .extracting(Item::observation)
                .containsExactly(Observations.ecg(), Observations.bloodPressure());
    }

    @Test
    void aDamagedObservationSpoilsNoOther() {
        byte[] damaged = OBSERVATION.clone();
        damaged[0] = 0;

        ObservationMessage message = ObservationMessage.decode(
                ObservationMessage.encode(1, List.of(Item.of(1, damaged), Item.of(2, OBSERVATION))));

        assertThatThrownBy(() -> message.items().get(0).observation()).isInstanceOf(DecodeException.class);
        assertThat(message.items().get(1).observation()).isEqualTo(Observations.bloodPressure());
    }

    @ParameterizedTest
    @CsvSource({
        "no octets,                 ''",
        "another version,           a3 0002 0107 0280",
        "no version,                a2 0107 0280",
        "no epoch,                  a2 0001 0280",
        "no items,                  a2 0001 0107",
        "an item without octets,    a3 0001 0107 028101",
        "an item that is a text,    a3 0001 0107 0282016161",
        "a sequence that is a text, a3 0001 0107 028261614100",
    })
    void whatIsNoMessageIsRefused(String what, String octets) {
        assertThatThrownBy(() -> ObservationMessage.decode(HexFormat.of().parseHex(octets.replace(" ", ""))))
                .as(what)
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void keysThatThisVersionDoesNotKnowAreKept() {
        byte[] octets = HexFormat.of().parseHex("a4" + "0001" + "0107" + "0280" + "03a0");

        ObservationMessage message = ObservationMessage.decode(octets);

        assertThat(message)
                .isEqualTo(new ObservationMessage(
                        7, List.of(), UnknownEntries.of(1, HexFormat.of().parseHex("03a0"))));
        assertThat(message.encode()).isEqualTo(octets);
    }

    @Test
    void aMessageHasAtMost1024Items() {
        Item item = Item.of(1, OBSERVATION);
        byte[] tooMany = new byte[9 + 2 * 1025];
        byte[] head = HexFormat.of().parseHex("a3" + "0001" + "0100" + "02" + "990802");
        System.arraycopy(head, 0, tooMany, 0, head.length);
        for (int i = head.length; i < tooMany.length; i += 2) {
            tooMany[i + 1] = 0x40;
        }

        assertThat(ObservationMessage.decode(ObservationMessage.encode(1, Collections.nCopies(1024, item)))
                        .items())
                .hasSize(1024);
        assertThatThrownBy(() -> ObservationMessage.encode(1, Collections.nCopies(1025, item)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObservationMessage.decode(tooMany)).hasMessageContaining("more than 1024");
    }

    @Test
    void aMessageHasAtMostOneMebibyte() {
        Item item = Item.of(1, new byte[256 * 1024]);

        assertThatThrownBy(() -> ObservationMessage.encode(1, Collections.nCopies(4, item)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ObservationMessage.decode(new byte[ObservationMessage.MAX_OCTETS + 1]))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void theTextOfAMessageHidesItsContent() {
        String text = ObservationMessage.decode(ObservationMessage.encode(1, List.of(Item.of(1, OBSERVATION))))
                .toString();

        assertThat(text).contains("sequence=1").doesNotContain("cuff", "120");
    }
}
