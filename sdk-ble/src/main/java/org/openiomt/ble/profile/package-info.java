/**
 * What every profile shares, and {@link org.openiomt.ble.profile.Profiles}, the only table from UUID to codec.
 * Drivers, virtual devices and tools enter; a package per service family lies below.
 * Links, observations and the MDC nomenclature stay out.
 */
@NullMarked
package org.openiomt.ble.profile;

import org.jspecify.annotations.NullMarked;
