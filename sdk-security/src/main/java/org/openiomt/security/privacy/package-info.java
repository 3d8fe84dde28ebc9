/**
 * Observations for those who must not know whose they are: keyed pseudonyms, random tokens, the reduction of Safe Harbor.
 * Whoever hands data to a study, a vendor or a test enters.
 * What the law asks of an organisation stays out; so does the statistics of what rare values still tell.
 */
@NullMarked
package org.openiomt.security.privacy;

import org.jspecify.annotations.NullMarked;
