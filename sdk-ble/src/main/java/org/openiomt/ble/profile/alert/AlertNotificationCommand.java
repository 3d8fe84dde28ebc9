package org.openiomt.ble.profile.alert;

import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Alert Notification Control Point, characteristic {@code 0x2A44} of the Alert Notification Service: what a client writes. A
 * server refuses a command that it does not know with the ATT error 0xA0.
 *
 * <pre>
 * field         type   octets  present when  meaning
 * commandCode   uint8  1       always        0 to 5, see {@link Command}; others kept as a raw code
 * categoryCode  uint8  1       always        see {@link AlertCategory}; 255 all; others kept as a raw code
 * </pre>
 *
 * @param commandCode as sent, 0 to 255
 * @param categoryCode as sent, 0 to 255
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/alert-notification-service-1-0/">ANS 1.0, 3.5</a>
 */
public record AlertNotificationCommand(int commandCode, int categoryCode, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<AlertNotificationCommand> CODEC =
            Codec.of(AlertNotificationCommand::read, AlertNotificationCommand::write);

    private static final Codes<Command> COMMANDS = Codes.of("commandCode", Command.class, 0);

    /** What to do, in the order of the codes. */
    public enum Command {
        /** Tell new alerts. */
        ENABLE_NEW_ALERTS,
        /** Tell how many alerts are not read. */
        ENABLE_UNREAD_STATUS,
        /** Tell new alerts no more. */
        DISABLE_NEW_ALERTS,
        /** Tell no more how many alerts are not read. */
        DISABLE_UNREAD_STATUS,
        /** Tell the new alerts now. */
        NOTIFY_NEW_ALERTS_NOW,
        /** Tell now how many alerts are not read. */
        NOTIFY_UNREAD_STATUS_NOW
    }

    /** Checks the ranges. */
    public AlertNotificationCommand {
        COMMANDS.check(commandCode, remainder);
        AlertCategory.check(categoryCode);
    }

    /** Returns a command for a category, or for {@link AlertCategory#ALL}. */
    public static AlertNotificationCommand of(Command command, int categoryCode) {
        return new AlertNotificationCommand(COMMANDS.code(command), categoryCode, Remainder.NONE);
    }

    /** Returns what to do, or empty when the standard reserves the code. */
    public Optional<Command> command() {
        return COMMANDS.meaning(commandCode);
    }

    private static AlertNotificationCommand read(ByteReader in) {
        return new AlertNotificationCommand(COMMANDS.read(in), AlertCategory.read(in), in.remainder(0));
    }

    private static void write(AlertNotificationCommand value, ByteWriter out) {
        COMMANDS.write(out, value.commandCode);
        out.uint8("category", value.categoryCode);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start().put("commandCode", commandCode).put("command", command());
        return AlertCategory.describe(fields, categoryCode).trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
