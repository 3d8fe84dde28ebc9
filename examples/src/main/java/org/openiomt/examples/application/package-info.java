/**
 * The application's side: takes observations from the broker, each once and in order.
 * The demo, the replay and the app command enter. Devices and gateways stay out.
 */
@NullMarked
package org.openiomt.examples.application;

import org.jspecify.annotations.NullMarked;
