/**
 * Octets: readers and writers that name each field, codecs, medical floats, check sums.
 * Codecs of every protocol enter. Knowledge of any one protocol stays out.
 */
@NullMarked
package org.openiomt.core.wire;

import org.jspecify.annotations.NullMarked;
