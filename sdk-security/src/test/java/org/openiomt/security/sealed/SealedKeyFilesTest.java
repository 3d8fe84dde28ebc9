package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.SignatureVerifier;
import org.openiomt.security.identity.Signer;

class SealedKeyFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void keysOfReadersAreReadAgain(SealedSuite suite) throws IOException {
        Path secret = folder.resolve("reader.key");
        Path open = folder.resolve("reader.pub");
        try (ReaderKey key = ReaderKey.generate(suite)) {
            SealedKeyFiles.write(secret, key);
            SealedKeyFiles.write(open, key.publicKey());
            try (ReaderKey again = SealedKeyFiles.readReaderKey(secret)) {
                assertThat(again.publicKey()).isEqualTo(key.publicKey());
                assertThat(again.unwrap(new byte[1], key.publicKey().wrap(new byte[1], new byte[] {5})))
                        .containsExactly(5);
            }
            assertThat(SealedKeyFiles.readReader(open)).isEqualTo(key.publicKey());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    void keysOfPublishersAreReadAgain() {
        Path secret = folder.resolve("publisher.key");
        Path open = folder.resolve("publisher.pub");
        try (Signer key = SealedKeyFiles.newPublisherKey(secret)) {
            SealedKeyFiles.write(open, key.publicKey());
        }
        try (Signer again = SealedKeyFiles.readPublisherKey(secret)) {
            byte[] signature = again.sign(new byte[32]);
            assertThat(SignatureVerifier.standard()
                            .isGenuine(SealedKeyFiles.readPublisher(open), new byte[32], signature))
                    .isTrue();
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path secret = folder.resolve("publisher.key");
        SealedKeyFiles.newPublisherKey(secret).close();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SealedKeyFiles.readPublisherKey(secret))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("open to others: run chmod go-rwx");
    }

    @Test
    void aPublicKeyThatOthersCanChangeIsRefused() throws IOException {
        Path open = folder.resolve("publisher.pub");
        try (Signer key = Signer.generate(SignatureAlgorithm.ED25519)) {
            SealedKeyFiles.write(open, key.publicKey());
        }
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> SealedKeyFiles.readPublisher(open)).hasMessageContaining("open to others");
    }

    @Test
    void whatIsNoSuchKeyIsRefusedWithTheFilesName() throws IOException {
        Path file = folder.resolve("reader.key");
        assertThatThrownBy(() -> SealedKeyFiles.readReaderKey(file))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("reader.key");
        SealedKeyFiles.newPublisherKey(file).close();
        assertThatThrownBy(() -> SealedKeyFiles.readReaderKey(file))
                .hasMessageContaining("holds no openiomt-reader-key");
        for (String line : new String[] {
            "",
            "openiomt-reader-key",
            "openiomt-reader-key x25519 AAAA",
            "openiomt-reader-key rot13 AAAA",
            "openiomt-reader-key x25519 ####"
        }) {
            Files.writeString(file, line);
            assertThatThrownBy(() -> SealedKeyFiles.readReaderKey(file))
                    .as(line)
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("make the keys anew");
        }
    }
}
