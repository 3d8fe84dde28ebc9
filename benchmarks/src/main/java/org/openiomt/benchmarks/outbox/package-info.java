/**
 * What appending to the outbox costs, beside a bare file that is forced as often and beside an outbox on SQLite. The latter is here
 * so that its native library comes to nobody who uses this project.
 */
@NullMarked
package org.openiomt.benchmarks.outbox;

import org.jspecify.annotations.NullMarked;
