/**
 * Devices near this machine, through its Bluetooth adapter: what is there, what they hold, what they measure.
 * The scan, read and watch commands enter. Brokers and outboxes stay out.
 */
@NullMarked
package org.openiomt.examples.bluetooth;

import org.jspecify.annotations.NullMarked;
