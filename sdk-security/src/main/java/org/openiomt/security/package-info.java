/**
 * The door of the security room: where an app gets identities and frame guards.
 * Apps and the examples enter.
 * How keys, certificates and frames work stays out: that is in the packages below.
 */
@NullMarked
package org.openiomt.security;

import org.jspecify.annotations.NullMarked;
