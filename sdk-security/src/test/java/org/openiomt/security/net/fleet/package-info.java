@NullMarked
package org.openiomt.security.net.fleet;

import org.jspecify.annotations.NullMarked;
