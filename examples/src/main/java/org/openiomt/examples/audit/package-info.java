/**
 * The audit logs of the examples: where one is kept, and the commands that check and show it and prove an entry of it.
 * Gateways and applications enter with a folder, auditors with a file. What is written down stays out.
 */
@NullMarked
package org.openiomt.examples.audit;

import org.jspecify.annotations.NullMarked;
