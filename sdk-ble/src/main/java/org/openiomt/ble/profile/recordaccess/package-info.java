/**
 * The control point through which stored records are asked for, shared by several services.
 * The record access procedure and virtual devices with a memory enter.
 * Waiting, time-outs and the records themselves stay out.
 */
@NullMarked
package org.openiomt.ble.profile.recordaccess;

import org.jspecify.annotations.NullMarked;
