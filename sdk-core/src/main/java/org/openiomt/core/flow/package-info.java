/**
 * Publishers with bounded queues, declared drop policies and counted losses; the mailbox that keeps tasks in order.
 * Transports, the gateway and consumers enter. Knowledge of what is published stays out.
 */
@NullMarked
package org.openiomt.core.flow;

import org.jspecify.annotations.NullMarked;
