package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

/** The code and the files of docs/contract say the same. */
class ContractTest {
    private static final Cddl CDDL = Contract.cddl();

    static Set<Map.Entry<String, Observation>> goldenObservations() {
        return GoldenObservations.all().entrySet();
    }

    static List<Map.Entry<String, ObservationMessage>> goldenMessages() {
        List<ObservationMessage.Item> items = List.of(
                ObservationMessage.Item.of(41, ObservationCbor.encode(golden("compound-blood-pressure"))),
                ObservationMessage.Item.of(43, ObservationCbor.encode(golden("unknown-keys"))));
        UnknownEntries unknown = UnknownEntries.of(2, HexFormat.of().parseHex("036161" + "616bf5"));
        return List.of(
                Map.entry("message", new ObservationMessage(9_007_199_254_740_993L, items)),
                Map.entry("message-empty", new ObservationMessage(-1, List.of())),
                Map.entry("message-unknown-keys", new ObservationMessage(7, items.subList(0, 1), unknown)));
    }

    static List<Contract.Refused> refused() {
        return Contract.refused();
    }

    @ParameterizedTest
    @MethodSource("goldenObservations")
    void anExampleIsTheStatedObservationAndItsOctetsAndItsJson(Map.Entry<String, Observation> golden) {
        Observation stated = golden.getValue();
        Contract.writeIfAsked(golden.getKey(), ObservationCbor.encode(stated), ObservationJson.write(stated));

        byte[] octets = Contract.octets(golden.getKey());

        assertThat(ObservationCbor.decode(octets)).isEqualTo(stated);
        assertThat(ObservationCbor.encode(ObservationCbor.decode(octets))).isEqualTo(octets);
        assertThat(ObservationJson.write(stated)).isEqualTo(Contract.json(golden.getKey()));
        assertThat(ObservationJson.read(Contract.json(golden.getKey()))).isEqualTo(stated);
        assertThat(CDDL.matches("observation", octets)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("goldenMessages")
    void anExampleOfAMessageIsTheStatedOneAndItsOctetsAndItsJson(Map.Entry<String, ObservationMessage> golden) {
        ObservationMessage stated = golden.getValue();
        Contract.writeIfAsked(golden.getKey(), stated.encode(), json(stated));

        byte[] octets = Contract.octets(golden.getKey());

        assertThat(ObservationMessage.decode(octets)).isEqualTo(stated);
        assertThat(ObservationMessage.decode(octets).encode()).isEqualTo(octets);
        assertThat(json(stated)).isEqualTo(Contract.json(golden.getKey()));
        assertThat(CDDL.matches("message", octets)).isTrue();
    }

    @Test
    void thereIsAnExampleOfEveryKindOfValueNumberTimeAndStatusAndNoOtherFile() {
        Set<String> names = new HashSet<>(GoldenObservations.all().keySet());
        goldenMessages().forEach(golden -> names.add(golden.getKey()));
        List<Object> parts = GoldenObservations.all().values().stream()
                .flatMap(observation -> GoldenObservations.parts(observation).stream())
                .toList();
        Set<Object> classes = parts.stream().map(Object::getClass).collect(Collectors.toSet());
        List<Object> constants = new ArrayList<>();
        List.of(MedicalFloat.Kind.values(), MeasurementStatus.values(), Synchronisation.values(), Continuity.values())
                .forEach(all -> constants.addAll(Arrays.asList(all)));

        assertThat(Contract.names()).isEqualTo(names);
        assertThat(classes)
                .contains((Object[]) Value.class.getPermittedSubclasses())
                .contains((Object[]) DeviceTime.class.getPermittedSubclasses());
        assertThat(parts).containsAll(constants);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheExamplesSayIsWrongIsRefusedAndTheCddlKnowsItsPart(Contract.Refused example) {
        assertThatThrownBy(() -> ObservationCbor.decode(example.octets())).isInstanceOf(DecodeException.class);
        if (example.isByCddl()) {
            assertThat(CDDL.matches("observation", example.octets())).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "another version,        a3 00 02 01 07 02 80",
        "no version,             a2 01 07 02 80",
        "half an item,           a3 00 01 01 07 02 81 01",
        "items as a map,         a3 00 01 01 07 02 a0",
        "an item that is a text, a3 00 01 01 07 02 82 01 61 61",
        "an epoch of 65 bits,    a3 00 01 01 1b ffffffffffffffff 02 80",
        "a key of octets,        a4 00 01 01 07 02 80 41 00 00",
    })
    void aWrongMessageIsRefusedByTheDecoderAndByTheCddl(String what, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> ObservationMessage.decode(octets)).as(what).isInstanceOf(DecodeException.class);
        assertThat(CDDL.matches("message", octets)).as(what).isFalse();
    }

    @Test
    void anItemThatIsNoObservationIsWrongByTheCddlAndRefusedWhenItIsDecoded() {
        byte[] octets = HexFormat.of().parseHex("a3000101070282" + "01" + "41a0");

        assertThat(CDDL.matches("message", octets)).isFalse();
        assertThatThrownBy(
                        () -> ObservationMessage.decode(octets).items().get(0).observation())
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void aRuleThatTheCheckerDoesNotKnowIsAnErrorAndNotPassedOver() {
        for (String text : List.of("a = uint .lt 5", "a = #3", "a = b", "a = 'x'", "a = {", "a = <b>", "a = 1 ~ b")) {
            assertThatThrownBy(() -> Cddl.parse(text).matches("a", new byte[] {0}))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Observation golden(String name) {
        return Objects.requireNonNull(GoldenObservations.all().get(name), name);
    }

    private static String json(ObservationMessage message) {
        String items = message.items().stream()
                .map(item -> "{\"sequence\":" + item.sequence() + ",\"observation\":"
                        + ObservationJson.write(item.observation()) + "}")
                .collect(Collectors.joining(","));
        String unknown = message.unknown().isEmpty()
                ? ""
                : ",\"unknown\":{\"entries\":" + message.unknown().count() + ",\"octets\":\""
                        + HexFormat.of().formatHex(message.unknown().octets()) + "\"}";
        return "{\"epoch\":" + message.epoch() + ",\"items\":[" + items + "]" + unknown + "}";
    }
}
