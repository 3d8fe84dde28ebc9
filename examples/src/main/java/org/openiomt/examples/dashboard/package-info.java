/**
 * A page that shows what arrives at the application: beds with their last readings, traces, devices and an outage.
 * The demo and the replay enter. How readings come here stays out.
 */
@NullMarked
package org.openiomt.examples.dashboard;

import org.jspecify.annotations.NullMarked;
