package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.AuthorizationService.CONTROL_POINT;
import static org.openiomt.ble.virtual.AuthorizationService.DATA_IN;
import static org.openiomt.ble.virtual.AuthorizationService.DATA_OUT_INDICATE;
import static org.openiomt.ble.virtual.AuthorizationService.DATA_OUT_NOTIFY;
import static org.openiomt.ble.virtual.AuthorizationService.STATUS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.gatt.Segmenter;
import org.openiomt.ble.profile.authorization.AuthorizationMessage;
import org.openiomt.ble.profile.authorization.AuthorizationStatus;
import org.openiomt.ble.profile.authorization.AuthorizationStatus.State;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.Remainder;

class AuthorizationServiceTest {
    private static final AuthorizationStatus ESTABLISHED =
            new AuthorizationStatus(Set.of(State.SECURITY_CONTROLS, State.SECURITY_ESTABLISHED), 3, Remainder.NONE);

    private final ManualAir room = new ManualAir();
    private final VirtualInsulinPump pump = new VirtualInsulinPump(room.air, "pump-1");
    private final List<AuthorizationMessage> asked = new ArrayList<>();
    private final List<byte[]> sealed = new ArrayList<>();
    private final AuthorizationService service = new AuthorizationService(pump.peripheral(), this::answer, sealed::add);

    private Optional<AuthorizationMessage> answer(AuthorizationMessage request) {
        asked.add(request);
        return request.opCode() == 9
                ? Optional.empty()
                : Optional.of(new AuthorizationMessage(request.opCode() + 1, Opaque.of(new byte[40])));
    }

    private Central connect() {
        pump.peripheral().mtu(23);
        return new Central(room, pump.peripheral(), STATUS, DATA_OUT_NOTIFY, DATA_OUT_INDICATE, CONTROL_POINT);
    }

    private static byte[] message(int opCode, int size) {
        byte[] octets = new byte[size];
        octets[0] = (byte) opCode;
        return octets;
    }

    private static List<byte[]> joined(List<byte[]> packets) {
        Reassembler reassembler = new Reassembler();
        return packets.stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .map(event -> ((Reassembly.Whole) event).octets())
                .toList();
    }

    @Test
    void aMessageInPacketsIsAnsweredInPackets() {
        Central central = connect();
        for (byte[] packet : new Segmenter().split(message(5, 50), 20)) {
            central.write(CONTROL_POINT, packet);
        }

        List<byte[]> answers = joined(central.heard(CONTROL_POINT));

        assertThat(asked).containsExactly(new AuthorizationMessage(5, Opaque.of(new byte[49])));
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0)).hasSize(41).startsWith(6);
    }

    @Test
    void aMessageWithoutAnAnswerHasNone() {
        Central central = connect();
        central.write(CONTROL_POINT, new Segmenter().split(message(9, 1), 20).get(0));

        assertThat(asked).hasSize(1);
        assertThat(central.heard(CONTROL_POINT)).isEmpty();
    }

    @Test
    void aPacketThatDoesNotFollowIsRefusedAndNothingIsDone() {
        Central central = connect();
        List<byte[]> packets = new Segmenter().split(message(5, 50), 20);
        central.write(CONTROL_POINT, packets.get(0));

        assertThat(central.refused(CONTROL_POINT, packets.get(2))).isEqualTo(0xFC);

        assertThat(asked).isEmpty();
        assertThat(central.refused(CONTROL_POINT, new byte[] {})).isEqualTo(0xFC);
    }

    @Test
    void sealedValuesComeInOnlyWhenSecurityIsEstablished() {
        Central central = connect();
        byte[] packet = new Segmenter().split(new byte[] {1, 2, 3}, 20).get(0);
        assertThat(central.refused(DATA_IN, packet)).isEqualTo(0x08);
        service.status(ESTABLISHED);

        central.write(DATA_IN, packet);

        assertThat(sealed).hasSize(1);
        assertThat(sealed.get(0)).containsExactly(1, 2, 3);
        assertThat(central.heard(STATUS, AuthorizationStatus.CODEC)).containsExactly(ESTABLISHED);
    }

    @Test
    void sealedValuesGoOutInPackets() {
        Central central = connect();
        service.send(new byte[45]);
        service.sendConfirmed(new byte[30]);

        assertThat(joined(central.heard(DATA_OUT_NOTIFY)).get(0)).hasSize(45);
        assertThat(joined(central.heard(DATA_OUT_INDICATE)).get(0)).hasSize(30);
    }

    @Test
    void keysEndWithTheConnection() {
        Central central = connect();
        service.status(ESTABLISHED);
        central.link.close();
        room.clock.runUntilIdle();

        AuthorizationStatus status = new Central(room, pump.peripheral()).read(STATUS, AuthorizationStatus.CODEC);

        assertThat(status.states()).containsExactly(State.SECURITY_CONTROLS);
        assertThat(status.restrictionMapId()).isEqualTo(3);
    }

    @Test
    void aRequestBeforeTheSubscriptionIsRefused() {
        assertThat(new Central(room, pump.peripheral()).refused(CONTROL_POINT, new byte[] {3, 5}))
                .isEqualTo(0xFD);
    }
}
