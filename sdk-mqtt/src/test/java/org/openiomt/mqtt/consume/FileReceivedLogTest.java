package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.IomtException;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.mqtt.consume.ReceivedLog.Known;

@Timeout(60)
class FileReceivedLogTest {
    private static final Source CUFF = new Source("s", "g", DeviceId.of("cuff"));

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("received");
    }

    @Test
    void whatWasTakenIsKnownAfterwardsByNumberAndById() throws Exception {
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            assertThat(log.known(Taken.delivery("cuff", 7, 1))).isEqualTo(Known.NOTHING);
            assertThat(log.last(CUFF, Lane.CLINICAL)).isEmpty();
            await(log.remember(Taken.delivery("cuff", 7, 1)));
            await(log.remember(Taken.delivery("cuff", 7, 2)));
            await(log.remember(Taken.delivery("cuff", Lane.WAVEFORM, 7, 90)));
            await(log.remember(Taken.delivery("scale", 8, 3)));
        }
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            assertThat(log.known(Taken.delivery("cuff", 7, 1))).isEqualTo(Known.TAKEN);
            assertThat(log.known(Taken.again("cuff", 9, 2, 1)))
                    .as("the same id under another number")
                    .isEqualTo(Known.TAKEN);
            assertThat(log.known(Taken.again("cuff", 7, 5, 2)))
                    .as("the same number")
                    .isEqualTo(Known.TAKEN);
            assertThat(log.known(Taken.delivery("cuff", 7, 3))).isEqualTo(Known.NOTHING);
            assertThat(log.known(Taken.delivery("oximeter", 7, 1))).isEqualTo(Known.NOTHING);
            assertThat(log.last(CUFF, Lane.CLINICAL)).contains(new ReceivedLog.SequenceNumber(7, 2));
            assertThat(log.last(CUFF, Lane.WAVEFORM)).contains(new ReceivedLog.SequenceNumber(7, 90));
            assertThat(log.damagedOctets()).isZero();
        }
    }

    @Test
    void oneHasItAtATime() {
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            assertThatThrownBy(() -> FileReceivedLog.open(path()))
                    .isInstanceOf(IomtException.class)
                    .hasMessageContaining("somebody else has the memory");
            assertThat(log.damagedOctets()).isZero();
        }
        FileReceivedLog.open(path()).close();
    }

    @Test
    void aFileOfAnotherKindIsRefusedAndStaysAsItWas() throws Exception {
        Files.writeString(path(), "something that somebody needs");
        assertThatThrownBy(() -> FileReceivedLog.open(path()))
                .hasMessageContaining("is no memory of what was received");
        assertThat(path()).hasContent("something that somebody needs");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        FileReceivedLog.open(path()).close();
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void damageCostsOnlyWhatItHitsAndIsTold() throws Exception {
        fill(50);
        byte[] octets = Files.readAllBytes(path());
        octets[octets.length / 2] ^= 1;
        Files.write(path(), octets);
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            long unknown = 0;
            for (int n = 1; n <= 50; n++) {
                unknown += log.known(Taken.delivery("cuff", 7, n)) == Known.TAKEN ? 0 : 1;
            }
            assertThat(unknown).isEqualTo(1);
            assertThat(log.damagedOctets()).isBetween(1L, 64L);
            assertThat(log.last(CUFF, Lane.CLINICAL)).contains(new ReceivedLog.SequenceNumber(7, 50));
            await(log.remember(Taken.delivery("cuff", 7, 51)));
        }
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            assertThat(log.damagedOctets()).as("the file was made anew").isZero();
            assertThat(log.known(Taken.delivery("cuff", 7, 51))).isEqualTo(Known.TAKEN);
        }
    }

    @Test
    void theFileStaysBoundedAndForgetsNoNumber() throws Exception {
        long longest = 0;
        try (FileReceivedLog log = FileReceivedLog.open(path(), 4, 16)) {
            CompletionStage<Void> last = CompletableFuture.completedFuture(null);
            for (int n = 1; n <= 60_000; n++) {
                last = log.remember(Taken.delivery("cuff", 7, n));
                if (n % 1_000 == 0) {
                    await(last);
                    longest = Math.max(longest, Files.size(path()));
                }
            }
        }
        assertThat(longest).isBetween(1L << 19, (1L << 20) + (64 << 10));
        try (FileReceivedLog log = FileReceivedLog.open(path(), 4, 16)) {
            assertThat(log.known(Taken.delivery("cuff", 7, 1))).isEqualTo(Known.TAKEN);
            assertThat(log.known(Taken.again("cuff", 8, 60_000, 1))).isEqualTo(Known.TAKEN);
            assertThat(log.known(Taken.again("cuff", 8, 59_000, 1)))
                    .as("an id beyond the bound")
                    .isEqualTo(Known.NOTHING);
        }
    }

    @Test
    void aFullDiskIsToldAndWhatItCostIsWrittenLater() throws Exception {
        FullDisk disk = new FullDisk();
        try (FileReceivedLog log = FileReceivedLog.open(path(), 16, 16, disk)) {
            await(log.remember(Taken.delivery("cuff", 7, 1)));
            disk.isFull = true;
            assertThat(log.remember(Taken.delivery("cuff", 7, 2)).toCompletableFuture())
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("no space left");
            assertThat(log.known(Taken.delivery("cuff", 7, 2))).isEqualTo(Known.TAKEN);
            disk.isFull = false;
            await(log.remember(Taken.delivery("cuff", 7, 3)));
        }
        try (FileReceivedLog log = FileReceivedLog.open(path(), 16, 16)) {
            for (int n = 1; n <= 3; n++) {
                assertThat(log.known(Taken.delivery("cuff", 7, n))).isEqualTo(Known.TAKEN);
            }
            assertThat(log.damagedOctets()).isZero();
        }
    }

    @Test
    void afterClosingNothingIsRemembered() {
        FileReceivedLog log = FileReceivedLog.open(path());
        log.close();
        log.close();
        assertThat(log.remember(Taken.delivery("cuff", 7, 1)).toCompletableFuture())
                .isCompletedExceptionally();
    }

    private void fill(int count) throws Exception {
        try (FileReceivedLog log = FileReceivedLog.open(path())) {
            for (int n = 1; n <= count; n++) {
                await(log.remember(Taken.delivery("cuff", 7, n)));
            }
        }
    }

    private static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Writes half of what it gets while it is full. */
    private static final class FullDisk implements ReceivedFile.Disk {
        private volatile boolean isFull;

        @Override
        public ReceivedFile.Out open(Path path, boolean isNew) throws IOException {
            ReceivedFile.Out out = MACHINE.open(path, isNew);
            return new ReceivedFile.Out() {
                @Override
                public void write(byte[] octets, long position) throws IOException {
                    if (isFull) {
                        out.write(java.util.Arrays.copyOf(octets, octets.length / 2), position);
                        throw new IOException("no space left on device");
                    }
                    out.write(octets, position);
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }
    }
}
