package org.openiomt.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.MedicalFloat;

class ObservationTest {
    private static final Code TYPE = Code.of(150364);
    private static final Code UNIT = Code.of(268192);

    /** Content that would be seen in a log: the number 987654, the words John Doe, the octets of "secret". */
    private static final List<Value> SECRETS = List.of(
            Value.Numeric.of(MedicalFloat.of(987_654, 0), UNIT),
            Value.Compound.of(new Value.Component(TYPE, Value.Numeric.of(MedicalFloat.of(987_654, 0), UNIT))),
            new Value.Coded(Code.of(987_654)),
            new Value.Flags(987_654, 32),
            new Value.Text("John Doe"),
            Value.SampleArray.of(
                    UNIT, MedicalFloat.of(987_654, 0), MedicalFloat.of(987_654, 0), SampleRate.hertz(1), new int[] {
                        987_654
                    }),
            Value.Opaque.of("secret".getBytes(StandardCharsets.US_ASCII)));

    @Test
    void numberOfAnObservationAndOfItsPartsIsFoundByItsTerm() {
        Code systolic = Code.of(150_021);
        Quantity number = Quantity.of(MedicalFloat.of(120, 0), UNIT);
        Value compound = Value.Compound.of(
                new Value.Component(systolic, new Value.Numeric(number)),
                new Value.Component(UNIT, new Value.Text("no number")));

        assertThat(observation(new Value.Numeric(number), Set.of(), Map.of()).quantity(TYPE))
                .contains(number);
        assertThat(observation(compound, Set.of(), Map.of()).quantity(systolic)).contains(number);
        assertThat(observation(compound, Set.of(), Map.of()).quantity(UNIT)).isEmpty();
        assertThat(observation(compound, Set.of(), Map.of()).quantity(TYPE)).isEmpty();
        assertThat(observation(new Value.Text("x"), Set.of(), Map.of()).quantity(TYPE))
                .isEmpty();
    }

    @Test
    void noValueShowsItsContent() {
        for (Value secret : SECRETS) {
            assertHidden(secret.toString());
        }
        assertHidden(Quantity.of(MedicalFloat.of(987_654, 0), UNIT).toString());
    }

    @Test
    void anObservationShowsNeitherValueNorQualifierNorTimeNorPerson() {
        for (Value secret : SECRETS) {
            String text = observation(secret, Set.of(), Map.of(TYPE, secret)).toString();
            assertHidden(text);
            assertThat(text).contains("thermometer", "150364").doesNotContain("ward-7-bed-2", "1999");
        }
    }

    @Test
    void aCommandAndADescriptionShowNothingPersonal() {
        Command command =
                new Command("c-1", DeviceId.of("d"), "set", Map.of("value", SECRETS.get(0)), Instant.EPOCH, "nurse");
        DeviceDescription description = new DeviceDescription(
                Optional.of("Acme"),
                Optional.of("Cuff 3"),
                Optional.of("SN-987654"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("0123456789ABCDEF"),
                List.of());

        assertHidden(command.toString());
        assertHidden(description.toString());
        assertThat(description.toString()).contains("Acme", "Cuff 3").doesNotContain("0123456789ABCDEF");
    }

    @Test
    void theCollectionsAreCopiedAndTheOrderOfQualifiersIsKept() {
        Map<Code, Value> supplemental = new LinkedHashMap<>();
        for (int i = 20; i > 0; i--) {
            supplemental.put(Code.of(i), new Value.Text("x"));
        }
        Set<MeasurementStatus> status = EnumSet.of(MeasurementStatus.TEST_DATA);
        Observation observation = observation(SECRETS.get(0), status, supplemental);
        List<Code> order = List.copyOf(supplemental.keySet());
        supplemental.clear();
        status.clear();

        assertThat(observation.supplemental().keySet()).containsExactlyElementsOf(order);
        assertThat(observation.status()).containsExactly(MeasurementStatus.TEST_DATA);
        assertThatThrownBy(() -> observation.status().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> observation.supplemental().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> observation.derivedFrom().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource(MeasurementStatus.class)
    void onlyDoubtMakesAnObservationInvalid(MeasurementStatus mark) {
        boolean isDoubt = mark == MeasurementStatus.INVALID
                || mark == MeasurementStatus.QUESTIONABLE
                || mark == MeasurementStatus.NOT_AVAILABLE;

        assertThat(observation(SECRETS.get(0), Set.of(mark), Map.of()).isValid())
                .isEqualTo(!isDoubt);
        assertThat(observation(SECRETS.get(0), Set.of(), Map.of()).isValid()).isTrue();
    }

    @Test
    void onlySamplesAreAWaveform() {
        assertThat(SECRETS)
                .filteredOn(value -> observation(value, Set.of(), Map.of()).isWaveform())
                .hasOnlyElementsOfType(Value.SampleArray.class)
                .hasSize(1);
    }

    @Test
    void arraysAreCopiedInAndOut() {
        byte[] octets = {1, 2};
        int[] samples = {1, 2};
        Value.Opaque opaque = Value.Opaque.of(octets);
        Value.SampleArray wave =
                Value.SampleArray.of(UNIT, MedicalFloat.of(1, 0), MedicalFloat.of(0, 0), SampleRate.hertz(2), samples);
        octets[0] = 9;
        samples[0] = 9;
        opaque.octets()[1] = 9;
        wave.samples()[1] = 9;

        assertThat(opaque.octets()).containsExactly(1, 2);
        assertThat(wave.samples()).containsExactly(1, 2);
        assertThat(wave.rate().durationOf(wave.size())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void flagsFitTheirWidth() {
        assertThat(new Value.Flags(-1, 64).isSet(63)).isTrue();
        assertThat(new Value.Flags(4, 3).isSet(2)).isTrue();
        assertThat(new Value.Flags(4, 3).isSet(1)).isFalse();
        assertThatThrownBy(() -> new Value.Flags(8, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value.Flags(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value.Flags(0, 65)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value.Flags(0, 3).isSet(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRateIsPositiveAndNeverOverflows() {
        assertThat(new SampleRate(360, Duration.ofSeconds(1)).durationOf(90)).isEqualTo(Duration.ofMillis(250));
        assertThat(new SampleRate(1, Duration.ofDays(366)).durationOf(Integer.MAX_VALUE))
                .isPositive();
        assertThatThrownBy(() -> new SampleRate(0, Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SampleRate(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SampleRate(1, Duration.ofDays(367))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCodeIsPartitionAndTerm() {
        assertThat(Code.of(2, 19384)).isEqualTo(Code.of(150456)).hasToString("150456");
        assertThat(Code.of(0xFFFF_FFFFL).partition()).isEqualTo(0xFFFF);
        assertThat(Code.of(0xFFFF_FFFFL).term()).isEqualTo(0xFFFF);
        assertThatThrownBy(() -> Code.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Code.of(0x1_0000_0000L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Code.of(2, 65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "+", "#", "ä", "a\n"})
    void anIdThatIsNotSafeInATopicIsRefused(String id) {
        assertThatThrownBy(() -> DeviceId.of(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SubjectId.of(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceId.of("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Observation observation(Value value, Set<MeasurementStatus> status, Map<Code, Value> supplemental) {
        return new Observation(
                ObservationId.of(1, 2),
                DeviceId.of("thermometer"),
                TYPE,
                value,
                ObservationTime.of(
                        DeviceTime.WallClock.of(DeviceDateTime.of(1999, 1, 1, 0, 0, 0)),
                        ClockState.UNKNOWN,
                        Instant.parse("1999-01-01T00:00:00Z")),
                status,
                supplemental,
                Optional.of(SubjectId.of("ward-7-bed-2")),
                List.of());
    }

    private static void assertHidden(String text) {
        assertThat(text).doesNotContain("987654", "f1206", "F1206", "John", "Doe", "secret", "115, 101");
    }
}
