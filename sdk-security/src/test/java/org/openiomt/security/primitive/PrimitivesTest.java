package org.openiomt.security.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.VectorTable;

class PrimitivesTest {
    private static final byte[] NOTHING = {};
    private static final byte[] CONTENT = "37.60 Cel".getBytes(StandardCharsets.US_ASCII);

    static Stream<JcaAead> ciphers() {
        return Arrays.stream(JcaAead.Kind.values()).flatMap(kind -> Candidates.ciphers(kind).stream());
    }

    static Stream<Dh> groups() {
        return Stream.concat(Candidates.x25519().stream(), Candidates.p256().stream());
    }

    static Stream<Kem> kems() {
        return Candidates.mlKem().stream();
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void everyCipherAgreesWithTheTranscribedAnswers(JcaAead aead) throws GeneralSecurityException {
        String table = aead.name().equals("AESGCM") ? "aes-256-gcm.txt" : "chacha20-poly1305.txt";
        for (String[] row : VectorTable.read(table)) {
            byte[] nonce = VectorTable.octets(row[2]);
            byte[] associatedData = VectorTable.octets(row[3]);
            byte[] plaintext = VectorTable.octets(row[4]);
            byte[] sealed = VectorTable.octets((row[5] + row[6]).replace("-", ""));
            try (JcaAead.Key key = aead.key(VectorTable.octets(row[1]), 0)) {
                if (row[7].equals("valid")) {
                    assertThat(key.seal(nonce, associatedData, plaintext))
                            .as(row[0])
                            .isEqualTo(sealed);
                    assertThat(key.open(nonce, associatedData, sealed))
                            .as(row[0])
                            .isEqualTo(plaintext);
                } else {
                    assertThatThrownBy(() -> key.open(nonce, associatedData, sealed))
                            .as(row[0])
                            .isInstanceOf(AuthenticationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyGroupAgreesWithTheTranscribedAnswers(Dh dh) {
        List<String[]> rows = rows(dh.name());
        assertThat(rows).hasSizeGreaterThan(10).anyMatch(row -> row[4].equals("refused"));
        for (String[] row : rows) {
            try (DhKeyPair pair = dh.pair(VectorTable.octets(row[2]))) {
                byte[] peer = VectorTable.octets(row[3]);
                if (row[4].equals("refused")) {
                    assertThatThrownBy(() -> pair.agree(peer)).as(row[0]).isInstanceOf(AuthenticationException.class);
                } else {
                    assertThat(pair.agree(peer)).as(row[0]).isEqualTo(VectorTable.octets(row[4]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kems")
    void everyKemAgreesWithTheTranscribedAnswers(Kem kem) {
        List<String[]> rows = rows(kem.name());
        assertThat(rows).isNotEmpty();
        for (String[] row : rows) {
            try (KemKeyPair pair = kem.pair(VectorTable.octets(row[2]))) {
                assertThat(pair.decapsulate(VectorTable.octets(row[3]))).isEqualTo(VectorTable.octets(row[4]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kems")
    void publicKeyWithNumbersBeyondTheModulusIsRefused(Kem kem) {
        byte[] publicKey = kem.generate().publicKey();
        publicKey[0] = (byte) 0xff;
        publicKey[1] = (byte) 0xff; // the first coefficient is 4095, and the modulus 3329

        assertThatThrownBy(() -> kem.encapsulate(publicKey)).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> kem.encapsulate(new byte[3])).isInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @MethodSource("kems")
    void forgedEncapsulationGivesAnotherSecret(Kem kem) {
        try (KemKeyPair pair = kem.generate()) {
            Kem.Encapsulated made = kem.encapsulate(pair.publicKey());
            byte[] forged = made.encapsulation().clone();
            forged[5] ^= 1;

            assertThat(pair.decapsulate(made.encapsulation())).isEqualTo(made.secret());
            assertThat(pair.decapsulate(forged)).hasSize(Kem.SECRET_LENGTH).isNotEqualTo(made.secret());
        }
    }

    /** Some providers leave the plaintext where its tag was wrong. */
    @ParameterizedTest
    @MethodSource("ciphers")
    void forgedOctetsLeaveNoPlaintextBehind(JcaAead aead) {
        try (AeadKey key = aead.key(new byte[Aead.KEY_LENGTH], 0)) {
            byte[] sealed = seal(key, 7);
            sealed[sealed.length - 1] ^= 1;
            byte[] opened = new byte[CONTENT.length + 4];
            Arrays.fill(opened, (byte) 0x55);

            assertThatThrownBy(() -> key.open(7, NOTHING, 0, 0, NOTHING, sealed, 0, sealed.length, opened, 2))
                    .isInstanceOf(AuthenticationException.class);

            assertThat(Arrays.copyOfRange(opened, 2, 2 + CONTENT.length)).isEqualTo(new byte[CONTENT.length]);
            assertThat(Arrays.copyOf(opened, 2)).containsOnly(0x55);
        }
    }

    /** ChaCha20-Poly1305 of JDK 17 refuses a key and nonce that it has just seen, for opening too. */
    @ParameterizedTest
    @MethodSource("ciphers")
    void forgedOctetsDoNotKillTheGenuineOnesOfTheSameNumber(JcaAead aead) {
        try (AeadKey sender = aead.key(new byte[Aead.KEY_LENGTH], 0);
                AeadKey receiver = aead.key(new byte[Aead.KEY_LENGTH], 0)) {
            byte[] sealed = seal(sender, 7);
            byte[] forged = sealed.clone();
            forged[0] ^= 1;
            byte[] opened = new byte[CONTENT.length];
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> receiver.open(7, NOTHING, 0, 0, NOTHING, forged, 0, forged.length, opened, 0))
                        .isInstanceOf(AuthenticationException.class);
            }

            receiver.open(7, NOTHING, 0, 0, NOTHING, sealed, 0, sealed.length, opened, 0);

            assertThat(opened).isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void associatedDataIsHeadThenTail(JcaAead aead) {
        byte[] head = {9, 1, 2, 9};
        byte[] sealed = new byte[CONTENT.length + Aead.TAG_LENGTH];
        byte[] opened = new byte[CONTENT.length];
        try (AeadKey key = aead.key(new byte[Aead.KEY_LENGTH], 0)) {
            key.seal(1, head, 1, 2, new byte[] {3}, CONTENT, 0, CONTENT.length, sealed, 0);

            key.open(1, NOTHING, 0, 0, new byte[] {1, 2, 3}, sealed, 0, sealed.length, opened, 0);
            assertThat(opened).isEqualTo(CONTENT);
            assertThatThrownBy(
                            () -> key.open(1, NOTHING, 0, 0, new byte[] {1, 2, 4}, sealed, 0, sealed.length, opened, 0))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void keyThatWasReplacedIsLikeANewOne(JcaAead aead) {
        byte[] octets = new byte[64];
        Arrays.fill(octets, 32, 64, (byte) 7);
        byte[] sealed = new byte[32];
        byte[] expected = new byte[32];
        byte[] opened = new byte[16];
        try (AeadKey key = aead.key(octets, 0);
                AeadKey fresh = aead.key(octets, 32)) {
            key.seal(1, NOTHING, 0, 0, NOTHING, octets, 0, 16, sealed, 0);
            key.replace(octets, 32);
            assertThatThrownBy(() -> key.open(1, NOTHING, 0, 0, NOTHING, sealed, 0, 32, opened, 0))
                    .isInstanceOf(AuthenticationException.class);
            key.seal(0, NOTHING, 0, 0, NOTHING, octets, 0, 16, sealed, 0);
            fresh.seal(0, NOTHING, 0, 0, NOTHING, octets, 0, 16, expected, 0);
            assertThat(sealed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void closedKeyNeitherSealsNorOpens(JcaAead aead) {
        AeadKey key = aead.key(new byte[Aead.KEY_LENGTH], 0);
        byte[] sealed = seal(key, 0);
        key.close();
        key.close();

        assertThatThrownBy(() -> seal(key, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.replace(new byte[Aead.KEY_LENGTH], 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        key.open(0, NOTHING, 0, 0, NOTHING, sealed, 0, sealed.length, new byte[CONTENT.length], 0))
                .isInstanceOf(AuthenticationException.class);
        assertThat(key.toString()).isEqualTo("AeadKey[hidden]");
    }

    @ParameterizedTest
    @MethodSource("groups")
    void newPairsAgreeAndClosedOnesDoNot(Dh dh) {
        DhKeyPair one = dh.generate();
        DhKeyPair two = dh.generate();

        assertThat(one.publicKey()).hasSize(dh.publicKeyLength()).isNotEqualTo(two.publicKey());
        assertThat(one.agree(two.publicKey())).hasSize(32).isEqualTo(two.agree(one.publicKey()));
        assertThatThrownBy(() -> one.agree(new byte[7])).isInstanceOf(AuthenticationException.class);
        one.close();
        assertThatThrownBy(() -> one.agree(two.publicKey()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key pair is closed");
        assertThat(two.toString()).isEqualTo("KeyPair[hidden]");
    }

    @Test
    void preferredOnesAreConscryptsWhereItIsThereAndNeverBouncyCastleForBulk() {
        Primitives preferred = Primitives.preferred();

        assertThat(preferred.aesGcm().provider()).isEqualTo("SunJCE");
        assertThat(preferred.chaChaPoly().map(Aead::provider))
                .contains(Runtime.version().feature() >= 25 ? "SunJCE" : "Conscrypt");
        assertThat(preferred.x25519().map(Dh::provider)).contains("Conscrypt");
        assertThat(preferred.p256().provider()).isEqualTo("Conscrypt");
        assertThat(preferred.mlKem768().map(Kem::provider))
                .contains(Runtime.version().feature() >= 25 ? "SunJCE" : "Bouncy Castle");
    }

    @Test
    void excludedProviderIsNotUsed() {
        Primitives preferred = Primitives.preferredWithout("Conscrypt");

        assertThat(preferred.x25519().map(Dh::provider)).contains("Bouncy Castle");
        assertThat(preferred.p256().provider()).isEqualTo("BC");
        assertThat(preferred.chaChaPoly().map(Aead::provider)).contains("SunJCE");
        assertThatThrownBy(() -> Primitives.preferredWithout("SunJCE", "Conscrypt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this JDK has no AES-GCM");
    }

    @Test
    void oneProviderGivesAllOrSaysWhatItLacks() {
        Primitives callers = Primitives.of(new BouncyCastleProvider());
        assertThat(callers.p256().provider()).isEqualTo("BC");
        assertThat(callers.aesGcm().provider()).isEqualTo("BC");

        Provider jdk = Objects.requireNonNull(Security.getProvider("SunJCE"));
        assertThatThrownBy(() -> Primitives.of(jdk))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SunJCE has no ECDH on P-256, or computes it wrongly");
    }

    @Test
    void providerWithAWrongAnswerIsPassedOver() {
        SecureRandom random = new SecureRandom();
        Provider first = new BouncyCastleProvider();
        Provider second = Objects.requireNonNull(Security.getProvider("SunEC"));

        Optional<Dh> chosen = Choice.first(
                "X25519",
                List.of(first, second),
                provider -> (Dh) new JcaX25519(provider, random),
                dh -> !dh.provider().equals("BC"));

        assertThat(chosen.map(Dh::provider)).contains("SunEC");
    }

    private static byte[] seal(AeadKey key, long number) {
        byte[] sealed = new byte[CONTENT.length + Aead.TAG_LENGTH];
        key.seal(number, NOTHING, 0, 0, NOTHING, CONTENT, 0, CONTENT.length, sealed, 0);
        return sealed;
    }

    private static List<String[]> rows(String algorithm) {
        return VectorTable.read("key-agreement.txt").stream()
                .filter(row -> row[1].equals(algorithm))
                .toList();
    }
}
