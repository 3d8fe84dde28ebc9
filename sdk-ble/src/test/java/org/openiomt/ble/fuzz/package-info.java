/**
 * What a fuzzer calls: every decoder and everything that joins what a device sends piece by piece, each a target of its own.
 * A class of the library is found by its codecs, so that none is forgotten. No class of the fuzzer itself is named here.
 */
@NullMarked
package org.openiomt.ble.fuzz;

import org.jspecify.annotations.NullMarked;
