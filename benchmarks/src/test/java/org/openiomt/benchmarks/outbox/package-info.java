/** The laws of outboxes for the one on SQLite. */
@NullMarked
package org.openiomt.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
