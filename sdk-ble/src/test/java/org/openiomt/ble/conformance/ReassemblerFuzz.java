package org.openiomt.ble.conformance;

import java.util.Arrays;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;

/**
 * A fuzzing target over the reassembler: the input is a stream of packets, each behind an octet with its length. Jazzer calls
 * it, see CONTRIBUTING.md.
 */
public final class ReassemblerFuzz {
    private static final int MAX_SIZE = 512;

    private ReassemblerFuzz() {}

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        Reassembler reassembler = new Reassembler(MAX_SIZE);
        for (int at = 0; at < input.length; ) {
            int end = Math.min(input.length, at + 1 + (input[at] & 0x3F));
            for (Reassembly event : reassembler.accept(Arrays.copyOfRange(input, at + 1, end))) {
                if (event instanceof Reassembly.Whole whole && whole.octets().length > MAX_SIZE) {
                    throw new AssertionError("a value of " + whole.octets().length + " octets");
                }
            }
            at = end;
        }
    }
}
