package org.openiomt.examples.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in reverse order; also when something further cannot be opened. For one thread. */
public final class Open implements AutoCloseable {
    private final Deque<AutoCloseable> stack = new ArrayDeque<>();

    /** Remembers something that was opened, and returns it. */
    public <T extends AutoCloseable> T add(T opened) {
        stack.push(opened);
        return opened;
    }

    /** Closes everything, whatever fails on the way. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!stack.isEmpty()) {
            AutoCloseable last = stack.pop();
            try {
                last.close();
            } catch (Exception e) {
                RuntimeException fault = new CommandFailedException(
                        last.getClass().getSimpleName() + " cannot be closed: " + e.getMessage(), e);
                if (first == null) {
                    first = fault;
                } else {
                    first.addSuppressed(fault);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
