/**
 * Frames and handshakes beside those of others: noise-java, TLS of the JDK and of BoringSSL. Whoever asks what protection costs enters.
 */
@NullMarked
package org.openiomt.benchmarks.security;

import org.jspecify.annotations.NullMarked;
