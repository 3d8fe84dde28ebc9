/**
 * The sockets of protection from end to end: what seals records before an outbox stores them, and what opens messages.
 * Gateways and applications enter, with the engine of {@code org.openiomt.security.sealed} or another. Keys and ciphers stay out.
 */
@NullMarked
package org.openiomt.core.sealing;

import org.jspecify.annotations.NullMarked;
