/**
 * Drivers of the standard services, and what decoded values mean as observations.
 * The gateway enters by the service loader, tools by {@link org.openiomt.ble.driver.Mappings}.
 * Octets stay out: a driver sees decoded values only.
 */
@NullMarked
package org.openiomt.ble.driver;

import org.jspecify.annotations.NullMarked;
