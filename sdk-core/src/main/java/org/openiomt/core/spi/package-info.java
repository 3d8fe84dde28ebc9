/**
 * The sockets that others plug into: transports, links, drivers, sinks, frame guards, time.
 * Vendors and the other modules enter. Anything that holds a thread or a policy stays out.
 */
@NullMarked
package org.openiomt.core.spi;

import org.jspecify.annotations.NullMarked;
