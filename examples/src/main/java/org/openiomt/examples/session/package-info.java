/** Sessions from end to end through a broker that both ends need not trust. */
@NullMarked
package org.openiomt.examples.session;

import org.jspecify.annotations.NullMarked;
