/**
 * The log of what must be accounted for: entries in a Merkle tree, signed checkpoints, proofs, files, and who checks them.
 * Gateways write to it through the core's {@code AuditSink}; auditors and their tools verify it.
 * What is worth an entry stays out: that is the closed list in the core's model.
 */
@NullMarked
package org.openiomt.security.audit;

import org.jspecify.annotations.NullMarked;
