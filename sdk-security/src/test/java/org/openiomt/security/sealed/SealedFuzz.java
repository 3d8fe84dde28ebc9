package org.openiomt.security.sealed;

import static org.openiomt.security.sealed.Ward.CUFF;
import static org.openiomt.security.sealed.Ward.PUBLISHER;
import static org.openiomt.security.sealed.Ward.TOPIC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;

/**
 * A fuzzing target over everything sealed that comes from strangers: the first octet of the input chooses the parser, the rest is its
 * input. Jazzer calls it (see CONTRIBUTING.md), looking for anything but the two exceptions, and for what is not written as it was read.
 */
public final class SealedFuzz {
    private static final int PARSERS = 6;
    private static final ReaderKey READER = ReaderKey.generate(SealedSuite.X25519);
    private static final SealedObjects OBJECTS = new SealedObjects(SealedSuite.X25519);
    private static final Example EXAMPLE = Example.make();
    private static final SealedReader KNOWING = EXAMPLE.reader();

    /** One header, one record and one message that are good. */
    @SuppressWarnings("ArrayRecordComponent") // octets inside this class
    private record Example(byte[] header, byte[] record, byte[] message, PublicKey publisher) {
        static Example make() {
            try {
                Path folder = Files.createTempDirectory("sealed-fuzz");
                try (Ward ward = new Ward(folder, READER.publicKey())) {
                    List<OutboxEntry> entries = ward.store(80, 81);
                    return new Example(
                            ward.announcement(entries.get(0)).octets(),
                            entries.get(0).record().payload(),
                            ward.publisher.message(TOPIC, entries),
                            ward.signer.publicKey());
                } finally {
                    try (var files = Files.list(folder)) {
                        for (Path file : files.toList()) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        SealedReader reader() {
            SealedReader reader = SealedReader.of(READER, Map.of(PUBLISHER, List.of(publisher)));
            reader.learn(PUBLISHER, header);
            return reader;
        }
    }

    private SealedFuzz() {}

    /** Is called once before, so that the time limit of the first input is not spent on loading classes. */
    public static void fuzzerInitialize() {
        seeds().forEach(SealedFuzz::fuzzerTestOneInput);
    }

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            isTaken(input);
        }
    }

    /** Whether the parser takes its input and does not refuse it. */
    static boolean isTaken(byte[] input) {
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        try {
            switch ((input[0] & 0xFF) % PARSERS) {
                case 0 -> same(EpochHeader.parse(octets).octets(), octets);
                case 1 -> KNOWING.learn(PUBLISHER, octets);
                case 2 -> same(SealedRecord.parse(octets).octets(), octets);
                case 3 -> again(SealedMessage.parse(octets), octets);
                case 4 -> KNOWING.check(PUBLISHER, TOPIC, CUFF, octets).open();
                default -> OBJECTS.open("scan", octets);
            }
            return true;
        } catch (DecodeException | AuthenticationException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The signature is another one: only its holder can make that of the input. */
    private static void again(SealedMessage message, byte[] octets) {
        byte[] written = message.sign(OBJECTS.signer, PUBLISHER, TOPIC, CUFF.value());
        int end = octets.length - 64;
        same(Arrays.copyOf(written, end), Arrays.copyOf(octets, end));
    }

    private static void same(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("written in another form than it was read");
        }
    }

    /** Returns inputs to begin with: a good one for each parser. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        try {
            for (byte[] each : List.of(
                    EXAMPLE.header(),
                    EXAMPLE.header(),
                    EXAMPLE.record(),
                    EXAMPLE.message(),
                    EXAMPLE.message(),
                    OBJECTS.seal("scan", new byte[100]))) {
                byte[] seed = new byte[1 + each.length];
                seed[0] = (byte) seeds.size();
                System.arraycopy(each, 0, seed, 1, each.length);
                seeds.add(seed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }
}
