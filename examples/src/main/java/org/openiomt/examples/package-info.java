/**
 * The command line of the examples: one executable jar, one story a command.
 * Users enter. What a story does stays in the story's own package.
 */
@NullMarked
package org.openiomt.examples;

import org.jspecify.annotations.NullMarked;
