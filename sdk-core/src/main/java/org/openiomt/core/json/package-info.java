/**
 * Observations as deterministic CBOR with integer keys, and their JSON twin for people.
 * Uplinks, consumers and tools enter. Transports stay out.
 */
@NullMarked
package org.openiomt.core.json;

import org.jspecify.annotations.NullMarked;
