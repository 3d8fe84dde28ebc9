/**
 * The commands that check and show an audit log, and prove an entry of it.
 * An auditor enters, with a file. How a gateway writes one stays out: that is in the gateway's side.
 */
@NullMarked
package org.openiomt.examples.audit;

import org.jspecify.annotations.NullMarked;
