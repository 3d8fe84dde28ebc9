/**
 * Sessions: negotiation, verification at the right message, frames that only the peer can open, renewal of keys, resumption.
 * Whoever has a carrier enters, with settings and with octets that have come; octets and sessions go out.
 * Whether a key is acceptable, and how octets travel, stay out.
 */
@NullMarked
package org.openiomt.security.session;

import org.jspecify.annotations.NullMarked;
