package org.openiomt.ble.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlucoseRecordsTest {
    private static final Duration WAIT = GlucoseRecords.CONTEXT_WAIT;

    private final ScriptedMeter meter = new ScriptedMeter(ScriptedMeter.MEASUREMENT, ScriptedMeter.CONTEXT);
    private final List<GlucoseRecord> records = new ArrayList<>();
    private final GlucoseRecords glucose = new GlucoseRecords(meter.gatt, records::add);

    GlucoseRecordsTest() {
        assertThat(meter.room.now(glucose.open())).isTrue();
    }

    private void settle() {
        meter.room.clock.runUntilIdle();
    }

    /** What was delivered: the number, with a star when its context came along. */
    private List<String> delivered() {
        settle();
        return records.stream()
                .map(record -> record.measurement().sequenceNumber()
                        + (record.context().isPresent() ? "*" : ""))
                .toList();
    }

    @Test
    void everyChannelIsSubscribedBeforeTheFirstRequest() {
        assertThat(meter.device.isSubscribed(ScriptedMeter.MEASUREMENT)).isTrue();
        assertThat(meter.device.isSubscribed(ScriptedMeter.CONTEXT)).isTrue();
        assertThat(meter.device.isSubscribed(ScriptedMeter.CONTROL_POINT)).isTrue();
        assertThat(meter.asked).isEmpty();
    }

    @Test
    void aMeterWithoutContextsIsFineAndOneWithoutMeasurementsIsNot() {
        ScriptedMeter plain = new ScriptedMeter(ScriptedMeter.MEASUREMENT);
        assertThat(plain.room.now(new GlucoseRecords(plain.gatt, records::add).open()))
                .isTrue();
        ScriptedMeter none = new ScriptedMeter(ScriptedMeter.CONTEXT);
        assertThat(none.room.now(new GlucoseRecords(none.gatt, records::add).open()))
                .isFalse();
    }

    @Test
    void aMeasurementWithoutContextIsDeliveredAtOnce() {
        meter.measurement(1);
        assertThat(delivered()).containsExactly("1");
        assertThat(meter.room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void aMeasurementWaitsForItsContext() {
        meter.measurementWithContext(1);
        assertThat(delivered()).isEmpty();
        meter.context(1);
        assertThat(delivered()).containsExactly("1*");
        assertThat(records.get(0).context().orElseThrow().meal()).hasValue(1);
        assertThat(meter.room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void theArrivalIsThatOfTheMeasurement() {
        Instant came = meter.room.clock.instant();
        meter.measurementWithContext(1);
        settle();
        meter.room.clock.advance(Duration.ofSeconds(2));
        meter.context(1);
        settle();
        assertThat(records.get(0).arrival().receivedAt()).isEqualTo(came);
    }

    @Test
    void contextsMayComeAfterAllMeasurementsAndTheEndOfTheReport() {
        meter.answersNext(() -> {
            meter.measurementWithContext(1);
            meter.measurementWithContext(2);
            meter.measurement(3);
            meter.indicate("06000101");
            meter.context(1);
            meter.context(2);
        });
        CompletionStage<RecordOutcome> report = glucose.access().reportAll();
        assertThat(meter.room.now(report)).isEqualTo(new RecordOutcome.Done(3));
        assertThat(delivered()).containsExactly("1*", "2*", "3");
    }

    @Test
    void contextsInAnotherOrderKeepTheOrderOfTheMeasurements() {
        meter.measurementWithContext(1);
        meter.measurementWithContext(2);
        meter.context(2);
        assertThat(delivered()).isEmpty();
        meter.context(1);
        assertThat(delivered()).containsExactly("1*", "2*");
    }

    @Test
    void aContextThatOvertakesItsMeasurementIsKept() {
        meter.context(1);
        meter.measurementWithContext(1);
        assertThat(delivered()).containsExactly("1*");
        meter.context(2);
        meter.measurement(2);
        assertThat(delivered()).as("also when none was announced").containsExactly("1*", "2*");
    }

    @Test
    void aContextThatNeverComesHoldsNothingForEver() {
        meter.measurementWithContext(1);
        meter.measurement(2);
        assertThat(delivered()).isEmpty();
        meter.room.clock.advance(WAIT);
        assertThat(delivered()).containsExactly("1", "2");
        assertThat(meter.context.odd)
                .containsExactly("1808/2a18: contextFollows at octet 0: the announced context did not come");

        meter.context(1);
        settle();
        meter.room.clock.advance(WAIT);
        assertThat(delivered()).as("delivered once").containsExactly("1", "2");
        assertThat(meter.context.odd).hasSize(2).last().asString().contains("1 context without a measurement");
    }

    @Test
    void theWaitBeginsAnewWithEachFrame() {
        meter.measurementWithContext(1);
        for (int number = 2; number < 8; number++) {
            settle();
            meter.room.clock.advance(WAIT.minusSeconds(1));
            meter.measurement(number);
        }
        assertThat(delivered()).isEmpty();
        meter.context(1);
        assertThat(delivered()).containsExactly("1*", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void aFloodOfMeasurementsWithoutContextsStaysBounded() {
        IntStream.rangeClosed(1, GlucoseRecords.MAX_WAITING + 5).forEach(meter::measurementWithContext);
        assertThat(delivered()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aFloodOfContextsWithoutMeasurementsStaysBounded() {
        IntStream.rangeClosed(1, GlucoseRecords.MAX_WAITING + 5).forEach(meter::context);
        settle();
        assertThat(meter.context.odd).hasSize(5);
        meter.measurement(6);
        assertThat(delivered()).containsExactly("6*");
    }

    @Test
    void aRepeatedMeasurementIsDeliveredAgainAndTakesNoContextTwice() {
        meter.measurementWithContext(1);
        meter.measurementWithContext(1);
        meter.context(1);
        assertThat(delivered()).containsExactly("1*");
        meter.context(1);
        assertThat(delivered()).containsExactly("1*", "1*");
    }

    @Test
    void whatWaitsIsDeliveredWhenTheSessionCloses() {
        meter.measurementWithContext(1);
        meter.measurement(2);
        settle();
        meter.device.disconnect();
        meter.gatt.close();
        assertThat(delivered()).containsExactly("1", "2");
        meter.room.clock.advance(WAIT);
        assertThat(delivered()).containsExactly("1", "2");
    }

    @Test
    void aConsumerThatThrowsDoesNotStopTheOthers() {
        ScriptedMeter other = new ScriptedMeter(ScriptedMeter.MEASUREMENT, ScriptedMeter.CONTEXT);
        List<Integer> numbers = new ArrayList<>();
        GlucoseRecords brittle = new GlucoseRecords(other.gatt, record -> {
            numbers.add(record.measurement().sequenceNumber());
            if (numbers.size() == 1) {
                throw new IllegalStateException("a bug of the test");
            }
        });
        other.room.now(brittle.open());
        other.measurementWithContext(1);
        other.measurementWithContext(2);
        other.context(1);
        other.room.clock.runUntilIdle();
        other.context(2);
        other.room.clock.runUntilIdle();
        assertThat(numbers).containsExactly(1, 2);
    }

    @Test
    void nothingOfAReadingIsShown() {
        meter.measurement(1);
        settle();
        assertThat(records.get(0).toString()).isEqualTo("GlucoseRecord[]");
    }
}
