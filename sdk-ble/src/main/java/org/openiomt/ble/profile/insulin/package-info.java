/**
 * Insulin Delivery Service: status, features, control points, history. Nearly all its codes are Hamming codes, so that no single
 * bit turns one into another, and a device may protect every value with a counter and a check sum.
 * Drivers, virtual devices and tools enter, each with what the feature characteristic said; deciding on doses stays out.
 */
@NullMarked
package org.openiomt.ble.profile.insulin;

import org.jspecify.annotations.NullMarked;
