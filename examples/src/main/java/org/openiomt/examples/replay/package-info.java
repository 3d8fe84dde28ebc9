/**
 * Recordings, played again as if the device were here: transcripts of characteristic values and PhysioNet records.
 * The replay command enters. What a value means stays with the drivers.
 */
@NullMarked
package org.openiomt.examples.replay;

import org.jspecify.annotations.NullMarked;
