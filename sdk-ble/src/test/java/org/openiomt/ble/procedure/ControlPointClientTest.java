package org.openiomt.ble.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsCode;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.insulin.Empty;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.Op;
import org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.testing.TestContext;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.wire.Crc16;

class ControlPointClientTest {
    private static final Channel USERS = Gatt.channel("181c", "2a9f");
    private static final Channel SENSOR = Gatt.channel("1816", "2a55");
    private static final Channel OPS = Gatt.channel("181f", "2aac");
    private static final Channel STATUS = Gatt.channel("183a", "2b24");
    private static final UserControlMessage CONSENT = UserControlMessage.Consent.of(1, 1234);
    private static final Duration WAIT = ControlPointClient.DEFAULT_TIMEOUT;

    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "device");
    private final List<String> asked = new ArrayList<>();
    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final TestContext context;
    private final GattSession gatt;

    ControlPointClientTest() {
        for (Channel point : List.of(USERS, SENSOR, OPS, STATUS)) {
            device.add(point, Property.WRITE, Property.INDICATE).onWrite(point, octets -> {
                asked.add(HexFormat.of().withUpperCase().formatHex(octets));
                Runnable answer = answers.poll();
                if (answer != null) {
                    answer.run();
                }
            });
        }
        device.appear();
        context = new TestContext(room.clock, ManualAir.seen("device"), room.open(device));
        gatt = new GattSession(context);
    }

    private <M> ControlPointClient<M> opened(Channel channel, ControlPointForm<M> form) {
        ControlPointClient<M> client = new ControlPointClient<>(gatt, channel, form);
        assertThat(room.now(client.open())).isTrue();
        return client;
    }

    private void indicate(Channel channel, String hex) {
        device.notify(channel, HexFormat.of().parseHex(hex));
        room.clock.runUntilIdle();
    }

    private static String withCrc(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        int crc = Crc16.MCRF4XX.of(octets, 0, octets.length);
        return hex
                + HexFormat.of().withUpperCase().toHexDigits((byte) crc)
                + HexFormat.of().withUpperCase().toHexDigits((byte) (crc >> 8));
    }

    @Test
    void anAnswerEndsItsRequest() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        answers.add(() -> indicate(USERS, "200201"));
        Outcome<UserControlMessage> outcome = room.now(users.run(CONSENT));
        assertThat(asked).containsExactly("0201D204");
        assertThat(outcome.answered()).isPresent();
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.commandResult()).isEqualTo(new CommandResult.Done());
        assertThat(room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void aNewUserIsAnsweredWithTheirNumber() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        answers.add(() -> indicate(USERS, "20010107"));
        UserControlMessage answer = room.now(users.run(UserControlMessage.Register.of(1234)))
                .answered()
                .orElseThrow();
        assertThat(((UserControlMessage.Response) answer).parameter()).hasValue(7);
    }

    @Test
    void aRefusalBringsItsAnswerAlong() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        answers.add(() -> indicate(USERS, "200205"));
        Outcome<UserControlMessage> outcome = room.now(users.run(CONSENT));
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Outcome.Refused<UserControlMessage> refused = (Outcome.Refused<UserControlMessage>) outcome;
        assertThat(refused.by()).isEqualTo(RefusedBy.PROCEDURE);
        assertThat(refused.answer().isPresent()).isTrue();
        assertThat(outcome.commandResult()).isEqualTo(new CommandResult.Refused("user not authorized", 5));
    }

    @Test
    void aDeviceWorksOnOneProcedureAtATimeWhicheverItsControlPoint() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        ControlPointClient<ControlPointMessage> sensor =
                opened(SENSOR, ControlPointForms.table(SpeedCadenceControlPoint.POINT));
        ControlPointMessage request = SpeedCadenceControlPoint.POINT.request(
                SpeedCadenceControlPoint.POINT.operation(4).orElseThrow());
        CompletionStage<Outcome<UserControlMessage>> first = users.run(CONSENT);
        CompletionStage<Outcome<ControlPointMessage>> second = sensor.run(request);
        room.clock.runUntilIdle();
        assertThat(asked).containsExactly("0201D204");
        indicate(USERS, "200201");
        assertThat(room.now(first).answered()).isPresent();
        assertThat(asked).containsExactly("0201D204", "04");
        indicate(SENSOR, "10040102");
        assertThat(room.now(second).answered()).isPresent();
    }

    @Test
    void aProcedureThatGivesNoAnswerLetsTheOtherControlPointsGoOn() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        ControlPointClient<SpecificOpsMessage> ops = opened(OPS, ControlPointForms.specificOps(E2eContext.ABSENT));
        CompletionStage<Outcome<UserControlMessage>> silent = users.run(CONSENT);
        CompletionStage<Outcome<SpecificOpsMessage>> second = ops.run(startSession());
        room.clock.runUntilIdle();
        room.clock.advance(WAIT);
        assertThat(room.now(silent)).isEqualTo(new Outcome.NoAnswer<>(WAIT, 0));
        assertThat(room.now(silent).commandResult()).isEqualTo(new CommandResult.NoAnswer(WAIT));
        indicate(OPS, "1C1A01");
        assertThat(room.now(second).answered()).isPresent();
    }

    @Test
    void anObjectionInTheMomentOfTheWriteSendsNothing() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        Outcome<UserControlMessage> outcome = room.now(users.run(CONSENT, () -> Optional.of("too old")));
        assertThat(outcome.commandResult()).isEqualTo(new CommandResult.Refused("too old", -1));
        assertThat(asked).isEmpty();
        assertThat(users.isRunning()).isFalse();
        assertThat(room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void aControlPointThatIsNotThereIsARefusal() {
        ControlPointClient<UserControlMessage> users =
                new ControlPointClient<>(gatt, Gatt.channel("181d", "2a9f"), ControlPointForms.users());
        assertThat(room.now(users.open())).isFalse();
        assertThat(room.now(users.run(CONSENT)).failure()).get().asString().contains("no control point");
    }

    @Test
    void moreRequestsThanCanWaitAreRefused() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        for (int i = 0; i <= ControlPointClient.MAX_WAITING; i++) {
            users.run(CONSENT);
        }
        assertThat(room.now(users.run(CONSENT)).failure()).contains("too many requests wait for the device");
    }

    @Test
    void whatWaitsFailsWithTheLink() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        CompletionStage<Outcome<UserControlMessage>> first = users.run(CONSENT);
        CompletionStage<Outcome<UserControlMessage>> second = users.run(CONSENT);
        room.clock.runUntilIdle();
        device.disconnect();
        assertThat(room.fault(first)).isInstanceOf(LinkException.class);
        assertThat(room.fault(second)).isInstanceOf(LinkException.class);
        assertThat(room.fault(users.run(CONSENT))).isInstanceOf(LinkException.class);
        assertThat(asked).hasSize(1);
        assertThat(room.clock.waiting()).as("timers left").isZero();
    }

    @Test
    void anAnswerThatComesTwiceEndsOneRequestOnly() {
        ControlPointClient<UserControlMessage> users = opened(USERS, ControlPointForms.users());
        answers.add(() -> {
            indicate(USERS, "200201");
            indicate(USERS, "200201");
        });
        CompletionStage<Outcome<UserControlMessage>> both = users.run(CONSENT).thenCompose(done -> users.run(CONSENT));
        room.clock.runUntilIdle();
        assertThat(both.toCompletableFuture())
                .as("the second has no answer of its own")
                .isNotDone();
        indicate(USERS, "200205");
        assertThat(room.now(both).commandResult()).isEqualTo(new CommandResult.Refused("user not authorized", 5));
    }

    private static SpecificOpsMessage startSession() {
        return SpecificOpsMessage.of(new SpecificOpsMessage.Plain(SpecificOpsCode.START_SESSION));
    }

    @Test
    void checkSumsAreWrittenAndAWrongOneIsNoAnswer() {
        ControlPointClient<SpecificOpsMessage> ops = opened(OPS, ControlPointForms.specificOps(E2eContext.PRESENT));
        CompletionStage<Outcome<SpecificOpsMessage>> start = ops.run(startSession());
        room.clock.runUntilIdle();
        assertThat(asked).containsExactly(withCrc("1A"));
        indicate(OPS, "1C1A010000");
        assertThat(start.toCompletableFuture()).isNotDone();
        assertThat(context.refused).singleElement().asString().contains("wrong check sum");
        indicate(OPS, withCrc("1C1A01"));
        assertThat(room.now(start).answered()).isPresent();
    }

    @Test
    void anAnswerThatDidNotProveItselfIsNotUsed() {
        ControlPointClient<SpecificOpsMessage> ops = opened(OPS, ControlPointForms.specificOps(E2eContext.NOT_KNOWN));
        CompletionStage<Outcome<SpecificOpsMessage>> start = ops.run(startSession());
        room.clock.runUntilIdle();
        indicate(OPS, "1C1A010000");
        assertThat(start.toCompletableFuture()).isNotDone();
        assertThat(context.odd).last().asString().contains("did not prove itself");
    }

    @Test
    void countersAreWrittenAndARepeatedOneIsDropped() {
        ControlPointClient<StatusReaderMessage> reader =
                opened(STATUS, ControlPointForms.statusReader(InsulinContext.of(E2eContext.PRESENT)));
        StatusReaderMessage request = StatusReaderMessage.of(Op.GET_ACTIVE_BOLUS_IDS, new Empty());
        CompletionStage<Outcome<StatusReaderMessage>> first = reader.run(request);
        room.clock.runUntilIdle();
        indicate(STATUS, withCrc("3F030001"));
        assertThat(room.now(first).answered()).isPresent();
        CompletionStage<Outcome<StatusReaderMessage>> second = reader.run(request);
        room.clock.runUntilIdle();
        assertThat(asked).containsExactly(withCrc("300301"), withCrc("300302"));
        indicate(STATUS, withCrc("3F030001"));
        assertThat(second.toCompletableFuture()).isNotDone();
        assertThat(context.odd).last().asString().contains("came twice");
        indicate(STATUS, withCrc("3F030004"));
        assertThat(room.now(second).answered()).isPresent();
        assertThat(context.odd).last().asString().contains("2 values are missing");
    }
}
