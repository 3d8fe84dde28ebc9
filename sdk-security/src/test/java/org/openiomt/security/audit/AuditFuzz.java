package org.openiomt.security.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.wire.DecodeException;

/**
 * A fuzzing target over the parsers of this package: the first octet of the input chooses the parser, the rest is its input. Jazzer
 * calls it (see CONTRIBUTING.md), looking for anything but a {@link DecodeException}, and for what is not written as it was read.
 */
public final class AuditFuzz {
    private static final int PARSERS = 6;

    private AuditFuzz() {}

    /** Is called once before, so that the time limit of the first input is not spent on loading classes. */
    public static void fuzzerInitialize() {
        seeds().forEach(AuditFuzz::fuzzerTestOneInput);
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
        String text = new String(octets, StandardCharsets.UTF_8);
        try {
            switch ((input[0] & 0xFF) % PARSERS) {
                case 0 -> same(AuditEntry.decode(octets).encode(), octets);
                case 1 -> same(Checkpoint.parse(text).text(), text);
                case 2 -> same(SignedNote.parse(octets).octets(), octets);
                case 3 -> same(InclusionProof.parse(text).toString(), text);
                case 4 -> same(VerifierKey.parse(text).toString(), text);
                default -> read(octets);
            }
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static void same(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("written in another form than it was read");
        }
    }

    private static void same(String written, String read) {
        if (!written.equals(read)) {
            throw new AssertionError("written in another form than it was read");
        }
    }

    /** Reads a whole log, whose records must lie behind one another. */
    private static void read(byte[] octets) {
        try (LogReader reader = LogReader.of(new ByteArrayInputStream(octets))) {
            VerifierKey key = reader.header();
            long end = LogFormat.header(key).length;
            for (LogReader.Next next = reader.next();
                    next == LogReader.Next.ENTRY || next == LogReader.Next.CHECKPOINT;
                    next = reader.next()) {
                if (reader.offset() != end) {
                    throw new AssertionError("a gap before octet " + reader.offset());
                }
                end += LogFormat.RECORD_HEADER + reader.contentLength() + LogFormat.CHECK;
                if (end > octets.length) {
                    throw new AssertionError("more octets than there are");
                }
            }
        } catch (IOException e) {
            throw new AssertionError("an array gives no I/O errors", e);
        }
    }

    /** Returns inputs to begin with: one for each parser. */
    static List<byte[]> seeds() {
        MerkleTree tree = new MerkleTree();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] entry = new AuditEntry(
                            i, Instant.parse("2026-01-01T00:00:00.5Z"), ClockState.UNKNOWN, 1, Logs.command(i))
                    .encode();
            entries.add(entry);
            tree.append(entry);
        }
        VerifierKey key = VerifierKey.parse(VectorFile.lines("signed-note.txt").get(0));
        String checkpoint = Checkpoint.of(key.name(), 5, tree.root()).text();
        SignedNote note =
                new SignedNote(checkpoint, List.of(SignedNote.Signature.of(key, new byte[LogFormat.SIGNATURE])));
        InclusionProof proof = new InclusionProof(Optional.of("aGk="), 2, tree.inclusionProof(2, 5), note);
        byte[] log = LogFormat.header(key);
        for (byte[] entry : entries) {
            ByteBuffer record = ByteBuffer.allocate(entry.length + LogFormat.RECORD_HEADER + LogFormat.CHECK);
            record.put(LogFormat.ENTRY).putShort((short) entry.length).put(entry);
            Logs.mend(record.array());
            log = joined(log, record.array());
        }
        log = joined(log, LogFormat.checkpoint(Checkpoint.parse(checkpoint), new byte[LogFormat.SIGNATURE]));
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] each : List.of(
                entries.get(0), utf8(checkpoint), note.octets(), utf8(proof.toString()), utf8(key.toString()), log)) {
            seeds.add(joined(new byte[] {(byte) seeds.size()}, each));
        }
        return seeds;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
