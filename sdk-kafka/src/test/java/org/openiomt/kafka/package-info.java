@NullMarked
package org.openiomt.kafka;

import org.jspecify.annotations.NullMarked;
