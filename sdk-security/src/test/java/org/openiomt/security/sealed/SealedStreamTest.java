package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.sealed.SealedObjects.PUBLISHER;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.IomtException;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

class SealedStreamTest {
    private static final int CHUNK = 65_536;
    private static final int SEALED_CHUNK = 4 + CHUNK + 16 + 64;

    private final SealedObjects objects = new SealedObjects(SealedSuite.X25519);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17})
    void whatIsSealedOpens(int length) throws IOException {
        byte[] content = content(length);
        byte[] sealed = objects.seal("scan", content);

        assertThat(objects.open("scan", sealed)).isEqualTo(content);
        int chunks = Math.max(1, (length + CHUNK - 1) / CHUNK);
        assertThat(sealed).hasSize(objects.headLength(sealed) + length + chunks * (4 + 16 + 64));
    }

    @Test
    void hybridReadersOpenToo() throws IOException {
        SealedObjects hybrid = new SealedObjects(SealedSuite.X25519_MLKEM768);
        assertThat(hybrid.open("scan", hybrid.seal("scan", content(100)))).isEqualTo(content(100));
    }

    @Test
    void everyCutIsFound() throws IOException {
        byte[] sealed = objects.seal("scan", content(3 * CHUNK + 17));
        int head = objects.headLength(sealed);
        List<Integer> cuts = Stream.of(
                        0,
                        3,
                        4,
                        head - 1,
                        head,
                        head + 3,
                        head + SEALED_CHUNK - 1,
                        head + SEALED_CHUNK,
                        head + 2 * SEALED_CHUNK,
                        head + 3 * SEALED_CHUNK,
                        sealed.length - 64,
                        sealed.length - 1)
                .toList();
        for (int cut : cuts) {
            assertNotAuthentic("cut at " + cut, "scan", Arrays.copyOf(sealed, cut));
        }
    }

    @Test
    void chunksThatAreExchangedRepeatedOrLeftOutAreFound() throws IOException {
        byte[] sealed = objects.seal("scan", content(4 * CHUNK));
        int head = objects.headLength(sealed);
        assertNotAuthentic("exchanged", "scan", chunks(sealed, head, 1, 0, 2, 3));
        assertNotAuthentic("repeated", "scan", chunks(sealed, head, 0, 0, 1, 2, 3));
        assertNotAuthentic("left out", "scan", chunks(sealed, head, 0, 2, 3));
        assertNotAuthentic("ended early", "scan", chunks(sealed, head, 0, 1, 2));
        assertNotAuthentic("gone on after the last", "scan", chunks(sealed, head, 0, 1, 2, 3, 3));
        assertThat(objects.open("scan", chunks(sealed, head, 0, 1, 2, 3))).isEqualTo(content(4 * CHUNK));
    }

    @Test
    void octetsBehindTheEndAreFound() throws IOException {
        byte[] sealed = objects.seal("scan", content(10));
        assertNotAuthentic("one octet more", "scan", Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void chunksOfAnotherObjectAreFound() throws IOException {
        byte[] first = objects.seal("scan", content(2 * CHUNK));
        byte[] second = objects.seal("scan", content(2 * CHUNK));
        int head = objects.headLength(first);
        byte[] mixed = first.clone();
        System.arraycopy(second, head + SEALED_CHUNK, mixed, head + SEALED_CHUNK, SEALED_CHUNK);
        assertNotAuthentic("the second chunk of another", "scan", mixed);
    }

    @Test
    void anObjectOpensUnderItsOwnNameAndPublisherOnly() throws IOException {
        byte[] sealed = objects.seal("scan", content(10));
        assertNotAuthentic("another name", "report", sealed);
        assertThatThrownBy(() -> SealedInputStream.open(
                        new ByteArrayInputStream(sealed),
                        "ward/gw-2",
                        List.of(objects.signer.publicKey()),
                        objects.reader,
                        "scan"))
                .isInstanceOf(AuthenticationException.class);
        try (Signer other = Signer.generate(SignatureAlgorithm.ED25519);
                ReaderKey stranger = ReaderKey.generate(SealedSuite.X25519)) {
            assertThatThrownBy(() -> SealedInputStream.open(
                            new ByteArrayInputStream(sealed),
                            PUBLISHER,
                            List.of(other.publicKey()),
                            objects.reader,
                            "scan"))
                    .isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> SealedInputStream.open(
                            new ByteArrayInputStream(sealed),
                            PUBLISHER,
                            List.of(objects.signer.publicKey()),
                            stranger,
                            "scan"))
                    .isInstanceOf(IomtException.class)
                    .hasMessageStartingWith("sealed for others");
        }
    }

    @Test
    void aFellowReaderCannotReplaceAChunk() throws IOException {
        byte[] sealed = objects.seal("scan", content(10));
        int head = objects.headLength(sealed);
        EpochHeader header = EpochHeader.parse(Arrays.copyOfRange(sealed, 4, head));
        ContentKey key = ContentKey.of(header.unwrap(objects.reader).orElseThrow());
        byte[] forged = key.seal(SealedChunk.nonce(0, true), SealedChunk.associatedData(header, "scan"), new byte[10]);
        byte[] changed = sealed.clone();
        System.arraycopy(forged, 0, changed, head + 4, forged.length);
        assertNotAuthentic("sealed by a reader", "scan", changed);
    }

    @Test
    void whatIsClosedBeforeItsEndIsCutOff() throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (SealedOutputStream out = objects.sealer(sealed, "scan")) {
            out.write(content(CHUNK));
            out.write(content(10)); // and then the source failed
        }
        assertNotAuthentic("never finished", "scan", sealed.toByteArray());
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws IOException {
        try (SealedOutputStream out = objects.sealer(OutputStream.nullOutputStream(), "scan")) {
            out.finish();
            assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(out::finish).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBrokenStreamGivesNothingMore() throws IOException {
        byte[] sealed = objects.seal("scan", content(3 * CHUNK));
        int head = objects.headLength(sealed);
        try (InputStream in = objects.opener("scan", chunks(sealed, head, 0, 2, 1))) {
            assertThat(in.readNBytes(CHUNK)).isEqualTo(Arrays.copyOf(content(3 * CHUNK), CHUNK));
            assertThatThrownBy(in::read).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(in::read).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void aLargeObjectNeedsTheMemoryOfAFewChunks() throws IOException {
        long length = 64L << 20;
        CountingSink sink = new CountingSink();
        try (SealedOutputStream out = objects.sealer(sink, "scan")) {
            byte[] part = content(8_192);
            for (long done = 0; done < length; done += part.length) {
                out.write(part);
            }
            out.finish();
        }
        assertThat(sink.greatest).as("octets given on at one time").isLessThanOrEqualTo(CHUNK + 16);
        assertThat(sink.count).isGreaterThan(length);
    }

    private static final class CountingSink extends OutputStream {
        private long count;
        private int greatest;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            count += length;
            greatest = Math.max(greatest, length);
        }
    }

    private void assertNotAuthentic(String what, String name, byte[] sealed) {
        assertThatThrownBy(() -> objects.open(name, sealed)).as(what).isInstanceOf(AuthenticationException.class);
    }

    private static byte[] chunks(byte[] sealed, int head, int... order) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(sealed, 0, head);
        for (int index : order) {
            out.write(sealed, head + index * SEALED_CHUNK, SEALED_CHUNK);
        }
        return out.toByteArray();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
