package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.testkit.ManualClock;

class IdentityFilesTest {
    private static final String HOST = "broker.example";

    @TempDir
    private Path temporary;

    private final ManualClock clock = new ManualClock();
    private final DevelopmentAuthority authority = DevelopmentAuthority.create(clock);
    private IdentityFiles files = new IdentityFiles(Path.of("set before each test"));

    @BeforeEach
    void write() {
        files = new IdentityFiles(temporary.resolve("state").resolve("gateway"));
        files.write(authority.client("gateway-1"));
    }

    @Test
    void identityComesBackAndStillShakesHands() throws Exception {
        TlsIdentity read = files.read(clock);

        TlsPair pair = TlsPair.shake(read, HOST, authority.server("broker-1", List.of(HOST)));

        assertThat(TlsIdentity.peerName(pair.serverSession())).isEqualTo("gateway-1");
        assertThat(read.trust().anchor()).isEqualTo(authority.trust().anchor());
    }

    @Test
    void everyFileIsTheOwnersAlone() throws IOException {
        assertThat(mode(files.directory())).isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(files.directory())) {
            assertThat(all).hasSize(4).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void programsThatTakePathsCanUseBothStores() throws Exception {
        char[] password = files.readPassword();

        KeyStore keys = load(files.keyStore(), password);
        KeyStore trusted = load(files.trustStore(), password);

        assertThat(keys.getKey(Identity.KEY_ALIAS, password)).isInstanceOf(PrivateKey.class);
        assertThat(trusted.size()).isEqualTo(1);
        assertThat(trusted.getCertificate("root")).isEqualTo(authority.trust().anchor());
    }

    @Test
    void writingAgainReplacesAllAndChangesThePassword() {
        char[] before = files.readPassword();

        files.write(authority.client("gateway-2"));

        assertThat(files.read(clock).identity().name()).isEqualTo("gateway-2");
        assertThat(files.readPassword()).hasSize(43).isNotEqualTo(before);
    }

    @Test
    void missingFileIsNamed() throws IOException {
        for (Path file : List.of(files.root(), files.password(), files.keyStore())) {
            byte[] octets = Files.readAllBytes(file);
            Files.delete(file);
            assertRefused(file + " is missing: issue the identity anew into " + files.directory());
            Files.write(file, octets);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(files.read(clock).identity().name()).isEqualTo("gateway-1");
    }

    @Test
    void missingDirectoryIsNamed() {
        files = new IdentityFiles(temporary.resolve("nowhere"));

        assertRefused(files.directory() + " is missing");
    }

    @Test
    void unreadableFileIsNamed() throws IOException {
        Files.delete(files.keyStore());
        Files.createDirectory(
                files.keyStore(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertRefused(files.keyStore() + " cannot be used (Is a directory)");
    }

    @Test
    void wrongPasswordNamesBothFiles() throws IOException {
        Files.writeString(files.password(), "wrong");

        assertRefused(files.keyStore() + " does not open with the password in " + files.password());
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Files.writeString(files.keyStore(), "no key store");
        assertRefused(files.keyStore() + " is not a PKCS #12 key store, or damaged");

        Files.write(files.keyStore(), new byte[1 << 17]);
        assertRefused(files.keyStore() + " has more than 65536 octets");

        Files.writeString(files.root(), "no certificate");
        assertRefused(files.root() + " is not a certificate in PEM");

        Files.writeString(files.root(), "");
        assertRefused(files.root() + " is not a certificate in PEM");
    }

    @Test
    void expiredCertificateNamesTheFileAndBothTimes() {
        clock.advance(DevelopmentAuthority.DEFAULT_LIFETIME.plusSeconds(1));

        assertRefused(files.keyStore()
                + " holds a certificate that expired at 2026-01-08T00:00:00Z (it is 2026-01-08T00:00:01Z)");
    }

    @Test
    void clockBehindTheCertificateIsBlamed() {
        clock.jump(Duration.ofDays(-1));

        assertRefused("set this machine's clock");
    }

    @Test
    void anchorOfAnotherAuthorityIsRefused() throws IOException {
        IdentityFiles other = new IdentityFiles(temporary.resolve("other"));
        other.write(DevelopmentAuthority.create(clock).client("gateway-1"));
        Files.write(files.root(), Files.readAllBytes(other.root()));

        assertRefused(files.keyStore() + " holds a certificate that does not lead to " + files.root());
    }

    @Test
    void leafInPlaceOfTheAnchorIsRefused() throws Exception {
        String leaf = Base64.getMimeEncoder()
                .encodeToString(files.read(clock).identity().certificate().getEncoded());
        Files.writeString(files.root(), "-----BEGIN CERTIFICATE-----\n" + leaf + "\n-----END CERTIFICATE-----\n");

        assertRefused(files.directory().toString());
    }

    @Test
    void filesOpenToOthersAreRefused() throws IOException {
        for (Path file : List.of(files.password(), files.keyStore())) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertRefused(file + " is open to others (rw-r-----): run chmod go-rwx " + file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.setPosixFilePermissions(files.root(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertRefused(files.root() + " is open to others");
        Files.setPosixFilePermissions(files.root(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(files.read(clock).identity().name()).isEqualTo("gateway-1");
    }

    @Test
    void directoryThatOthersMayWriteIsRefused() throws IOException {
        Files.setPosixFilePermissions(files.directory(), PosixFilePermissions.fromString("rwxrwx---"));

        assertRefused(files.directory() + " is open to others");
        assertThatThrownBy(() -> files.write(authority.client("gateway-1"))).isInstanceOf(IdentityException.class);
    }

    @Test
    void directoryThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        IdentityFiles wrong = new IdentityFiles(file);

        assertThatThrownBy(() -> wrong.write(authority.client("gateway-1")))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void linkInPlaceOfAFileIsReplacedAndItsTargetLeftAlone() throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Files.delete(files.password());
        Files.createSymbolicLink(files.password(), target);

        files.write(authority.client("gateway-1"));

        assertThat(target).hasContent("mine");
        assertThat(Files.isSymbolicLink(files.password())).isFalse();
    }

    @Test
    void noTextShowsKeyOrPassword() throws Exception {
        TlsIdentity tls = files.read(clock);
        char[] password = files.readPassword();
        PrivateKey key = (PrivateKey) tls.identity().keyStore(password).getKey(Identity.KEY_ALIAS, password);
        String hex = HexFormat.of().formatHex(key.getEncoded());
        Files.writeString(files.password(), "a-wrong-password");

        List<String> texts = Stream.of(tls, tls.identity(), tls.trust(), authority, files, refusal())
                .map(Object::toString)
                .toList();

        assertThat(texts).noneMatch(text -> text.contains(new String(password)) || text.contains("a-wrong-password"));
        assertThat(texts).noneMatch(text -> text.contains(hex.substring(hex.length() - 16)));
        assertThat(texts.get(1)).isEqualTo("Identity[gateway-1, until 2026-01-08T00:00:00Z]");
    }

    private void assertRefused(String message) {
        assertThat(refusal()).hasMessageContaining(message);
    }

    private IdentityException refusal() {
        try (TlsIdentity read = files.read(clock)) {
            throw new AssertionError("expected a refusal, but read " + read);
        } catch (IdentityException e) {
            return e;
        }
    }

    private static KeyStore load(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return store;
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
