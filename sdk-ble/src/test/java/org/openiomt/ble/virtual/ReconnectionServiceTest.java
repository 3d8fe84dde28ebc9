package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.ReconnectionService.CONTROL_POINT;
import static org.openiomt.ble.virtual.ReconnectionService.FEATURES;
import static org.openiomt.ble.virtual.ReconnectionService.SETTINGS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.reconnection.ConnectionParameters;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures.Feature;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Body;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Choice;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.ParameterAnswer;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Plain;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Proposal;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Response;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.SetTimer;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.TimerAnswer;
import org.openiomt.ble.profile.reconnection.ReconnectionResult;
import org.openiomt.ble.profile.reconnection.ReconnectionSettings;
import org.openiomt.ble.profile.reconnection.ReconnectionSettings.Setting;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.wire.Remainder;

class ReconnectionServiceTest {
    private final ManualAir room = new ManualAir();
    private final VirtualCuff cuff = new VirtualCuff(room.air, "cuff-1");
    private final ReconnectionService service =
            new ReconnectionService(cuff.peripheral(), EnumSet.allOf(Feature.class));

    private Central connect() {
        return new Central(room, cuff.peripheral(), SETTINGS, CONTROL_POINT);
    }

    private Body ask(Central central, Body request) {
        return central.ask(
                        CONTROL_POINT,
                        ReconnectionMessage.codec(service.e2e()),
                        new ReconnectionMessage(request, E2eCheck.sound(), Remainder.NONE))
                .body();
    }

    private static Response response(int opCode, ReconnectionResult result) {
        return new Response(opCode, result.code(), OptionalInt.empty());
    }

    private static ConnectionParameters only(int index, int code) {
        List<Integer> codes = new ArrayList<>(Collections.nCopies(8, ConnectionParameters.NONE));
        codes.set(index, code);
        return new ConnectionParameters(codes);
    }

    private static Proposal propose(ConnectionParameters parameters) {
        return new Proposal(Body.PROPOSE_SETTINGS, parameters);
    }

    @Test
    void itsFeaturesDecideHowTheRestIsProtected() {
        ReconnectionFeatures features = connect().read(FEATURES, ReconnectionFeatures.CODEC);

        assertThat(features.supports()).isEqualTo(EnumSet.allOf(Feature.class));
        assertThat(features.context()).isEqualTo(service.e2e()).isEqualTo(E2eContext.PRESENT);
    }

    @Test
    void aProposalWithinTheLimitsIsTaken() {
        Central central = connect();
        ParameterAnswer before = (ParameterAnswer) ask(central, new Plain(Body.GET_ACTUAL_PARAMETERS));

        assertThat(ask(central, propose(only(3, 7))))
                .isEqualTo(response(Body.PROPOSE_SETTINGS, ReconnectionResult.ACCEPTED));

        List<Integer> expected = new ArrayList<>(before.parameters().codes());
        expected.set(3, 7);
        assertThat(ask(central, new Plain(Body.GET_ACTUAL_PARAMETERS)))
                .isEqualTo(new ParameterAnswer(Body.GET_ACTUAL_PARAMETERS, new ConnectionParameters(expected)));
        assertThat(service.actual().codes()).isEqualTo(expected);
        assertThat(ask(central, propose(only(0, ConnectionParameters.TIMEOUT_OFF))))
                .isEqualTo(response(Body.PROPOSE_SETTINGS, ReconnectionResult.ACCEPTED));
    }

    @Test
    void aProposalBeyondTheLimitsNamesWhatFailed() {
        Central central = connect();
        ParameterAnswer most = (ParameterAnswer) ask(central, new Plain(Body.GET_MAX_VALUES));
        ParameterAnswer least = (ParameterAnswer) ask(central, new Plain(Body.GET_MIN_VALUES));
        assertThat(most.parameters().codes().get(4)).isEqualTo(3_200);
        assertThat(least.parameters().codes().get(4)).isEqualTo(10);
        ConnectionParameters before = service.actual();

        assertThat(ask(central, propose(only(4, 9))))
                .isEqualTo(new Response(
                        Body.PROPOSE_SETTINGS, ReconnectionResult.OUT_OF_RANGE.code(), OptionalInt.of(0x10)));
        assertThat(ask(central, propose(only(1, 3_000))))
                .isEqualTo(new Response(
                        Body.PROPOSE_SETTINGS, ReconnectionResult.INVALID_COMBINATION.code(), OptionalInt.of(0x06)));
        assertThat(service.actual()).isEqualTo(before);
    }

    @Test
    void storedSettingsAreToldAndActivated() {
        Central central = connect();
        assertThat(ask(central, new Choice(Body.GET_STORED_VALUES, 0)))
                .isEqualTo(response(Body.GET_STORED_VALUES, ReconnectionResult.OP_CODE_NOT_SUPPORTED));
        ConnectionParameters slow = new ConnectionParameters(List.of(60, 800, 800, 4, 600, 1_600, 10, 60));
        service.store(slow);

        assertThat(ask(central, new Choice(Body.GET_STORED_VALUES, 0)))
                .isEqualTo(new ParameterAnswer(Body.GET_STORED_VALUES, slow));
        assertThat(ask(central, new Choice(Body.ACTIVATE_STORED_SETTINGS, 1)))
                .isEqualTo(response(Body.ACTIVATE_STORED_SETTINGS, ReconnectionResult.INVALID_OPERAND));
        assertThat(ask(central, new Choice(Body.ACTIVATE_STORED_SETTINGS, 0)))
                .isEqualTo(response(Body.ACTIVATE_STORED_SETTINGS, ReconnectionResult.SUCCESS));
        assertThat(service.actual()).isEqualTo(slow);
    }

    @Test
    void settingsAreSwitchedAndNotified() {
        Central central = connect();
        ask(central, Choice.on(Body.UPGRADE_TO_LESC_ONLY));
        ask(central, Choice.on(Body.SWITCH_OOB_PAIRING));
        ask(central, Choice.off(Body.SWITCH_OOB_PAIRING));
        ask(central, new Choice(Body.SET_ADVERTISEMENT_CONFIGURATION, 2));
        assertThat(ask(central, new Choice(Body.LIMITED_ACCESS, 5)))
                .isEqualTo(response(Body.LIMITED_ACCESS, ReconnectionResult.INVALID_OPERAND));
        assertThat(ask(central, new Choice(Body.SET_ADVERTISEMENT_CONFIGURATION, 4)))
                .isEqualTo(response(Body.SET_ADVERTISEMENT_CONFIGURATION, ReconnectionResult.INVALID_OPERAND));

        ReconnectionSettings settings = central.read(SETTINGS, ReconnectionSettings.codec(service.e2e()));
        assertThat(settings.settings()).containsExactly(Setting.LESC_ONLY);
        assertThat(settings.advertisingConfiguration()).isEqualTo(3);
        assertThat(central.heard(SETTINGS, ReconnectionSettings.codec(service.e2e())))
                .hasSize(4)
                .last()
                .isEqualTo(settings);
    }

    @Test
    void theFilterTimerIsSetWithinItsLimits() {
        Central central = connect();

        assertThat(ask(central, new SetTimer(3_601)))
                .isEqualTo(response(Body.SET_FILTER_TIMER, ReconnectionResult.INVALID_OPERAND));
        assertThat(ask(central, new SetTimer(90)))
                .isEqualTo(response(Body.SET_FILTER_TIMER, ReconnectionResult.SUCCESS));
        assertThat(ask(central, new Plain(Body.GET_FILTER_TIMER))).isEqualTo(new TimerAnswer(90, 0, 3_600));
    }

    @Test
    void itDisconnectsWhenItMay() {
        Central central = connect();
        service.ready();
        room.clock.runUntilIdle();
        assertThat(cuff.peripheral().isConnected()).isTrue();
        assertThat(central.read(SETTINGS, ReconnectionSettings.codec(service.e2e()))
                        .settings())
                .containsExactly(Setting.READY_FOR_DISCONNECT);

        ask(central, new Plain(Body.ENABLE_DISCONNECT));
        service.ready();

        assertThat(cuff.peripheral().isConnected()).isFalse();
    }

    @Test
    void whatIsDamagedUnknownOrUnsubscribedIsRefused() {
        Central deaf = new Central(room, cuff.peripheral());
        assertThat(deaf.refused(CONTROL_POINT, new byte[] {1})).isEqualTo(0xFD);
        deaf.listen(CONTROL_POINT);
        assertThat(deaf.refused(CONTROL_POINT, new byte[] {1})).isEqualTo(0x80);
        assertThat(deaf.refused(CONTROL_POINT, new byte[] {1, 0, 0})).isEqualTo(0x81);
        // an answer that names no request is unforeseen to the strict codec, so its octets are compared
        for (Body unknown : List.of(new Plain(13), response(1, ReconnectionResult.SUCCESS))) {
            byte[] request = ReconnectionMessage.codec(service.e2e())
                    .encode(new ReconnectionMessage(unknown, E2eCheck.sound(), Remainder.NONE));
            assertThat(deaf.ask(CONTROL_POINT, request))
                    .startsWith(14, unknown.opCode(), 2)
                    .hasSize(5);
        }
    }

    @Test
    void withoutFeaturesNothingIsSupportedAndNothingProtected() {
        VirtualCuff other = new VirtualCuff(room.air, "cuff-2");
        ReconnectionService bare = new ReconnectionService(other.peripheral(), Set.of());
        Central central = new Central(room, other.peripheral(), CONTROL_POINT);
        assertThat(bare.e2e()).isEqualTo(E2eContext.ABSENT);

        for (int opCode = 0; opCode <= 13; opCode++) {
            byte[] request = new byte[opCode == Body.PROPOSE_SETTINGS ? 17 : opCode == Body.SET_FILTER_TIMER ? 5 : 2];
            request[0] = (byte) opCode;
            assertThat(central.ask(CONTROL_POINT, request)).containsExactly(14, opCode, 2);
        }
    }

    @Test
    void itAnswersAsItIsTold() {
        Central central = connect();
        ConnectionParameters before = service.actual();
        service.answerNext(ReconnectionResult.DEVICE_BUSY);
        assertThat(ask(central, propose(only(3, 7))))
                .isEqualTo(response(Body.PROPOSE_SETTINGS, ReconnectionResult.DEVICE_BUSY));
        service.refuseNextRequest(0x0E);
        assertThat(central.refused(CONTROL_POINT, new byte[] {1})).isEqualTo(0x0E);
        assertThat(service.actual()).isEqualTo(before);
    }
}
