/**
 * How a device comes to a certificate and to the next one: requests, the client's side of EST, and a small server for tests and
 * demonstrations.
 * Applications that provision devices enter.
 * What certificates are worth in a handshake stays out.
 */
@NullMarked
package org.openiomt.security.identity.enrolment;

import org.jspecify.annotations.NullMarked;
