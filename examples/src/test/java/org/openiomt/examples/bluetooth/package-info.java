/** Tests of the commands that talk to devices nearby. */
@NullMarked
package org.openiomt.examples.bluetooth;

import org.jspecify.annotations.NullMarked;
