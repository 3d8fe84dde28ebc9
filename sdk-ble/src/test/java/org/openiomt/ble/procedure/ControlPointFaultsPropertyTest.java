package org.openiomt.ble.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.MachineControlPoint;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusDetails;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.testing.TestContext;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualBodyCompositionScale;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualGlucoseSensor;
import org.openiomt.ble.virtual.VirtualInsulinPump;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.wire.MedicalFloat;

/** Every procedure of the four families ends, whatever happens to the link under it, and is written once at most. */
class ControlPointFaultsPropertyTest {
    private static final InsulinContext PUMP_FORM = InsulinContext.of(E2eContext.PRESENT);

    /** A procedure with its device. */
    @SuppressWarnings("ImmutableEnumChecker") // a channel is a record around a text
    enum Asked {
        RECORDS_ALL(VirtualGlucoseMeter.CONTROL_POINT),
        RECORDS_COUNT(VirtualGlucoseMeter.CONTROL_POINT),
        RECORDS_DELETE(VirtualGlucoseMeter.CONTROL_POINT),
        SENSOR_START(VirtualGlucoseSensor.CONTROL_POINT),
        PUMP_STATUS(VirtualInsulinPump.STATUS_READER),
        PUMP_BOLUS(VirtualInsulinPump.COMMAND),
        PUMP_HISTORY(VirtualInsulinPump.RECORD_ACCESS),
        MACHINE_CONTROL(VirtualFitnessMachine.CONTROL_POINT),
        USER_REGISTER(VirtualBodyCompositionScale.USER_CONTROL_POINT);

        final Channel point;

        Asked(Channel point) {
            this.point = point;
        }

        VirtualDevice device(ManualAir room) {
            return switch (this) {
                case RECORDS_ALL, RECORDS_COUNT, RECORDS_DELETE -> new VirtualGlucoseMeter(room.air, "d");
                case SENSOR_START -> new VirtualGlucoseSensor(room.air, "d");
                case PUMP_STATUS, PUMP_BOLUS, PUMP_HISTORY -> new VirtualInsulinPump(room.air, "d");
                case MACHINE_CONTROL -> new VirtualFitnessMachine(room.air, "d", Machine.TREADMILL);
                case USER_REGISTER -> new VirtualBodyCompositionScale(room.air, "d");
            };
        }

        /** Opens what is needed and returns how to ask. */
        Supplier<CompletionStage<?>> ready(ManualAir room, GattSession gatt) {
            return switch (this) {
                case RECORDS_ALL -> meter(room, gatt)::reportAll;
                case RECORDS_COUNT -> meter(room, gatt)::countAll;
                case RECORDS_DELETE -> {
                    RecordAccess access = meter(room, gatt);
                    yield () -> access.deleteUpTo(3);
                }
                case SENSOR_START ->
                    client(
                            room,
                            gatt,
                            ControlPointForms.specificOps(E2eContext.PRESENT),
                            SpecificOpsMessage.of(new SpecificOpsMessage.Plain(SpecificOpsCode.START_SESSION)));
                case PUMP_STATUS ->
                    client(
                            room,
                            gatt,
                            ControlPointForms.statusReader(PUMP_FORM),
                            StatusReaderMessage.of(StatusReaderMessage.Op.GET_ACTIVE_BOLUS_IDS, new Empty()));
                case PUMP_BOLUS ->
                    client(
                            room,
                            gatt,
                            ControlPointForms.insulinCommands(PUMP_FORM),
                            CommandMessage.of(
                                    CommandCode.SET_BOLUS,
                                    new CommandMessage.SetBolus(
                                            new Bolus(
                                                    Coded.of(Bolus.Type.FAST),
                                                    MedicalFloat.of(2, 0),
                                                    MedicalFloat.of(0, 0),
                                                    0),
                                            BolusDetails.NONE)));
                case PUMP_HISTORY -> {
                    InsulinRecords records = new InsulinRecords(gatt, point, PUMP_FORM);
                    room.now(records.records(
                            VirtualInsulinPump.HISTORY_DATA, HistoryEvent.codec(PUMP_FORM), event -> {}));
                    room.now(records.open());
                    yield records::reportAll;
                }
                case MACHINE_CONTROL ->
                    client(
                            room,
                            gatt,
                            ControlPointForms.table(MachineControlPoint.POINT),
                            MachineControlPoint.POINT.request(MachineControlPoint.REQUEST_CONTROL));
                case USER_REGISTER ->
                    client(room, gatt, ControlPointForms.users(), UserControlMessage.Register.of(1234));
            };
        }

        private RecordAccess meter(ManualAir room, GattSession gatt) {
            RecordAccess access = new RecordAccess(gatt, point);
            room.now(access.records(VirtualGlucoseMeter.MEASUREMENT, GlucoseMeasurement.CODEC, value -> {}));
            room.now(access.open());
            return access;
        }

        private <M> Supplier<CompletionStage<?>> client(
                ManualAir room, GattSession gatt, ControlPointForm<M> form, M request) {
            ControlPointClient<M> client = new ControlPointClient<>(gatt, point, form);
            assertThat(room.now(client.open())).isTrue();
            return () -> client.run(request);
        }
    }

    /** One procedure in a room of its own. */
    private static final class Trial {
        final ManualAir room = new ManualAir();
        final VirtualDevice device;
        final List<byte[]> writes = new ArrayList<>();
        final GattSession gatt;
        final Supplier<CompletionStage<?>> ask;
        final TestContext context;

        Trial(Asked asked) {
            device = asked.device(room);
            if (device instanceof VirtualGlucoseMeter meter) {
                for (int i = 0; i < 5; i++) {
                    meter.measureMilligramPerDecilitre(100 + i);
                }
            }
            if (device instanceof VirtualInsulinPump pump) {
                pump.therapy(TherapyControlState.RUN);
            }
            device.peripheral().watchWrites(asked.point, writes::add);
            context = new TestContext(room.clock, ManualAir.seen("d"), room.open(device.peripheral()));
            gatt = new GattSession(context);
            ask = asked.ready(room, gatt);
        }

        /** Asks twice, and lets so much time pass that everything must have ended. */
        List<CompletableFuture<?>> run() {
            List<CompletableFuture<?>> both = new ArrayList<>();
            both.add(ask.get().toCompletableFuture());
            both.add(ask.get().toCompletableFuture());
            room.clock.advance(Duration.ofMinutes(3));
            return both;
        }
    }

    private static boolean isFailedByTheLink(CompletableFuture<?> stage) {
        return stage.isCompletedExceptionally() && ManualAir.faultOf(stage) instanceof LinkException;
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aLinkThatIsLostAtAnyStepEndsWhatRunsAndWhatWaits(@ForAll Asked asked) {
        boolean isLost = true;
        int frames = 0;
        while (isLost) {
            Trial trial = new Trial(asked);
            trial.device.faults(Faults.NONE.withLinkLostAfter(frames));
            List<CompletableFuture<?>> both = trial.run();
            isLost = !trial.device.peripheral().isConnected();
            assertThat(both)
                    .as("%s cut after %d frames", asked, frames)
                    .allSatisfy(stage -> assertThat(stage).isDone());
            if (isLost) {
                assertThat(both).allMatch(stage -> !stage.isCompletedExceptionally() || isFailedByTheLink(stage));
                assertThat(trial.writes).hasSizeLessThanOrEqualTo(2);
                assertThat(isFailedByTheLink(trial.ask.get().toCompletableFuture()))
                        .as("after the loss")
                        .isTrue();
            } else {
                assertThat(both).noneMatch(CompletableFuture::isCompletedExceptionally);
                assertThat(trial.writes).as("%s: each written once", asked).hasSize(2);
            }
            frames++;
        }
        assertThat(frames).as("%s: the cut points that were tried", asked).isGreaterThanOrEqualTo(8);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aProcedureEndsOnceAndIsWrittenOnceHoweverItsFramesTravel(
            @ForAll Asked asked,
            @ForAll @IntRange(max = 20_000) int delayMillis,
            @ForAll boolean isDoubled,
            @ForAll @IntRange(min = 1, max = 30) int cut) {
        Trial trial = new Trial(asked);
        Faults late = Faults.NONE.withDelay(Duration.ofMillis(delayMillis));
        Faults all = isDoubled ? late.withAnnouncementsDuplicated() : late;
        OptionalInt cutTo = cut <= 20 ? OptionalInt.of(cut) : OptionalInt.empty();
        trial.device.faults(cutTo.isPresent() ? all.withFramesCutTo(cutTo.getAsInt()) : all);
        List<CompletableFuture<?>> both = trial.run();
        assertThat(both).allSatisfy(stage -> assertThat(stage).isDone());
        assertThat(trial.writes).hasSizeLessThanOrEqualTo(2);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aDeviceThatAnswersNothingIsToldByATimeOutAndNeverAskedTwice(@ForAll Asked asked) {
        Trial trial = new Trial(asked);
        trial.device.peripheral().onWrite(asked.point, octets -> {});
        List<CompletableFuture<?>> both = trial.run();
        assertThat(both).allSatisfy(stage -> assertThat(stage).isDone());
        assertThat(both).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(trial.writes)
                .as("the second could not be told from the first")
                .hasSize(1);
        assertThat(both.get(0).join().toString()).contains("NoAnswer");
        assertThat(both.get(1).join().toString()).contains("Refused");
    }
}
