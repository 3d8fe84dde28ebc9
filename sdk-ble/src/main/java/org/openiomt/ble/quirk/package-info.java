/**
 * What known devices do otherwise than the standard says, as data.
 * Drivers ask for the quirks of their device; whoever has a capture adds a row.
 * Codecs stay out: they read what the standard says, and know no make.
 */
@NullMarked
package org.openiomt.ble.quirk;

import org.jspecify.annotations.NullMarked;
