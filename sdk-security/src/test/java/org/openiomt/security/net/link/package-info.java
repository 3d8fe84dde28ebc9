@NullMarked
package org.openiomt.security.net.link;

import org.jspecify.annotations.NullMarked;
