/** A cluster of brokers for tests, here and in the examples. */
@NullMarked
package org.openiomt.kafka.cluster;

import org.jspecify.annotations.NullMarked;
