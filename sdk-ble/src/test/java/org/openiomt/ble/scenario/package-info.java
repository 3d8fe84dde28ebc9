/** One suite of scenarios with devices, over every way to them that there is. JUnit enters. */
@NullMarked
package org.openiomt.ble.scenario;

import org.jspecify.annotations.NullMarked;
