/**
 * Whether a remote static key is acceptable, and whose it is: pins, certificates that sign it, keys from a pairing.
 * A handshake enters with the peer's claim; an application says whom it believes.
 * The handshake itself, and how a claim travels, stay out.
 */
@NullMarked
package org.openiomt.security.identity.peer;

import org.jspecify.annotations.NullMarked;
