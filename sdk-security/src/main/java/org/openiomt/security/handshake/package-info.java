/**
 * The Noise protocol framework, revision 34: patterns as tables of tokens, suites, and the engine that runs them, also with an
 * ephemeral ML-KEM key beside the ephemeral DH key. Owns the keys until they are split; who may be the peer is decided by
 * {@code identity}, what travels afterwards by {@code session}.
 */
@NullMarked
package org.openiomt.security.handshake;

import org.jspecify.annotations.NullMarked;
