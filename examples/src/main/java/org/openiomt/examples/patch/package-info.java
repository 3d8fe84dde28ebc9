/**
 * A vendor's own device: a patch that sends an ECG or a pulse wave, its driver, and its virtual twin.
 * The gateway enters through the service loader, the demo through the virtual patch. Standard devices stay out.
 */
@NullMarked
package org.openiomt.examples.patch;

import org.jspecify.annotations.NullMarked;
