package org.openiomt.ble.profile.bond;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Bond Management Control Point, characteristic {@code 0x2AA4} of the Bond Management Service: which bonds a server shall
 * forget. A server refuses with the ATT errors 0x80 (op code not supported) and 0x81 (operation failed).
 *
 * <pre>
 * field              type   octets      present when  meaning
 * opCode             uint8  1           always        1 to 9, see {@link Operation}; others kept as a raw code
 * authorizationCode  UTF-8  to the end  octets left   what the server's feature asks for; a secret
 * </pre>
 *
 * @param opCode as sent, 0 to 255
 * @param authorizationCode may be empty; {@code toString} hides it
 * @see <a href="https://www.bluetooth.com/specifications/specs/bond-management-service-1-0-1/">BMS 1.0.1, 3.1</a>
 */
public record BondManagementCommand(int opCode, DeviceText authorizationCode) implements Described {
    /** Reads and writes it. */
    public static final Codec<BondManagementCommand> CODEC =
            Codec.of(BondManagementCommand::read, BondManagementCommand::write);

    private static final Codes<Operation> OPERATIONS = Codes.of("opCode", Operation.class, 1);

    /** Which bonds to forget, in the order of the op codes from 1. */
    public enum Operation {
        /** The bond with the client, on BR/EDR and LE. */
        DELETE_REQUESTING_DEVICE,
        /** The bond with the client, on BR/EDR. */
        DELETE_REQUESTING_DEVICE_BR_EDR,
        /** The bond with the client, on LE. */
        DELETE_REQUESTING_DEVICE_LE,
        /** All bonds, on BR/EDR and LE. */
        DELETE_ALL,
        /** All bonds, on BR/EDR. */
        DELETE_ALL_BR_EDR,
        /** All bonds, on LE. */
        DELETE_ALL_LE,
        /** All bonds but that with the client, on BR/EDR and LE. */
        DELETE_ALL_BUT_ACTIVE,
        /** All bonds but that with the client, on BR/EDR. */
        DELETE_ALL_BUT_ACTIVE_BR_EDR,
        /** All bonds but that with the client, on LE. */
        DELETE_ALL_BUT_ACTIVE_LE
    }

    /** Checks the range. */
    public BondManagementCommand {
        OPERATIONS.check(opCode, Remainder.NONE);
        Objects.requireNonNull(authorizationCode, "authorizationCode");
    }

    /** Returns a command without an authorization code. */
    public static BondManagementCommand of(Operation operation) {
        return new BondManagementCommand(OPERATIONS.code(operation), DeviceText.of(""));
    }

    /** Returns which bonds to forget, or empty when the standard reserves the op code. */
    public Optional<Operation> operation() {
        return OPERATIONS.meaning(opCode);
    }

    private static BondManagementCommand read(ByteReader in) {
        return new BondManagementCommand(OPERATIONS.read(in), DeviceText.read(in, "authorizationCode"));
    }

    private static void write(BondManagementCommand value, ByteWriter out) {
        OPERATIONS.write(out, value.opCode);
        value.authorizationCode.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("opCode", opCode)
                .put("operation", operation())
                .put("authorizationCode", authorizationCode)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
