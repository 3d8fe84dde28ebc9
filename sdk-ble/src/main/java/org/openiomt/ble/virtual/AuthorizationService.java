package org.openiomt.ble.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.authorization.AuthorizationMessage;
import org.openiomt.ble.profile.authorization.AuthorizationStatus;
import org.openiomt.ble.profile.authorization.AuthorizationStatus.State;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Remainder;

/**
 * The Authorization Control Service, for any peripheral to carry. It joins what is written in packets, splits what it says, and
 * lets sealed values in only when security is established; what the messages of its control point mean, and how values are
 * sealed, the caller says. Any thread may call.
 */
public final class AuthorizationService {
    /** ACS Status. */
    public static final Channel STATUS = Gatt.channel("183d", "2b2f");

    /** ACS Data In. */
    public static final Channel DATA_IN = Gatt.channel("183d", "2b30");

    /** ACS Data Out Notify. */
    public static final Channel DATA_OUT_NOTIFY = Gatt.channel("183d", "2b31");

    /** ACS Data Out Indicate. */
    public static final Channel DATA_OUT_INDICATE = Gatt.channel("183d", "2b32");

    /** ACS Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("183d", "2b33");

    private final VirtualPeripheral peripheral;
    private final SegmentSender segments;
    private final Function<AuthorizationMessage, Optional<AuthorizationMessage>> procedures;
    private final Consumer<byte[]> data;

    // Guarded by this.
    private final Reassembler requests = new Reassembler();
    private final Reassembler values = new Reassembler();
    private AuthorizationStatus status = new AuthorizationStatus(Set.of(State.SECURITY_CONTROLS), 0, Remainder.NONE);

    /**
     * Adds the service to a peripheral to which no central is connected.
     *
     * @param procedures gives the answer to a message of the control point, if it has one; may throw a {@link RefusedException}
     * @param data gets each sealed value that came whole; may throw a {@link RefusedException}
     */
    public AuthorizationService(
            VirtualPeripheral peripheral,
            Function<AuthorizationMessage, Optional<AuthorizationMessage>> procedures,
            Consumer<byte[]> data) {
        this.peripheral = peripheral;
        this.procedures = procedures;
        this.data = data;
        peripheral
                .advertises("183d")
                .add(STATUS, Property.READ, Property.INDICATE)
                .onRead(STATUS, this::statusOctets)
                .add(DATA_IN, Property.WRITE)
                .onWrite(DATA_IN, this::dataWritten)
                .add(DATA_OUT_NOTIFY, Property.NOTIFY)
                .add(DATA_OUT_INDICATE, Property.INDICATE)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .onWrite(CONTROL_POINT, this::requestWritten)
                .onDisconnected(this::end);
        segments = new SegmentSender(peripheral);
    }

    /** Sets what holds, and indicates it. */
    public void status(AuthorizationStatus now) {
        synchronized (this) {
            status = now;
        }
        peripheral.notify(STATUS, statusOctets());
    }

    /** Announces a sealed value by notifications. */
    public void send(byte[] sealed) {
        segments.send(DATA_OUT_NOTIFY, sealed);
    }

    /** Announces a sealed value by indications. */
    public void sendConfirmed(byte[] sealed) {
        segments.send(DATA_OUT_INDICATE, sealed);
    }

    /** Keys end with the connection. */
    private synchronized void end() {
        requests.reset();
        values.reset();
        Set<State> left =
                status.states().contains(State.SECURITY_CONTROLS) ? Set.of(State.SECURITY_CONTROLS) : Set.of();
        status = new AuthorizationStatus(left, status.restrictionMapId(), status.remainder());
    }

    private synchronized byte[] statusOctets() {
        return AuthorizationStatus.CODEC.encode(status);
    }

    private void dataWritten(byte[] packet) {
        synchronized (this) {
            if (!status.states().contains(State.SECURITY_ESTABLISHED)) {
                throw new RefusedException(AttError.INSUFFICIENT_AUTHORIZATION, "no keys are agreed upon");
            }
        }
        joined(values, packet).forEach(data);
    }

    private void requestWritten(byte[] packet) {
        if (!peripheral.isSubscribed(CONTROL_POINT)) {
            throw new RefusedException(ProcedureErrors.COMMON.notSubscribed(), "announcements are off");
        }
        for (byte[] octets : joined(requests, packet)) {
            if (octets.length == 0) {
                throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "a message without an op code");
            }
            byte[] operand = Arrays.copyOfRange(octets, 1, octets.length);
            procedures
                    .apply(new AuthorizationMessage(octets[0] & 0xFF, Opaque.of(operand)))
                    .ifPresent(answer -> segments.send(CONTROL_POINT, octets(answer)));
        }
    }

    private static byte[] octets(AuthorizationMessage answer) {
        byte[] operand = answer.operand().octets();
        byte[] octets = new byte[1 + operand.length];
        octets[0] = (byte) answer.opCode();
        System.arraycopy(operand, 0, octets, 1, operand.length);
        return octets;
    }

    /** Returns the values that a packet completes; a packet that does not follow the one before is refused. */
    private synchronized List<byte[]> joined(Reassembler reassembler, byte[] packet) {
        List<byte[]> whole = new ArrayList<>();
        for (Reassembly event : reassembler.accept(packet)) {
            if (event instanceof Reassembly.Whole value) {
                whole.add(value.octets());
            } else if (event instanceof Reassembly.Loss loss) {
                throw new RefusedException(AttError.WRITE_REQUEST_REJECTED, "a packet is missing: " + loss.reason());
            } else {
                throw new AssertionError(event);
            }
        }
        return whole;
    }
}
