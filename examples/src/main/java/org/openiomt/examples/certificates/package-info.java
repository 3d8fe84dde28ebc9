/**
 * Certificates for the demonstration: a development authority and the identities that it issues.
 * The demo, the tests and the certificates command enter. Production identities stay out.
 */
@NullMarked
package org.openiomt.examples.certificates;

import org.jspecify.annotations.NullMarked;
