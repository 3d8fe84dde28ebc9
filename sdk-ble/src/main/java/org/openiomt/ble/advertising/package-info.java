/**
 * What devices say without a connection: readings of scales, and the identity of beacons for finding things.
 * Applications that listen to advertisements enter.
 * Connections and their characteristics stay out.
 */
@NullMarked
package org.openiomt.ble.advertising;

import org.jspecify.annotations.NullMarked;
