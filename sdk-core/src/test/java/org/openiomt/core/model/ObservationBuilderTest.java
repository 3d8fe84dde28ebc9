package org.openiomt.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openiomt.core.wire.MedicalFloat;

class ObservationBuilderTest {
    private static final Code TYPE = Code.of(150364);
    private static final Value VALUE = Value.Numeric.of(MedicalFloat.of(372, -1), Code.of(268192));
    private static final Optional<DeviceDateTime> TAKEN_AT = Optional.of(DeviceDateTime.of(2024, 6, 23, 14, 35, 10));

    @Test
    void aReadingThatIsSentAgainHasTheSameId() {
        assertThat(reading(1).at(TAKEN_AT).build().id())
                .isEqualTo(reading(2).at(TAKEN_AT).build().id());
    }

    @Test
    void aReadingWithoutAWholeTimeIsNeverTakenForAnother() {
        Optional<DeviceDateTime> partial = Optional.of(DeviceDateTime.of(0, 6, 23, 14, 35, 10));
        assertThat(reading(1).at(partial).build().id())
                .isNotEqualTo(reading(2).at(partial).build().id());
    }

    @Test
    void anEarlyReadingIsNotTheFinalOneOfTheSameSecondAndValue() {
        Observation last = reading(1).at(TAKEN_AT).build();
        assertThat(reading(1)
                        .at(TAKEN_AT)
                        .status(MeasurementStatus.EARLY_INDICATION)
                        .build()
                        .id())
                .isNotEqualTo(last.id());
        assertThat(reading(1)
                        .at(TAKEN_AT)
                        .status(MeasurementStatus.MEASUREMENT_ONGOING)
                        .build()
                        .id())
                .isNotEqualTo(last.id());
        assertThat(reading(1)
                        .at(TAKEN_AT)
                        .status(MeasurementStatus.QUESTIONABLE)
                        .build()
                        .id())
                .isEqualTo(last.id());
    }

    @Test
    void aClockThatIsUnsetByItsOwnWordsNamesNoReading() {
        ClockState unset = new ClockState(ClockState.Synchronisation.NOT_SYNCHRONISED, ClockState.Continuity.UNKNOWN);
        Observation first = reading(1).at(TAKEN_AT).clock(unset).build();
        assertThat(first.time().clock()).isEqualTo(unset);
        assertThat(first.time().device().local()).isPresent();
        assertThat(reading(2).at(TAKEN_AT).clock(unset).build().id()).isNotEqualTo(first.id());
        assertThat(reading(2).at(TAKEN_AT).sequence(7).clock(unset).build().id())
                .as("a record number names it all the same")
                .isEqualTo(
                        reading(1).at(TAKEN_AT).sequence(7).clock(unset).build().id());
    }

    @Test
    void partsOfOneFrameHaveIdsOfTheirOwn() {
        assertThat(Stream.of(reading(1), reading(1).part(1), reading(1).part(2))
                        .map(reading -> reading.build().id()))
                .doesNotHaveDuplicates();
        assertThat(reading(1).part(0).build().id()).isEqualTo(reading(1).build().id());
        assertThat(reading(1).at(TAKEN_AT).part(1).build().id())
                .isEqualTo(reading(2).at(TAKEN_AT).part(1).build().id())
                .isNotEqualTo(reading(1).at(TAKEN_AT).build().id());
    }

    private static ObservationBuilder reading(long number) {
        Instant receivedAt = Instant.parse("2024-06-23T12:35:12Z").plusSeconds(number);
        return Arrival.of(DeviceId.of("thermometer"), receivedAt, number, ClockState.UNKNOWN, Subjects.UNKNOWN)
                .observe(TYPE, VALUE);
    }
}
