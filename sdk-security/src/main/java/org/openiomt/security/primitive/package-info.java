/**
 * The primitives that everything else here is built of: authenticated ciphers, key agreement, key encapsulation, hashes. Owns
 * the choice of the provider for each, made once and tested with a known answer. No protocol and no identity enters.
 */
@NullMarked
package org.openiomt.security.primitive;

import org.jspecify.annotations.NullMarked;
