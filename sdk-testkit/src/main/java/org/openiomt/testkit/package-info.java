/**
 * What tests of devices and outboxes need: time in the test's hand, faulty links, test kits to extend (JUnit 5).
 * Tests of every module and of vendors enter. Production code stays out.
 */
@NullMarked
package org.openiomt.testkit;

import org.jspecify.annotations.NullMarked;
