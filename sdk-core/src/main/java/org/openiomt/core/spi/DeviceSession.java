package org.openiomt.core.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;

/** A driver at work on one open link. All calls come from the device's mailbox, one at a time. */
public interface DeviceSession {
    /**
     * Runs a command that has passed policy, expiry and audit.
     *
     * @return the device's answer; fails only when the link breaks
     */
    default CompletionStage<CommandResult> execute(Command command) {
        return CompletableFuture.completedFuture(
                new CommandResult.Refused("the driver knows no command '" + command.name() + "'", -1));
    }

    /**
     * Lets go of what the driver holds. Readings that it still has can be offered now and never after. The link is closed by
     * the gateway, or lost already. Called once.
     */
    default void close() {}
}
