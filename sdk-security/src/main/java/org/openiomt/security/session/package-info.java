/**
 * Frames that only the peer can open: session keys, the cipher, the replay window.
 * Whoever guards a link enters, with keys from a pre-shared key or from a handshake.
 * Who the peer is, and how the frames travel, stay out.
 */
@NullMarked
package org.openiomt.security.session;

import org.jspecify.annotations.NullMarked;
