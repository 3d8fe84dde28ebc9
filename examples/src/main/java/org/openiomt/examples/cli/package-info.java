/**
 * What the commands have in common: exit codes, faults a user can mend, a clean end by signal.
 * Every story enters. Anything of a single story stays out.
 */
@NullMarked
package org.openiomt.examples.cli;

import org.jspecify.annotations.NullMarked;
