@NullMarked
package org.openiomt.security.handshake;

import org.jspecify.annotations.NullMarked;
