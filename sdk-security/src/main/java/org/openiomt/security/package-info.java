/**
 * The door of the security room.
 */
@NullMarked
package org.openiomt.security;

import org.jspecify.annotations.NullMarked;
