package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusDetails;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.CommandBody;
import org.openiomt.ble.profile.insulin.CommandCode;
import org.openiomt.ble.profile.insulin.CommandData;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinResult;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.TemporaryRate;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/** A central that talks to a pump, with counters and check sums where the pump has them. */
final class PumpClient {
    final Central central;
    final InsulinContext context;
    private final Map<Channel, Integer> counters = new HashMap<>();

    PumpClient(ManualAir room, VirtualInsulinPump pump) {
        context = pump.context();
        central = new Central(
                room,
                pump.peripheral(),
                VirtualInsulinPump.STATUS_CHANGED,
                VirtualInsulinPump.STATUS,
                VirtualInsulinPump.ANNUNCIATION,
                VirtualInsulinPump.STATUS_READER,
                VirtualInsulinPump.COMMAND,
                VirtualInsulinPump.COMMAND_DATA,
                VirtualInsulinPump.RECORD_ACCESS,
                VirtualInsulinPump.HISTORY_DATA);
    }

    /** Sends a command and returns the answer. */
    CommandMessage ask(CommandCode code, CommandBody body) {
        return central.ask(VirtualInsulinPump.COMMAND, CommandMessage.codec(context), command(code, body));
    }

    /** Sends a command without operand and returns the answer. */
    CommandMessage ask(CommandCode code) {
        return ask(code, new Empty());
    }

    /** Returns how a command ended that is answered by a result. */
    static InsulinResult result(CommandMessage answer) {
        return ((CommandMessage.Response) answer.body()).result().known().orElseThrow();
    }

    CommandMessage command(CommandCode code, CommandBody body) {
        return new CommandMessage(Coded.of(code), body, next(VirtualInsulinPump.COMMAND), Remainder.NONE);
    }

    /** Sends a question and returns the answer. */
    StatusReaderMessage ask(StatusReaderMessage.Op op, StatusReaderMessage.Body body) {
        return central.ask(
                VirtualInsulinPump.STATUS_READER,
                StatusReaderMessage.codec(context),
                new StatusReaderMessage(Coded.of(op), body, next(VirtualInsulinPump.STATUS_READER), Remainder.NONE));
    }

    /** Sends a question without operand and returns what the answer holds. */
    StatusReaderMessage.Body ask(StatusReaderMessage.Op op) {
        return ask(op, new Empty()).body();
    }

    /** Asks for events and returns the answer; the events are in {@link #history}. */
    InsulinRecordAccess ask(InsulinRecordAccess request) {
        return central.ask(
                VirtualInsulinPump.RECORD_ACCESS,
                InsulinRecordAccess.codec(context),
                new InsulinRecordAccess(
                        request.opCode(),
                        request.operator(),
                        request.body(),
                        next(VirtualInsulinPump.RECORD_ACCESS),
                        Remainder.NONE));
    }

    List<HistoryEvent> history() {
        return central.heard(VirtualInsulinPump.HISTORY_DATA, HistoryEvent.codec(context));
    }

    List<CommandData> data() {
        return central.heard(VirtualInsulinPump.COMMAND_DATA, CommandData.codec(context));
    }

    static MedicalFloat units(String text) {
        return MedicalFloat.parse(text);
    }

    static CommandMessage.SetBolus bolus(Bolus.Type type, String fast, String extended, int minutes) {
        return new CommandMessage.SetBolus(
                new Bolus(Coded.of(type), units(fast), units(extended), minutes), BolusDetails.NONE);
    }

    static CommandMessage.SetTemporaryRate rate(
            boolean isChange, TemporaryRate.Type type, String adjustment, int minutes) {
        return new CommandMessage.SetTemporaryRate(
                isChange,
                new TemporaryRate(Coded.of(type), units(adjustment), minutes),
                OptionalInt.empty(),
                Optional.empty());
    }

    static CommandMessage.Therapy state(TherapyControlState state) {
        return new CommandMessage.Therapy(Coded.of(state));
    }

    /** Starts the therapy. */
    void run() {
        assertThat(result(ask(CommandCode.SET_THERAPY_CONTROL_STATE, state(TherapyControlState.RUN))))
                .isEqualTo(InsulinResult.SUCCESS);
    }

    /** Sets a bolus and returns its number. */
    int set(CommandMessage.SetBolus request) {
        CommandMessage answer = ask(CommandCode.SET_BOLUS, request);
        assertThat(answer.opCode().known()).contains(CommandCode.BOLUS_SET);
        return ((CommandMessage.Instance) answer.body()).id();
    }

    /** Returns the numbers of the boluses that run. */
    List<Integer> boluses() {
        return ((StatusReaderMessage.BolusIds) ask(StatusReaderMessage.Op.GET_ACTIVE_BOLUS_IDS)).ids();
    }

    /** Asks for the whole history and returns the events of a type. */
    List<HistoryEvent> events(HistoryEventType type) {
        ask(InsulinRecordAccess.reportAll());
        return history().stream().filter(event -> event.type().is(type)).toList();
    }

    /** Returns the protection of the next value that is written to a channel. */
    E2eCheck next(Channel channel) {
        return context.e2e().presence() == E2eContext.Presence.PRESENT
                ? E2eCheck.sound(counters.merge(channel, 1, (before, first) -> E2eCounter.after(before)))
                : E2eCheck.none();
    }
}
