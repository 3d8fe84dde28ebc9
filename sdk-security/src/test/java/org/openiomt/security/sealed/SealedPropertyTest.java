package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.sealed.Ward.CUFF;
import static org.openiomt.security.sealed.Ward.PUBLISHER;
import static org.openiomt.security.sealed.Ward.TOPIC;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.openiomt.core.IomtException;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.outbox.OutboxEntry;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;

class SealedPropertyTest {
    private static final int CHUNK = 65_536;
    private static final int SEALED_CHUNK = 4 + CHUNK + 16 + 64;
    private static final byte[] CONTENT = new byte[3 * CHUNK];
    private static final ReaderKey READER = ReaderKey.generate(SealedSuite.X25519_MLKEM768);
    private static final SealedObjects OBJECTS = new SealedObjects(SealedSuite.X25519);
    private static Path folder = Path.of("");
    private static List<OutboxEntry> entries = List.of();
    private static byte[] header = {};
    private static byte[] message = {};
    private static byte[] object = {};
    private static byte[] otherObject = {};
    private static PublicKey publisher = OBJECTS.signer.publicKey();

    @BeforeContainer
    static void prepare() throws IOException {
        new Random(1).nextBytes(CONTENT);
        object = OBJECTS.seal("scan", CONTENT);
        otherObject = OBJECTS.seal("scan", CONTENT);
        folder = Files.createTempDirectory("sealed");
        try (Ward ward = new Ward(folder, READER.publicKey())) {
            entries = ward.store(80, 81, 300);
            header = ward.announcement(entries.get(0)).octets();
            message = ward.publisher.message(TOPIC, entries);
            publisher = ward.signer.publicKey();
        }
    }

    @AfterContainer
    static void clean() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static SealedReader reader() {
        return SealedReader.of(READER, Map.of(PUBLISHER, List.of(publisher)));
    }

    private static List<Long> open(SealedReader reader) {
        return reader.check(PUBLISHER, TOPIC, CUFF, message).open().orElseThrow().items().stream()
                .peek(ObservationMessage.Item::observation)
                .map(ObservationMessage.Item::sequence)
                .toList();
    }

    @Property
    void anyFlippedBitOfAMessageIsRefusedAndChangesNothing(@ForAll @IntRange(max = 1 << 20) int at) {
        SealedReader reader = reader();
        reader.learn(PUBLISHER, header);
        byte[] flipped = Ward.flipped(message, at % (message.length * 8));

        assertThatThrownBy(() -> reader.check(PUBLISHER, TOPIC, CUFF, flipped))
                .isInstanceOfAny(AuthenticationException.class, DecodeException.class);
        assertThat(open(reader)).containsExactly(1L, 2L, 3L);
    }

    @Property
    void anyFlippedBitOfAHeaderIsRefusedAndChangesNothing(@ForAll @IntRange(max = 1 << 20) int at) {
        SealedReader reader = reader();
        byte[] flipped = Ward.flipped(header, at % (header.length * 8));

        assertThatThrownBy(() -> reader.learn(PUBLISHER, flipped))
                .isInstanceOfAny(AuthenticationException.class, DecodeException.class);
        assertThat(reader.check(PUBLISHER, TOPIC, CUFF, message).open()).isEmpty();
        reader.learn(PUBLISHER, header);
        assertThat(open(reader)).containsExactly(1L, 2L, 3L);
    }

    @Property
    void anyFlippedBitOfARecordInTheOutboxIsRefusedAndSpoilsNoOther(@ForAll @IntRange(max = 1 << 20) int at) {
        SealedRecord record = SealedRecord.parse(entries.get(1).record().payload());
        EpochHeader epoch = EpochHeader.parse(header);
        try (ContentKey key = ContentKey.of(epoch.unwrap(READER).orElseThrow())) {
            byte[] flipped = Ward.flipped(record.sealed(), at % (record.sealed().length * 8));
            assertThatThrownBy(() -> SealedRecord.open(epoch, key, record.number(), TOPIC, CUFF.value(), flipped))
                    .isInstanceOf(AuthenticationException.class);
            assertThat(SealedRecord.open(epoch, key, record.number(), TOPIC, CUFF.value(), record.sealed()))
                    .isEqualTo(Ward.record(81).payload());
        }
    }

    @Property
    void anyCutIsRefused(@ForAll @IntRange(max = 1 << 20) int at) {
        SealedReader reader = reader();
        byte[] cutMessage = Arrays.copyOf(message, at % message.length);
        byte[] cutHeader = Arrays.copyOf(header, at % header.length);
        assertThatThrownBy(() -> reader.check(PUBLISHER, TOPIC, CUFF, cutMessage))
                .isInstanceOfAny(AuthenticationException.class, DecodeException.class);
        assertThatThrownBy(() -> reader.learn(PUBLISHER, cutHeader)).isInstanceOf(DecodeException.class);
    }

    @Property
    void anyOctetsAreRefusedByOneOfTwoExceptions(@ForAll byte[] octets, @ForAll boolean isVersioned) {
        byte[] given = octets.clone();
        if (isVersioned && given.length > 0) {
            given[0] = 1;
        }
        assertThatThrownBy(() -> reader().check(PUBLISHER, TOPIC, CUFF, given)).isInstanceOf(IomtException.class);
        assertThatThrownBy(() -> reader().learn(PUBLISHER, given)).isInstanceOf(IomtException.class);
        assertThatThrownBy(() -> OBJECTS.open("scan", given)).isInstanceOf(IomtException.class);
    }

    @Property
    void whatIsSignedIsReadAgain(
            @ForAll @LongRange(max = EpochHeader.MAX_NUMBER) long keyEpoch,
            @ForAll @LongRange(max = Long.MAX_VALUE) long epoch,
            @ForAll @Size(max = 20) List<@IntRange(min = 1) Integer> steps) {
        List<SealedMessage.Frame> frames = new ArrayList<>();
        long sequence = 0;
        for (int step : steps) {
            sequence += step;
            frames.add(new SealedMessage.Frame(sequence, step, new byte[step % 300]));
        }
        SealedMessage written = new SealedMessage(keyEpoch, epoch, frames);
        byte[] octets = written.sign(OBJECTS.signer, PUBLISHER, TOPIC, "cuff-1");

        SealedMessage read = SealedMessage.parse(octets);
        assertThat(read.keyEpoch()).isEqualTo(keyEpoch);
        assertThat(read.epoch()).isEqualTo(epoch);
        assertThat(read.frames()).usingRecursiveComparison().isEqualTo(frames);
        assertThat(SealedMessage.isSigned(octets, List.of(OBJECTS.signer.publicKey()), PUBLISHER, TOPIC, "cuff-1"))
                .isTrue();
    }

    @Property(tries = 60)
    void anyChunkingOfAStreamGivesTheSame(
            @ForAll @IntRange(max = 3 * CHUNK) int length,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 2 * CHUNK) Integer> writes,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 2 * CHUNK) Integer> reads)
            throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (SealedOutputStream out = OBJECTS.sealer(sealed, "scan")) {
            for (int at = 0, i = 0; at < length; i++) {
                int part = Math.min(writes.get(i % writes.size()), length - at);
                out.write(content, at, part);
                at += part;
            }
            out.finish();
        }
        ByteArrayOutputStream opened = new ByteArrayOutputStream();
        try (InputStream in = OBJECTS.opener("scan", sealed.toByteArray())) {
            for (int i = 0; ; i++) {
                byte[] part = in.readNBytes(reads.get(i % reads.size()));
                if (part.length == 0) {
                    break;
                }
                opened.write(part);
            }
        }
        assertThat(opened.toByteArray()).isEqualTo(content);
    }

    /** Chunks 0 to 2 are those of the object, 3 to 5 those of another of the same name, publisher and length. */
    @Property(tries = 300)
    void onlyItsOwnChunksInTheirOrderMakeAnObject(@ForAll @Size(max = 6) List<@IntRange(max = 5) Integer> chosen)
            throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(object, 0, object.length - 3 * SEALED_CHUNK);
        for (int chunk : chosen) {
            byte[] from = chunk < 3 ? object : otherObject;
            joined.write(from, from.length - (3 - chunk % 3) * SEALED_CHUNK, SEALED_CHUNK);
        }
        ByteArrayOutputStream opened = new ByteArrayOutputStream();
        boolean isWhole;
        try (InputStream in = OBJECTS.opener("scan", joined.toByteArray())) {
            in.transferTo(opened);
            isWhole = true;
        } catch (AuthenticationException e) {
            isWhole = false;
        }
        assertThat(isWhole).isEqualTo(chosen.equals(List.of(0, 1, 2)));
        assertThat(opened.toByteArray())
                .as("nothing has left but the beginning of the object")
                .isEqualTo(Arrays.copyOf(CONTENT, opened.size()));
    }

    @Property(tries = 200)
    void anyFlippedBitOfAStreamIsRefused(
            @ForAll @IntRange(max = CHUNK + 100) int length, @ForAll @LongRange(max = 1L << 40) long at)
            throws IOException {
        byte[] sealed = OBJECTS.seal("scan", new byte[length]);
        byte[] flipped = Ward.flipped(sealed, (int) (at % (sealed.length * 8L)));
        assertThatThrownBy(() -> OBJECTS.open("scan", flipped)).isInstanceOf(IomtException.class);
    }
}
