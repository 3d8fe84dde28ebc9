package org.openiomt.ble.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the fuzzer calls. The property {@code openiomt.fuzz} names the target; without it the first two octets of an input,
 * least significant first, choose one of all, so that the fuzzer itself spends its time where new branches are.
 */
public final class FuzzEntry {
    /** The property that names the target. */
    static final String PROPERTY = "openiomt.fuzz";

    /** The property that names a folder of inputs to begin with, or nothing. */
    static final String SEEDS = "openiomt.fuzz.seeds";

    private static final int SELECTOR = 2;

    private static final List<FuzzTarget> TARGETS =
            System.getProperty(PROPERTY, "").isEmpty()
                    ? FuzzTargets.all()
                    : List.of(FuzzTargets.named(Objects.requireNonNull(System.getProperty(PROPERTY))));

    private FuzzEntry() {}

    /** Is called once before, so that the time limit of an input is not spent on loading classes. */
    public static void fuzzerInitialize() throws IOException {
        TARGETS.forEach(target -> target.accept(new byte[SELECTOR]));
        String folder = System.getProperty(SEEDS, "");
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.toList()) {
                    fuzzerTestOneInput(Files.readAllBytes(file));
                }
            }
        }
    }

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (TARGETS.size() == 1) {
            TARGETS.get(0).accept(input);
        } else if (input.length >= SELECTOR) {
            int which = (input[0] & 0xFF) | (input[1] & 0xFF) << Byte.SIZE;
            TARGETS.get(which % TARGETS.size()).accept(Arrays.copyOfRange(input, SELECTOR, input.length));
        }
    }
}
