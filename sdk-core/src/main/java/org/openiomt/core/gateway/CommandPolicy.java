package org.openiomt.core.gateway;

import java.util.Optional;
import org.openiomt.core.model.Command;

/** Decides which commands may reach a device. Called on the thread that asks; must be quick. */
@FunctionalInterface
public interface CommandPolicy {
    /** No command may. The default. */
    CommandPolicy DENY_ALL = command -> Optional.of("commands are off: the application has set no policy");

    /** Returns why the command is refused, or empty to let it pass. */
    Optional<String> refusal(Command command);
}
