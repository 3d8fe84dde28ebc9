package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;

class StaticKeyFileTest {
    @TempDir
    private Path folder;

    static Stream<Dh> groups() {
        return Stream.of(
                Primitives.preferred().x25519().orElseThrow(),
                Primitives.preferred().p256());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void keyIsTheSameAfterARestart(Dh group) throws IOException {
        Path file = folder.resolve("static.key");
        byte[] peer = group.generate().publicKey();
        try (DhKeyPair made = StaticKeyFile.openOrCreate(file, group);
                DhKeyPair read = StaticKeyFile.openOrCreate(file, group)) {
            assertThat(read.publicKey()).isEqualTo(made.publicKey());
            assertThat(read.agree(peer)).isEqualTo(made.agree(peer));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("openiomt-static-key " + group.name() + " ");
    }

    @Test
    void everyFileHasAKeyOfItsOwn() {
        try (DhKeyPair one = StaticKeyFile.openOrCreate(folder.resolve("one"));
                DhKeyPair other = StaticKeyFile.openOrCreate(folder.resolve("other"))) {
            assertThat(one.publicKey()).isNotEqualTo(other.publicKey());
        }
    }

    @Test
    void keyThatOthersCanReadOrOfAnotherGroupIsRefusedWithTheFilesName() throws IOException {
        Path file = folder.resolve("static.key");
        StaticKeyFile.openOrCreate(file).close();

        assertThatThrownBy(() ->
                        StaticKeyFile.openOrCreate(file, Primitives.preferred().p256()))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(file + " holds no usable openiomt-static-key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> StaticKeyFile.openOrCreate(file))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(file + " is open to others: run chmod go-rwx");
    }
}
