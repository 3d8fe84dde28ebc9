/**
 * The application's side of the broker: observations in the order of each device, without repeats, gaps made visible.
 * Applications enter. What is done with an observation stays out.
 */
@NullMarked
package org.openiomt.mqtt.consume;

import org.jspecify.annotations.NullMarked;
