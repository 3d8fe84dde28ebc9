/**
 * What every codec is held to: vectors with their sources, and laws.
 * Tests of profiles enter.
 * Tests of what one profile alone does stay beside it.
 */
@NullMarked
package org.openiomt.ble.conformance;

import org.jspecify.annotations.NullMarked;
