/** Everything that can go wrong between a device and an application, in random order, with processes that are killed. */
@NullMarked
package org.openiomt.examples.chaos;

import org.jspecify.annotations.NullMarked;
