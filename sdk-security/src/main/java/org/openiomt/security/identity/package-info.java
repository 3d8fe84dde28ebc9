/**
 * Who somebody is: certificates, private keys, whom to trust, and the files that hold them.
 * Everything that opens a TLS connection enters.
 * Frames and session keys stay out.
 */
@NullMarked
package org.openiomt.security.identity;

import org.jspecify.annotations.NullMarked;
