/**
 * Live devices, written down as transcripts.
 * The record command enters. Playing stays out.
 */
@NullMarked
package org.openiomt.examples.record;

import org.jspecify.annotations.NullMarked;
