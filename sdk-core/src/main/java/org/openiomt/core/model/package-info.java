/**
 * What an application sees: observations, commands, device events, all of them immutable values.
 * Everybody may enter. Octets, protocols and drivers stay out.
 */
@NullMarked
package org.openiomt.core.model;

import org.jspecify.annotations.NullMarked;
