package org.openiomt.ble.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Something that is fuzzed by itself. */
interface FuzzTarget {

    /** Returns its name, by which {@link FuzzTargets#named} finds it again. */
    String name();

    /** Returns what it calls, for people. */
    List<String> members();

    /**
     * Takes an input of the fuzzer's making, of any length.
     *
     * @throws RuntimeException when the library fails in another way than it promises
     * @throws AssertionError when what comes out breaks a law
     */
    void accept(byte[] input);

    /** Returns inputs to begin with. */
    Stream<byte[]> seeds();
}
