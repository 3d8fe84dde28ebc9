/**
 * Store and forward: records that wait, durably and in order, until a sink has taken them.
 * The gateway and uplinks enter. The meaning of a record's payload stays out.
 */
@NullMarked
package org.openiomt.core.outbox;

import org.jspecify.annotations.NullMarked;
