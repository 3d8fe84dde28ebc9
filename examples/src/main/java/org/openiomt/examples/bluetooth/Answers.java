package org.openiomt.examples.bluetooth;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openiomt.core.IomtException;
import org.openiomt.examples.cli.CommandFailedException;

/** Waits for what a device or BlueZ says. */
final class Answers {
    private Answers() {}

    /**
     * Returns the answer.
     *
     * @param what is waited for, for the message
     * @throws IomtException when the answer is that fault
     * @throws CommandFailedException when none comes in time
     */
    static <T> T of(CompletionStage<T> answer, Duration within, String what) {
        try {
            return answer.toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IomtException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new CommandFailedException(what + " did not come within " + within.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while waiting for " + what, e);
        }
    }
}
