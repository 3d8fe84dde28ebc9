package org.openiomt.ble.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;

class RecordAccessTest {
    private static final Duration WAIT = RecordAccess.DEFAULT_TIMEOUT;
    private static final Duration ALMOST = WAIT.minusSeconds(1);

    private final ScriptedMeter meter = new ScriptedMeter(ScriptedMeter.MEASUREMENT);
    private final List<Integer> numbers = new ArrayList<>();
    private final RecordAccess access = new RecordAccess(meter.gatt, ScriptedMeter.CONTROL_POINT);

    RecordAccessTest() {
        assertThat(now(access.records(
                        ScriptedMeter.MEASUREMENT,
                        GlucoseMeasurement.CODEC,
                        measurement -> numbers.add(measurement.sequenceNumber()))))
                .isTrue();
        assertThat(now(access.open())).isTrue();
    }

    private <T> T now(CompletionStage<T> stage) {
        return meter.room.now(stage);
    }

    private CompletionStage<RecordOutcome> begun(CompletionStage<RecordOutcome> stage) {
        meter.room.clock.runUntilIdle();
        assertThat(stage.toCompletableFuture()).isNotDone();
        return stage;
    }

    @Test
    void aReportEndsWithTheNumberOfRecordsThatCame() {
        meter.answersNext(() -> {
            meter.measurement(1);
            meter.measurement(2);
            meter.measurement(3);
            meter.indicate("06000101");
        });

        assertThat(now(access.reportAll())).isEqualTo(new RecordOutcome.Done(3));
        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(meter.asked).containsExactly("0101");
        assertThat(access.isRunning()).isFalse();
        assertThat(meter.room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void anEmptyMemoryIsAGoodAnswer() {
        meter.answersNext(() -> meter.indicate("06000106"));
        assertThat(now(access.reportFrom(10))).isEqualTo(new RecordOutcome.NoRecords());
        assertThat(meter.asked).containsExactly("0103010A00");
    }

    @ParameterizedTest
    @CsvSource({"050007, 7", "05000201, 258", "050000000100, 65536"})
    void aCountMayBeOfAnyWidth(String answer, long count) {
        meter.answersNext(() -> meter.indicate(answer));
        assertThat(now(access.run(Request.countAll()))).isEqualTo(new RecordOutcome.Count(count));
    }

    @Test
    void deletingEndsAsDone() {
        meter.answersNext(() -> meter.indicate("06000201"));
        assertThat(now(access.run(Request.deleteUpTo(300)))).isEqualTo(new RecordOutcome.Done(0));
        assertThat(meter.asked).containsExactly("0202012C01");
    }

    @Test
    void aCombinedReportEndsWithItsOwnAnswer() {
        meter.answersNext(() -> {
            meter.measurement(1);
            meter.indicate("080001000000");
        });
        Request all = Request.reportAll();
        Request combined = new Request(7, all.operator(), all.filter(), all.remainder());
        assertThat(now(access.run(combined))).isEqualTo(new RecordOutcome.Done(1));
    }

    @Test
    void aRefusalIsAnAnswerWithItsCode() {
        meter.answersNext(() -> meter.indicate("06000202"));
        assertThat(now(access.run(Request.deleteAll())))
                .isEqualTo(new RecordOutcome.Refused(RefusedBy.PROCEDURE, 2, "op code not supported"));
        meter.answersNext(() -> meter.indicate("06000240"));
        assertThat(now(access.run(Request.deleteAll())))
                .isEqualTo(new RecordOutcome.Refused(RefusedBy.PROCEDURE, 0x40, "unknown response code 64"));
    }

    @Test
    void aRefusedWriteIsAnAnswerInTheServicesWords() {
        meter.answersNext(() -> {
            throw new RefusedException(AttError.GLUCOSE_CCCD_IMPROPERLY_CONFIGURED, "no");
        });
        RecordOutcome.Refused refused = (RecordOutcome.Refused) now(access.reportAll());
        assertThat(refused.by()).isEqualTo(RefusedBy.ATTRIBUTE);
        assertThat(refused.code()).isEqualTo(0x81);
        assertThat(refused.reason()).contains("announcements improperly configured");
        assertThat(refused.meaning()).contains(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);

        meter.answersNext(() -> meter.indicate("06000106"));
        assertThat(now(access.reportAll())).isEqualTo(new RecordOutcome.NoRecords());
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "04", "05", "09"})
    void aFilterThatTheDeviceDoesNotKnowBecomesAllRecords(String code) {
        meter.answersNext(() -> meter.indicate("060001" + code));
        meter.answersNext(() -> {
            meter.measurement(1);
            meter.measurement(2);
            meter.indicate("06000101");
        });
        assertThat(now(access.reportFrom(2))).isEqualTo(new RecordOutcome.Done(2));
        assertThat(meter.asked).containsExactly("0103010200", "0101");
    }

    @Test
    void aRefusedDeletionOfSomeNeverBecomesADeletionOfAll() {
        meter.answersNext(() -> meter.indicate("06000209"));
        assertThat(now(access.run(Request.deleteUpTo(5))))
                .isEqualTo(new RecordOutcome.Refused(RefusedBy.PROCEDURE, 9, "operand not supported"));
        assertThat(meter.asked).containsExactly("0202010500");
    }

    @Test
    void onlyOneProcedureRunsAtATimeAndTheNextWaitsForItsTurn() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        CompletionStage<RecordOutcome> count = begun(access.countAll());
        assertThat(meter.asked).containsExactly("0101");
        meter.indicate("06000101");
        assertThat(now(report)).isEqualTo(new RecordOutcome.Done(0));
        assertThat(meter.asked).containsExactly("0101", "0401");
        meter.indicate("050003");
        assertThat(now(count)).isEqualTo(new RecordOutcome.Count(3));
    }

    @Test
    void aSilentDeviceIsNoAnswerAndIsAskedNothingMoreUntilItHasAnswered() {
        CompletionStage<RecordOutcome> count = begun(access.countAll());
        meter.measurement(1);
        meter.room.clock.advance(WAIT);
        assertThat(now(count)).isEqualTo(new RecordOutcome.NoAnswer(WAIT, 1));
        assertThat(now(access.countAll())).isInstanceOfSatisfying(RecordOutcome.Refused.class, refused -> {
            assertThat(refused.by()).isEqualTo(RefusedBy.CLIENT);
            assertThat(refused.code()).isEqualTo(-1);
        });
        assertThat(meter.asked).containsExactly("0401");

        meter.indicate("050009");
        meter.room.clock.runUntilIdle();
        assertThat(meter.context.odd).singleElement().asString().contains("late answer");
        meter.answersNext(() -> meter.indicate("050001"));
        assertThat(now(access.countAll())).as("never the late one").isEqualTo(new RecordOutcome.Count(1));
    }

    @Test
    void anAbortThatIsConfirmedMakesAnUnansweredRequestForgotten() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.room.clock.advance(WAIT);
        assertThat(now(report)).isInstanceOf(RecordOutcome.NoAnswer.class);
        meter.answersNext(() -> meter.indicate("06000301"));
        assertThat(now(access.abort())).isEqualTo(new RecordOutcome.Aborted(0));
        meter.answersNext(() -> meter.indicate("06000106"));
        assertThat(now(access.reportAll())).isEqualTo(new RecordOutcome.NoRecords());
    }

    @Test
    void recordsWithoutEndAreNoReport() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        int minutes = (int) ControlPointClient.LONGEST.toSeconds() / 20;
        for (int i = 1; i <= minutes; i++) {
            meter.measurement(i);
            meter.room.clock.advance(Duration.ofSeconds(20));
        }
        assertThat(now(report)).isEqualTo(new RecordOutcome.Endless(ControlPointClient.LONGEST, minutes));
        assertThat(meter.room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void eachRecordBeginsTheWaitAnew() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        for (int number = 1; number <= 10; number++) {
            meter.room.clock.advance(ALMOST);
            meter.measurement(number);
        }
        begun(report);
        meter.indicate("06000101");
        assertThat(now(report)).isEqualTo(new RecordOutcome.Done(10));
    }

    @Test
    void aWriteThatIsNeverAnsweredIsNoAnswerToo() {
        meter.device.faults(Faults.NONE.withSilence());
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.room.clock.advance(WAIT);
        assertThat(now(report)).isEqualTo(new RecordOutcome.NoAnswer(WAIT, 0));
    }

    @Test
    void anAbortEndsBothAndLateRecordsAreDelivered() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.measurement(1);
        meter.answersNext(() -> {
            meter.measurement(2);
            meter.indicate("06000301");
            meter.measurement(3);
        });
        CompletionStage<RecordOutcome> abort = access.abort();
        CompletionStage<RecordOutcome> again = access.abort();
        meter.room.clock.runUntilIdle();
        assertThat(now(abort)).isEqualTo(now(report)).isInstanceOf(RecordOutcome.Aborted.class);
        assertThat(now(again)).as("asked twice").isEqualTo(now(abort));
        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(meter.asked).containsExactly("0101", "0300");
        assertThat(access.isRunning()).isFalse();
    }

    @Test
    void anAbortThatFailsLeavesTheProcedureRunning() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.answersNext(() -> meter.indicate("06000307"));
        assertThat(now(access.abort()))
                .isEqualTo(new RecordOutcome.Refused(RefusedBy.PROCEDURE, 7, "abort unsuccessful"));
        begun(report);
        meter.indicate("06000101");
        assertThat(now(report)).isEqualTo(new RecordOutcome.Done(0));
    }

    @Test
    void aProcedureThatEndsWhileItIsAbortedEndsByItself() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.answersNext(() -> {
            meter.indicate("06000101");
            meter.indicate("06000301");
        });
        CompletionStage<RecordOutcome> abort = access.abort();
        assertThat(now(report)).isEqualTo(new RecordOutcome.Done(0));
        assertThat(now(abort)).isEqualTo(new RecordOutcome.Aborted(0));
    }

    @Test
    void anAbortWithoutAnAnswerKeepsNothingWaiting() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        CompletionStage<RecordOutcome> abort = begun(access.abort());
        meter.room.clock.advance(WAIT);
        assertThat(now(abort)).isInstanceOf(RecordOutcome.NoAnswer.class);
        assertThat(now(report)).isInstanceOf(RecordOutcome.NoAnswer.class);
        assertThat(access.isRunning()).isFalse();
    }

    @Test
    void thereIsNothingToAbortWhenNothingRuns() {
        assertThat(now(access.abort())).isInstanceOf(RecordOutcome.Refused.class);
        assertThat(meter.asked).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> access.run(Request.abort()));
    }

    @Test
    void aLostLinkFailsWhatRuns() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        CompletionStage<RecordOutcome> abort = begun(access.abort());
        meter.measurement(1);
        meter.room.clock.runUntilIdle();

        meter.device.disconnect();

        assertThat(meter.room.fault(report)).isInstanceOf(LinkException.class).hasMessageContaining("1808/2a52");
        assertThat(meter.room.fault(abort)).isInstanceOf(LinkException.class);
        assertThat(numbers).containsExactly(1);
        assertThat(meter.room.fault(access.reportAll())).isInstanceOf(LinkException.class);
        assertThat(meter.room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void theEndOfTheSessionFailsWhatRuns() {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.gatt.close();
        assertThat(meter.room.fault(report)).hasMessageContaining("the session has ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"06000401", "050001", "0101", "2A00", "06000301"})
    void anAnswerToSomethingElseIsReportedAndIgnored(String stray) {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.indicate(stray);
        begun(report);
        assertThat(meter.context.odd).isNotEmpty();
        meter.indicate("06000101");
        assertThat(now(report)).isEqualTo(new RecordOutcome.Done(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "06", "060001", "05000000FF"})
    void anAnswerThatIsNotUnderstoodIsReportedAndIgnored(String broken) {
        CompletionStage<RecordOutcome> report = begun(access.reportAll());
        meter.indicate(broken);
        begun(report);
        assertThat(meter.context.refused).hasSize(1);
        meter.room.clock.advance(WAIT);
        assertThat(now(report)).isEqualTo(new RecordOutcome.NoAnswer(WAIT, 0));
    }

    @Test
    void theNextRequestMayBeginInTheAnswerToTheLast() {
        meter.answersNext(() -> meter.indicate("050002"));
        meter.answersNext(() -> meter.indicate("06000101"));
        CompletionStage<RecordOutcome> both = access.run(Request.countAll()).thenCompose(count -> access.reportAll());
        assertThat(now(both)).isEqualTo(new RecordOutcome.Done(0));
    }
}
