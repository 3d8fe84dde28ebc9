package org.openiomt.security.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.DeviceId;
import org.openiomt.testkit.ManualClock;

/** Logs for tests, and the places of their records. */
final class Logs {
    static final NoteSigner SIGNER = NoteSigner.generate("log.example/ward");

    private Logs() {}

    /**
     * Where a record lies.
     *
     * @param kind an entry or a checkpoint, as {@link LogFormat} has it
     * @param entry the number of the entry, or of the one after the checkpoint
     * @param end the octet behind it
     */
    record Place(byte kind, int entry, int start, int end) {}

    static AuditEvent command(int number) {
        return new AuditEvent(
                AuditEventType.COMMAND_ASKED, Optional.of(DeviceId.of("A1")), "c" + number, "dr-no", "start");
    }

    /** Writes a log: the first entry says that it was opened, the last that it was closed, and those between are commands. */
    static Path write(Path folder, int commands, int perGroup) {
        Path file = folder.resolve("audit.log");
        ManualClock clock = new ManualClock();
        try (AuditLog log = AuditLog.open(file, SIGNER, AuditOptions.defaults().withScheduler(clock))) {
            for (int i = 0; i < commands; i++) {
                log.record(command(i));
                if (i % perGroup == perGroup - 1) {
                    clock.runUntilIdle();
                }
            }
        }
        return file;
    }

    static AuditFile.Verification verify(Path file) {
        return new AuditFile(file).verify(Optional.of(SIGNER.key()), List.of());
    }

    static List<AuditEntry> entries(Path file) {
        List<AuditEntry> entries = new ArrayList<>();
        new AuditFile(file).read(entries::add);
        return entries;
    }

    static List<AuditEventType> types(Path file) {
        return entries(file).stream().map(entry -> entry.event().type()).toList();
    }

    static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts octets into a log's place. */
    static void put(Path file, byte[] octets) {
        try {
            Files.write(file, octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a log, open or not, with its checkpoint. */
    static Path copy(Path file, Path folder) {
        try {
            Path copy = Files.createDirectories(folder).resolve(file.getFileName());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    LogFile.beside(file, ".checkpoint"),
                    LogFile.beside(copy, ".checkpoint"),
                    StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int headerLength(byte[] log) {
        return LogFormat.HEADER_START + ByteBuffer.wrap(log).getShort(LogFormat.HEADER_START - 2) + LogFormat.CHECK;
    }

    static List<Place> places(byte[] log) {
        List<Place> places = new ArrayList<>();
        int entry = 0;
        for (int at = headerLength(log); at < log.length; ) {
            int end = at + LogFormat.RECORD_HEADER + ByteBuffer.wrap(log).getShort(at + 1) + LogFormat.CHECK;
            places.add(new Place(log[at], entry, at, end));
            entry += log[at] == LogFormat.ENTRY ? 1 : 0;
            at = end;
        }
        return places;
    }

    static byte[] record(byte[] log, Place place) {
        return Arrays.copyOfRange(log, place.start(), place.end());
    }

    /** Returns a log of these records behind the same header. */
    static byte[] of(byte[] log, List<byte[]> records) {
        byte[] made = Arrays.copyOf(log, headerLength(log));
        for (byte[] record : records) {
            int at = made.length;
            made = Arrays.copyOf(made, at + record.length);
            System.arraycopy(record, 0, made, at, record.length);
        }
        return made;
    }

    /** Sets a record's check sum right again, as whoever changes a log on purpose does. */
    static void mend(byte[] record) {
        int end = record.length - LogFormat.CHECK;
        ByteBuffer.wrap(record).putInt(end, LogFormat.check(record, 0, end));
    }
}
