/**
 * Procedures: a request to a control point, what comes of it, and its end as a value.
 * Drivers enter. Octets stay in the profiles, and what a record means stays with the driver.
 */
@NullMarked
package org.openiomt.ble.procedure;

import org.jspecify.annotations.NullMarked;
