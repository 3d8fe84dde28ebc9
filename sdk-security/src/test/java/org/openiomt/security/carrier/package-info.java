@NullMarked
package org.openiomt.security.carrier;

import org.jspecify.annotations.NullMarked;
