/**
 * Says what is in a characteristic's octets, for people and for tools.
 * The decode command enters. Links and gateways stay out.
 */
@NullMarked
package org.openiomt.examples.decode;

import org.jspecify.annotations.NullMarked;
