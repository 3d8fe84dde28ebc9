/**
 * The links of the core over secure connections: who has authenticated as a device is found, read, written and heard like one in
 * the air. A gateway's {@code SecureTransport} and a device's {@code SecureDevice} enter; sockets and sessions stay in {@code net}.
 * The messages are those of docs/secure-link.md.
 */
@NullMarked
package org.openiomt.security.net.link;

import org.jspecify.annotations.NullMarked;
