/**
 * Transcripts: what happened between a device and its driver, as text. Recorders write them, a transport plays them.
 * Tests of drivers and command lines enter. What a value means stays out.
 */
@NullMarked
package org.openiomt.testkit.transcript;

import org.jspecify.annotations.NullMarked;
