/**
 * Messages and large objects for many readers who may be away: keys of epochs, wrapped to each reader, signed by the publisher.
 * Gateways enter with {@link org.openiomt.security.sealed.SealedPublisher}, applications with {@link
 * org.openiomt.security.sealed.SealedReader}. Sessions between two ends, and brokers, stay out.
 */
@NullMarked
package org.openiomt.security.sealed;

import org.jspecify.annotations.NullMarked;
