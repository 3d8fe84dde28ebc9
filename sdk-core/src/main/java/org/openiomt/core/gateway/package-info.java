/**
 * The gateway: discovers, matches, supervises sessions, reconnects, queues, delivers, closes.
 * Applications enter. Octets of any protocol stay out.
 */
@NullMarked
package org.openiomt.core.gateway;

import org.jspecify.annotations.NullMarked;
