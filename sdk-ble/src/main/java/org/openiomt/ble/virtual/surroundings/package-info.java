/**
 * What surrounds a patient, without hardware: phone, asset tag, room sensor; and small services that any peripheral can have, each
 * added by its constructor. Applications, examples and tests enter. The air, and what all devices share, is in the package above.
 */
@NullMarked
package org.openiomt.ble.virtual.surroundings;

import org.jspecify.annotations.NullMarked;
