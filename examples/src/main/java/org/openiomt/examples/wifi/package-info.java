/**
 * Devices that come over Wi-Fi: each dials the gateway and serves itself over a secure session, and the same drivers read it.
 * The wifi command enters. Brokers stay out.
 */
@NullMarked
package org.openiomt.examples.wifi;

import org.jspecify.annotations.NullMarked;
