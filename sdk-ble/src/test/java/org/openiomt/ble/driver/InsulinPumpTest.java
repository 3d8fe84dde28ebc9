package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualInsulinPump;
import org.openiomt.core.gateway.CommandPolicy;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** An insulin pump with the real gateway: what it tells, and what it may be told. */
class InsulinPumpTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final List<AuditEvent> audited = new ArrayList<>();
    private final List<byte[]> writes = new ArrayList<>();
    private boolean isAllowed = true;
    private boolean isAuditBroken;
    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(
                    command -> isAllowed ? Optional.empty() : Optional.of("the nurse is not on duty"))
            .audit(event -> {
                audited.add(event);
                return isAuditBroken
                        ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
                        : CompletableFuture.completedFuture(null);
            }));
    private final VirtualInsulinPump pump = new VirtualInsulinPump(ward.air, "pump-1");

    InsulinPumpTest() {
        watch(pump);
        pump.therapy(TherapyControlState.RUN);
    }

    private void watch(VirtualInsulinPump watched) {
        watched.peripheral().watchWrites(VirtualInsulinPump.COMMAND, octets -> {
            writes.add(octets);
            assertThat(audited)
                    .as("written down before it is sent")
                    .last()
                    .satisfies(event -> assertThat(event.type()).isEqualTo(AuditEventType.COMMAND_ASKED));
        });
    }

    @AfterEach
    void close() {
        ward.close();
    }

    private Command bolus(String id, String units, Duration life) {
        return new Command(
                id,
                DeviceId.of("pump-1"),
                "set-bolus",
                Map.of("units", Value.Numeric.of(MedicalFloat.parse(units), Units.MDC_DIM_INTL_UNIT)),
                ward.clock.instant().plus(life),
                "nurse");
    }

    private CompletableFuture<CommandResult> ask(Command command) {
        return ward.gateway.execute(command).toCompletableFuture();
    }

    private CommandResult result(Command command) {
        CompletableFuture<CommandResult> asked = ask(command);
        ward.clock.advance(Duration.ofSeconds(3));
        assertThat(asked).isDone();
        return asked.join();
    }

    private String reason() {
        return ward.gateway.devices().get(0).reason();
    }

    private List<AuditEventType> commandsAudited() {
        return audited.stream()
                .map(AuditEvent::type)
                .filter(type -> type.name().startsWith("COMMAND"))
                .toList();
    }

    private List<Observation> delivered(Code type) {
        return ward.of(type).stream()
                .filter(one -> !one.status().contains(MeasurementStatus.MEASUREMENT_ONGOING))
                .toList();
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    @Test
    void whatThePumpDeliversNowIsReadAndMarkedAsGoingOn() {
        ward.pass();
        Observation basal = ward.of(Mdc.MDC_INS_DELIV_BASAL).stream()
                .filter(one -> one.status().contains(MeasurementStatus.MEASUREMENT_ONGOING))
                .findFirst()
                .orElseThrow();
        assertThat(((Value.Numeric) basal.value()).quantity().value().toBigDecimal())
                .isEqualByComparingTo("0.8");
        assertThat(ward.of(Mdc.MDC_INS_DELIV_DAILY_DOSE)).isNotEmpty();
        assertThat(ward.state()).as(reason()).isEqualTo(DeviceState.READY);
        assertThat(writes).as("reading commands nothing").isEmpty();
    }

    @Test
    void aBolusThatWasDeliveredComesOnceFromTheHistoryWithItsTime() {
        ward.pass();
        assertThat(result(bolus("c-1", "2", SOON))).isEqualTo(new CommandResult.Done());
        ward.clock.advance(Duration.ofHours(1));
        pump.disconnect();
        ward.pass();
        List<Observation> boluses = delivered(Mdc.MDC_INS_DELIV_BOLUS_FAST);
        assertThat(boluses).singleElement().satisfies(one -> {
            assertThat(((Value.Numeric) one.value()).quantity().value().toBigDecimal())
                    .isEqualByComparingTo("2");
            assertThat(one.time().isKnown()).isTrue();
        });
    }

    @Test
    void laterSessionsKnowTheTimeOfEventsByTheReferenceBefore() {
        ward.pass();
        ward.clock.advance(Duration.ofHours(2));
        pump.faults(Faults.NONE.withConnectionsRefused());
        pump.disconnect();
        pump.therapy(TherapyControlState.STOP);
        pump.therapy(TherapyControlState.RUN);
        ward.clock.advance(Duration.ofHours(1));
        pump.faults(Faults.NONE);
        int before = delivered(Mdc.MDC_INS_DELIV_BASAL).size();
        ward.pass();
        List<Observation> basal = delivered(Mdc.MDC_INS_DELIV_BASAL);
        assertThat(basal)
                .hasSizeGreaterThan(before)
                .allSatisfy(one -> assertThat(one.time().isKnown()).isTrue());
        assertThat(basal.stream().map(Observation::id)).doesNotHaveDuplicates();
    }

    @Test
    void theStateTellsWhatThePumpAnnouncesUntilItIsConfirmed() {
        ward.pass();
        int id = pump.annunciate(AnnunciationState.Type.OCCLUSION_DETECTED);
        ward.clock.advance(Duration.ofMinutes(1));
        assertThat(reason()).contains("occlusion detected");
        Command confirm = new Command(
                "c-1",
                DeviceId.of("pump-1"),
                "confirm-annunciation",
                Map.of("id", Value.Numeric.of(MedicalFloat.of(id, 0), Units.MDC_DIM_DIMLESS)),
                ward.clock.instant().plus(SOON),
                "nurse");
        assertThat(result(confirm)).isEqualTo(new CommandResult.Done());
        ward.clock.advance(Duration.ofMinutes(1));
        assertThat(ward.state()).as(reason()).isEqualTo(DeviceState.READY);
        pump.detachReservoir();
        ward.clock.advance(Duration.ofMinutes(1));
        assertThat(reason()).contains("therapy stop").contains("no reservoir");
    }

    @Test
    void aPumpWithoutProtectionIsReadToo() {
        pump.close();
        VirtualInsulinPump plain =
                new VirtualInsulinPump(ward.air, "pump-2", EnumSet.complementOf(EnumSet.of(Feature.E2E_PROTECTION)));
        plain.therapy(TherapyControlState.RUN);
        ward.pass();
        assertThat(delivered(Mdc.MDC_INS_DELIV_BASAL)).isNotEmpty();
    }

    // --- commands ---------------------------------------------------------------------------------------------------

    @Test
    void aCommandReachesThePumpOnceAndIsWrittenDownBeforeAndAfter() {
        ward.pass();
        assertThat(result(bolus("c-1", "2", SOON))).isEqualTo(new CommandResult.Done());
        assertThat(writes).hasSize(1);
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_DONE);
    }

    @Test
    void withoutOptInNoOctetReachesThePump() {
        audited.clear();
        try (ManualGateway other = new ManualGateway(builder -> builder.audit(event -> {
            audited.add(event);
            return CompletableFuture.completedFuture(null);
        }))) {
            VirtualInsulinPump quiet = new VirtualInsulinPump(other.air, "pump-1");
            watch(quiet);
            other.pass();
            CompletableFuture<CommandResult> asked =
                    other.gateway.execute(bolus("c-1", "2", Duration.ofDays(1))).toCompletableFuture();
            other.pass();
            assertThat(asked.join())
                    .isEqualTo(new CommandResult.Refused(
                            CommandPolicy.DENY_ALL
                                    .refusal(bolus("c-1", "2", SOON))
                                    .orElseThrow(),
                            -1));
        }
        assertThat(writes).isEmpty();
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_REFUSED);
    }

    @Test
    void outOfPolicyNothingIsSent() {
        ward.pass();
        isAllowed = false;
        assertThat(result(bolus("c-1", "2", SOON)))
                .isEqualTo(new CommandResult.Refused("the nurse is not on duty", -1));
        assertThat(writes).isEmpty();
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_REFUSED);
    }

    @Test
    void anExpiredCommandIsNotSent() {
        ward.pass();
        assertThat(result(bolus("c-1", "2", Duration.ZERO))).isEqualTo(new CommandResult.Expired());
        assertThat(writes).isEmpty();
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_EXPIRED);
    }

    @Test
    void aCommandThatExpiresWhileThePumpIsBusyIsNotSentAfterwards() {
        ward.pass();
        pump.faults(Faults.NONE.withDelay(Duration.ofSeconds(4)));
        CompletableFuture<CommandResult> first = ask(bolus("c-1", "2", Duration.ofMinutes(5)));
        CompletableFuture<CommandResult> second = ask(bolus("c-2", "3", Duration.ofSeconds(6)));
        ward.clock.advance(Duration.ofMinutes(5));
        assertThat(first.join()).isEqualTo(new CommandResult.Done());
        assertThat(second.join()).isNotEqualTo(new CommandResult.Done());
        assertThat(writes).as("only the first").hasSize(1);
    }

    @Test
    void aReplayedCommandIsSentOnceAlsoOverAReconnection() {
        ward.pass();
        assertThat(result(bolus("c-1", "2", Duration.ofHours(2)))).isEqualTo(new CommandResult.Done());
        assertThat(result(bolus("c-1", "2", Duration.ofHours(2)))).isInstanceOf(CommandResult.Refused.class);
        pump.disconnect();
        ward.pass();
        assertThat(result(bolus("c-1", "2", Duration.ofHours(1)))).isInstanceOf(CommandResult.Refused.class);
        assertThat(writes).hasSize(1);
    }

    @Test
    void aCommandWithoutAnAnswerIsUnknownAndNeverSentAgain() {
        ward.pass();
        pump.peripheral().onWrite(VirtualInsulinPump.COMMAND, octets -> {});
        CompletableFuture<CommandResult> asked = ask(bolus("c-1", "2", Duration.ofHours(1)));
        ward.clock.advance(Duration.ofSeconds(31));
        assertThat(asked.join()).isInstanceOf(CommandResult.NoAnswer.class);
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_UNANSWERED);
        assertThat(result(bolus("c-2", "1", SOON)))
                .as("another answer could not be told from the late one")
                .isInstanceOf(CommandResult.Refused.class);
        pump.disconnect();
        ward.clock.advance(Duration.ofHours(3));
        assertThat(writes).hasSize(1);
    }

    @Test
    void aLinkThatIsLostUnderACommandSaysSoAndTheCommandIsNeverSentAgain() {
        ward.pass();
        pump.peripheral().onWrite(VirtualInsulinPump.COMMAND, octets -> {});
        CompletableFuture<CommandResult> asked = ask(bolus("c-1", "2", Duration.ofHours(1)));
        ward.run();
        pump.disconnect();
        ward.clock.advance(Duration.ofHours(2));
        assertThat(asked).isCompletedExceptionally();
        assertThat(commandsAudited()).containsExactly(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_BROKEN);
        assertThat(writes).hasSize(1);
    }

    @Test
    void whatThePumpRefusesIsToldWithItsCode() {
        ward.pass();
        assertThat(result(bolus("c-1", "49", SOON)))
                .isEqualTo(new CommandResult.Refused("parameter out of range", 0x73));
        pump.refuseNextCommand(AttError.INSUFFICIENT_AUTHORIZATION);
        assertThat(result(bolus("c-2", "1", SOON)))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(AttError.INSUFFICIENT_AUTHORIZATION));
        assertThat(result(bolus("c-3", "1", SOON))).isEqualTo(new CommandResult.Done());
    }

    @Test
    void aCommandThatCannotBeWrittenDownIsNotSent() {
        ward.pass();
        isAuditBroken = true;
        assertThat(result(bolus("c-1", "2", SOON)))
                .isEqualTo(new CommandResult.Refused("the command could not be written down", -1));
        assertThat(writes).isEmpty();
    }

    @Test
    void argumentsThatAreMissingOrWrongRefuseTheirCommand() {
        ward.pass();
        List<Map<String, Value>> wrong = Arrays.asList(
                Map.of(),
                Map.of("units", Value.Numeric.of(MedicalFloat.of(2, 0), Units.MDC_DIM_MILLI_G_PER_DL)),
                Map.of("units", Value.Numeric.of(MedicalFloat.NAN, Units.MDC_DIM_INTL_UNIT)),
                Map.of("units", Value.Numeric.of(MedicalFloat.of(-1, 0), Units.MDC_DIM_INTL_UNIT)),
                Map.of("units", Value.Numeric.of(MedicalFloat.of(0, 0), Units.MDC_DIM_INTL_UNIT)),
                Map.of("units", Value.Numeric.of(MedicalFloat.of(123_456_789, -8), Units.MDC_DIM_INTL_UNIT)));
        int number = 0;
        for (Map<String, Value> arguments : wrong) {
            number++;
            Command command = new Command(
                    "c-" + number,
                    DeviceId.of("pump-1"),
                    "set-bolus",
                    arguments,
                    ward.clock.instant().plus(SOON),
                    "nurse");
            assertThat(result(command)).as("%s", arguments.keySet()).isInstanceOf(CommandResult.Refused.class);
        }
        assertThat(writes).isEmpty();
    }
}
