/**
 * The only table of medical device codes and units, with their UCUM and LOINC counterparts.
 * Drivers, payloads and displays enter. Values and conversions of readings stay out.
 */
@NullMarked
package org.openiomt.core.nomenclature;

import org.jspecify.annotations.NullMarked;
