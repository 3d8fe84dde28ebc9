@NullMarked
package org.openiomt.security.primitive;

import org.jspecify.annotations.NullMarked;
