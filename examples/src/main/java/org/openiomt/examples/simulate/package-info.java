/**
 * Any number of virtual devices that publish to a broker of the user's.
 * The simulate command enters. The application's side stays out.
 */
@NullMarked
package org.openiomt.examples.simulate;

import org.jspecify.annotations.NullMarked;
