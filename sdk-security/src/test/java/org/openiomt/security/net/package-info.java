@NullMarked
package org.openiomt.security.net;

import org.jspecify.annotations.NullMarked;
