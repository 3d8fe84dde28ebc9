@NullMarked
package org.openiomt.security;

import org.jspecify.annotations.NullMarked;
