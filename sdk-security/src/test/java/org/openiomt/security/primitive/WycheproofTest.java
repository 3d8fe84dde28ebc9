package org.openiomt.security.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.Reference;
import org.openiomt.security.Reference.Row;

/** The Wycheproof files (C2SP/wycheproof, commit dac1dd47) for every provider that may be chosen. */
class WycheproofTest {
    @TestFactory
    Stream<DynamicTest> aesGcm() throws IOException {
        return ciphers("aes_gcm_test.json", JcaAead.Kind.AES_GCM);
    }

    @TestFactory
    Stream<DynamicTest> chaCha20Poly1305() throws IOException {
        return ciphers("chacha20_poly1305_test.json", JcaAead.Kind.CHACHA20_POLY1305);
    }

    @TestFactory
    Stream<DynamicTest> x25519() throws IOException {
        return Reference.tests(
                "wycheproof/x25519_test.json",
                file -> Candidates.x25519().stream()
                        .flatMap(dh -> tests(file, group -> true, dh.provider(), row -> checkX25519(dh, row))));
    }

    @TestFactory
    Stream<DynamicTest> ecdhOnP256() throws IOException {
        return Reference.tests(
                "wycheproof/ecdh_secp256r1_ecpoint_test.json",
                file -> Candidates.p256().stream()
                        .flatMap(dh -> tests(file, group -> true, dh.provider(), row -> checkP256(dh, row))));
    }

    @TestFactory
    Stream<DynamicTest> mlKem768() throws IOException {
        return Reference.tests(
                "wycheproof/mlkem_768_test.json",
                file -> Candidates.mlKem().stream()
                        .flatMap(kem -> tests(file, group -> true, kem.provider(), row -> checkMlKem(kem, row))));
    }

    @TestFactory
    Stream<DynamicTest> mlKem768Keys() throws IOException {
        return Reference.tests(
                "wycheproof/mlkem_768_keygen_seed_test.json",
                file -> Candidates.mlKem().stream()
                        .flatMap(kem -> tests(
                                file,
                                group -> true,
                                kem.provider(),
                                row -> assertThat(kem.pair(row.octets("seed")).publicKey())
                                        .isEqualTo(row.octets("ek")))));
    }

    @TestFactory
    Stream<DynamicTest> hkdf() throws IOException {
        Kdf kdf = new Kdf(Primitives.preferred().sha256());
        return Reference.tests(
                "wycheproof/hkdf_sha256_test.json",
                file -> tests(file, group -> true, "ours", row -> checkHkdf(kdf, row)));
    }

    private static Stream<DynamicTest> ciphers(String file, JcaAead.Kind kind) throws IOException {
        return Reference.tests(
                "wycheproof/" + file,
                whole -> Candidates.ciphers(kind).stream()
                        .flatMap(aead -> tests(
                                whole,
                                group -> group.number("ivSize") == 96
                                        && group.number("keySize") == 256
                                        && group.number("tagSize") == 128,
                                aead.provider(),
                                row -> checkCipher(aead, row))));
    }

    private static Stream<DynamicTest> tests(Row file, Predicate<Row> wanted, String provider, Consumer<Row> check) {
        List<Row> groups = file.rows("testGroups").stream().filter(wanted).toList();
        assertThat(groups).isNotEmpty();
        return groups.stream()
                .flatMap(group -> group.rows("tests").stream())
                .map(row -> DynamicTest.dynamicTest(provider + " " + row.number("tcId"), () -> check.accept(row)));
    }

    private static void checkCipher(JcaAead aead, Row row) {
        byte[] nonce = row.octets("iv");
        byte[] associatedData = row.octets("aad");
        byte[] plaintext = row.octets("msg");
        byte[] sealed = join(row.octets("ct"), row.octets("tag"));
        try (JcaAead.Key key = aead.key(row.octets("key"), 0)) {
            if (row.text("result").equals("valid")) {
                assertThat(key.seal(nonce, associatedData, plaintext)).isEqualTo(sealed);
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        try (JcaAead.Key key = aead.key(row.octets("key"), 0)) {
            if (row.text("result").equals("valid")) {
                assertThat(key.open(nonce, associatedData, sealed)).isEqualTo(plaintext);
            } else {
                assertThatThrownBy(() -> key.open(nonce, associatedData, sealed))
                        .isInstanceOf(AuthenticationException.class);
            }
        }
    }

    private static void checkX25519(Dh dh, Row row) {
        try (DhKeyPair pair = dh.pair(row.octets("private"))) {
            if (row.list("flags").contains("ZeroSharedSecret")) {
                assertThatThrownBy(() -> pair.agree(row.octets("public"))).isInstanceOf(AuthenticationException.class);
            } else {
                assertThat(pair.agree(row.octets("public"))).isEqualTo(row.octets("shared"));
            }
        }
    }

    private static void checkP256(Dh dh, Row row) {
        byte[] scalar = row.octets("private");
        byte[] point = row.octets("public");
        byte[] privateKey = new byte[dh.privateKeyLength()]; // the table writes numbers, we fixed lengths
        for (int i = 1; i <= Math.min(scalar.length, privateKey.length); i++) {
            privateKey[privateKey.length - i] = scalar[scalar.length - i];
        }
        try (DhKeyPair pair = dh.pair(privateKey)) {
            boolean compressed = row.list("flags").contains("CompressedPoint")
                    || row.list("flags").contains("CompressedPublic");
            if (row.text("result").equals("valid") && !compressed) {
                assertThat(pair.agree(point)).isEqualTo(row.octets("shared"));
            } else {
                assertThatThrownBy(() -> pair.agree(point)).isInstanceOf(AuthenticationException.class);
            }
        }
    }

    private static void checkMlKem(Kem kem, Row row) {
        byte[] seed = row.octets("seed");
        byte[] encapsulation = row.octets("c");
        if (row.text("result").equals("valid")) {
            try (KemKeyPair pair = kem.pair(seed)) {
                assertThat(pair.publicKey()).isEqualTo(row.octets("ek"));
                assertThat(pair.decapsulate(encapsulation)).isEqualTo(row.octets("K"));
            }
        } else if (seed.length != Kem.SEED_LENGTH) {
            assertThatThrownBy(() -> kem.pair(seed)).isInstanceOf(IllegalArgumentException.class);
        } else {
            try (KemKeyPair pair = kem.pair(seed)) {
                assertThatThrownBy(() -> pair.decapsulate(encapsulation)).isInstanceOf(AuthenticationException.class);
            }
        }
    }

    private static void checkHkdf(Kdf kdf, Row row) {
        byte[] info = row.octets("info");
        int size = row.number("size");
        if (row.text("result").equals("valid")) {
            assertThat(kdf.derive(row.octets("salt"), row.octets("ikm"), info, size))
                    .isEqualTo(row.octets("okm"));
        } else {
            assertThatThrownBy(() -> kdf.derive(row.octets("salt"), row.octets("ikm"), info, size))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
