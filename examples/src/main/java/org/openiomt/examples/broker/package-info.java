/**
 * A broker inside this process: Apache Artemis with MQTT only, on loopback, with client certificates.
 * The demo, the tests and the broker command enter. Gateways and applications reach it by its port alone.
 */
@NullMarked
package org.openiomt.examples.broker;

import org.jspecify.annotations.NullMarked;
