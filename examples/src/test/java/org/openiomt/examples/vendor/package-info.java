/** The driver of a made-up vendor, as docs/drivers.md shows it. */
@NullMarked
package org.openiomt.examples.vendor;

import org.jspecify.annotations.NullMarked;
