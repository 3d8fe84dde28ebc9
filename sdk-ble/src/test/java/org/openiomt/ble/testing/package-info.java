/**
 * What the tests of this module share: an air on a manual clock and the least of a gateway.
 * Tests of drivers and virtual devices enter. Assertions about one device stay out.
 */
@NullMarked
package org.openiomt.ble.testing;

import org.jspecify.annotations.NullMarked;
