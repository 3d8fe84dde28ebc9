/**
 * The root of the core module: the exception that all of this library's exceptions extend.
 * Everybody may enter. Everything else has a package of its own.
 */
@NullMarked
package org.openiomt.core;

import org.jspecify.annotations.NullMarked;
