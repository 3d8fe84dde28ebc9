/** Files that hold secrets or names: of their owner alone, and written as a whole. Not exported. */
@NullMarked
package org.openiomt.security.file;

import org.jspecify.annotations.NullMarked;
