/**
 * Secure sessions over TCP, for devices on Wi-Fi or 5G: a server and a client of messages, and on top of them a transport with
 * links for the gateway and its counterpart on a device. Owns sockets and event loops; what is sent is made by {@code session}.
 */
@NullMarked
package org.openiomt.security.net;

import org.jspecify.annotations.NullMarked;
