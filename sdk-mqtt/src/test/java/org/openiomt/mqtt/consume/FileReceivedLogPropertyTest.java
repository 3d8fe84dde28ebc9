package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.mqtt.consume.ReceivedLog.Known;

class FileReceivedLogPropertyTest {
    private static final List<String> DEVICES = List.of("cuff", "scale", "oximeter");

    @Property(tries = 40)
    void aFileThatEndsAnywhereKnowsWhatStandsBeforeAndNothingElse(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 60) Integer> numbers,
            @ForAll @IntRange(min = 0, max = 4_000) int cut)
            throws Exception {
        Path folder = Files.createTempDirectory("received");
        Path path = folder.resolve("log");
        List<Long> ends = write(path, numbers);
        byte[] octets = Files.readAllBytes(path);
        int length = Math.max(8, octets.length - cut % octets.length);
        Files.write(path, java.util.Arrays.copyOf(octets, length));
        try (FileReceivedLog log = FileReceivedLog.open(path)) {
            for (int i = 0; i < numbers.size(); i++) {
                if (ends.get(i) <= length) {
                    assertThat(log.known(delivery(numbers.get(i)))).isEqualTo(Known.TAKEN);
                }
            }
            assertKnowsNothingElse(log, numbers);
            assertThat(log.damagedOctets()).isZero();
        } finally {
            delete(folder);
        }
    }

    /** To know what was not taken would be a loss. */
    @Property(tries = 60)
    void whateverIsDamagedNothingIsKnownThatWasNotTaken(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 60) Integer> numbers,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int flips)
            throws Exception {
        Path folder = Files.createTempDirectory("received");
        Path path = folder.resolve("log");
        write(path, numbers);
        byte[] octets = Files.readAllBytes(path);
        Random random = new Random(seed);
        for (int i = 0; i < flips; i++) {
            octets[8 + random.nextInt(octets.length - 8)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(path, octets);
        try (FileReceivedLog log = FileReceivedLog.open(path)) {
            assertKnowsNothingElse(log, numbers);
        } finally {
            delete(folder);
        }
    }

    private static void assertKnowsNothingElse(FileReceivedLog log, List<Integer> numbers) {
        for (int n = 1; n <= 60; n++) {
            if (!numbers.contains(n)) {
                assertThat(log.known(delivery(n))).isEqualTo(Known.NOTHING);
            }
        }
    }

    /** Returns where the file ended after each. */
    private static List<Long> write(Path path, List<Integer> numbers) throws Exception {
        List<Long> ends = new ArrayList<>();
        try (FileReceivedLog log = FileReceivedLog.open(path)) {
            for (int n : numbers) {
                log.remember(delivery(n)).toCompletableFuture().get(10, TimeUnit.SECONDS);
                ends.add(Files.size(path));
            }
        }
        return ends;
    }

    private static Delivery delivery(int n) {
        return Taken.delivery(DEVICES.get(n % DEVICES.size()), n % 5, n);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
