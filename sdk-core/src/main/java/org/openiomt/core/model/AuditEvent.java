package org.openiomt.core.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that must be accounted for later: to {@code org.openiomt.core.spi.AuditSink}. Holds names and words of closed lists,
 * and no clinical content: neither a reading nor what a command was to do it with, and none of the reasons that people, devices and
 * faults give in their own words.
 *
 * @param type what happened
 * @param device with which device; empty when with the gateway itself
 * @param subject the name of what it happened to: the id of a command or a key, a channel; empty where the type says all
 * @param actor who asked for it; empty where nobody did
 * @param detail the name of a command, or a word of a closed list; empty where the type says all
 */
public record AuditEvent(AuditEventType type, Optional<DeviceId> device, String subject, String actor, String detail) {
    /** Checks that all are there. */
    public AuditEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(detail, "detail");
    }

    /** Returns an event that concerns no device. */
    public static AuditEvent of(AuditEventType type, String subject) {
        return new AuditEvent(type, Optional.empty(), subject, "", "");
    }

    /** Returns an event that concerns a device. */
    public static AuditEvent of(AuditEventType type, DeviceId device, String subject) {
        return new AuditEvent(type, Optional.of(device), subject, "", "");
    }

    /** Returns that a command was asked for. */
    public static AuditEvent asked(Command command) {
        return command(AuditEventType.COMMAND_ASKED, command, command.name());
    }

    /** Returns how a command ended. */
    public static AuditEvent ended(Command command, CommandResult result) {
        if (result instanceof CommandResult.Done) {
            return command(AuditEventType.COMMAND_DONE, command, "");
        }
        if (result instanceof CommandResult.Refused refused) {
            String who = refused.code() < 0 ? "not by the device" : "by the device, code " + refused.code();
            return command(AuditEventType.COMMAND_REFUSED, command, who);
        }
        if (result instanceof CommandResult.NoAnswer) {
            return command(AuditEventType.COMMAND_UNANSWERED, command, "");
        }
        if (result instanceof CommandResult.Expired) {
            return command(AuditEventType.COMMAND_EXPIRED, command, "");
        }
        throw new AssertionError(result);
    }

    /** Returns that the link broke while a command was under way. */
    public static AuditEvent broken(Command command) {
        return command(AuditEventType.COMMAND_BROKEN, command, "");
    }

    private static AuditEvent command(AuditEventType type, Command command, String detail) {
        return new AuditEvent(type, Optional.of(command.device()), command.id(), command.issuer(), detail);
    }
}
