/**
 * One session over any carrier of datagrams: values of a pair of characteristics, messages of a broker, a wire in memory.
 * Whoever has such a carrier enters with a {@code DatagramPort}; sent again and given up is here, by deadlines.
 * The handshake, the frames and the keys are in {@code session}; the carriers' own protocols stay out.
 */
@NullMarked
package org.openiomt.security.carrier;

import org.jspecify.annotations.NullMarked;
