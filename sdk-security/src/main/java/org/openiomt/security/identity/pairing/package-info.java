/**
 * How two ends that know nothing of each other come to a key: a text or QR code with the whole key, a short code, or digits
 * that a person compares.
 * Applications that let people pair devices enter.
 * The handshake that the key is mixed into, and how messages travel, stay out.
 */
@NullMarked
package org.openiomt.security.identity.pairing;

import org.jspecify.annotations.NullMarked;
