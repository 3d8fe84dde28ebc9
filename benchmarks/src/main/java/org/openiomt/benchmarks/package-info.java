/**
 * Measurements under JMH, each beside a peer or a limit in the same run.
 * Whoever asks how fast enters. Tests stay out: a number here is never an assertion.
 */
@NullMarked
package org.openiomt.benchmarks;

import org.jspecify.annotations.NullMarked;
