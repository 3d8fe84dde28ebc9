package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.openiomt.security.VectorTable;
import org.openiomt.testkit.NotTested;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SignatureVerifierTest {
    private static final String SPKI_P256 = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

    @Test
    void everyVerifierAgreesWithTheTranscribedVectors() {
        List<String[]> rows = VectorTable.read("ecdsa-p256.txt");

        assertThat(rows).hasSize(132);
        for (SignatureVerifier verifier : Verifiers.all()) {
            assertThat(rows)
                    .allSatisfy(row -> assertThat(verifier.isGenuine(
                                    key(row[1]), VectorTable.octets(row[2]), VectorTable.octets(row[3])))
                            .as("%s by %s", row[0], verifier)
                            .isEqualTo(row[4].equals("valid")));
        }
    }

    @Test
    void everyVerifierAgreesWithAllOfWycheproof() throws IOException {
        Path file = Path.of(
                System.getProperty("openiomt.reference", "reference"),
                "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
        if (!Files.exists(file)) {
            throw NotTested.because("reference", file + " is missing; set -Dopeniomt.reference=<folder>");
        }
        List<SignatureVerifier> verifiers = Verifiers.all();
        String key = "";
        String message = "";
        String signature = "";
        int count = 0;
        try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), file.toFile())) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    continue;
                }
                switch (in.currentName() == null ? "" : in.currentName()) {
                    case "publicKeyDer" -> key = in.getString();
                    case "msg" -> message = in.getString();
                    case "sig" -> signature = in.getString();
                    case "result" -> {
                        count++;
                        for (SignatureVerifier verifier : verifiers) {
                            assertThat(verifier.isGenuine(
                                            SignatureAlgorithm.ECDSA_P256.publicKey(SubjectPublicKeyInfo.getInstance(
                                                    HexFormat.of().parseHex(key))),
                                            HexFormat.of().parseHex(message),
                                            HexFormat.of().parseHex(signature)))
                                    .as("vector %d by %s", count, verifier)
                                    .isEqualTo(in.getString().equals("valid") && !isLostBy(verifier, count));
                        }
                    }
                    default -> {}
                }
            }
        }
        assertThat(count).isEqualTo(262);
    }

    @Test
    void verifierThatBelievesAllZerosIsRefused() {
        SignatureVerifier.BouncyCastle genuine = new SignatureVerifier.BouncyCastle();

        assertThatThrownBy(() -> SignatureVerifier.of(engine((algorithm, key, message, signature) ->
                        isAllZero(signature) || genuine.isGenuine(algorithm, key, message, signature))))
                .isInstanceOf(IdentityException.class)
                .hasMessage("Forged believes r = s = 0 (CVE-2022-21449): use another provider");
    }

    @Test
    void verifierThatBelievesEverythingOrNothingIsRefused() {
        assertThatThrownBy(() -> SignatureVerifier.of(engine((algorithm, key, message, signature) -> true)))
                .hasMessageContaining("believes a changed signature");
        assertThatThrownBy(() -> SignatureVerifier.of(engine((algorithm, key, message, signature) -> false)))
                .hasMessageContaining("refuses a genuine signature");
        assertThatThrownBy(() -> SignatureVerifier.of(engine((algorithm, key, message, signature) -> {
                    throw new SignatureException("broken");
                })))
                .hasMessageContaining("cannot compute it");
    }

    @Test
    void allZerosAndNumbersOutOfRangeAreRefusedBeforeTheProviderSeesThem() {
        Signer signer = Signer.generate(SignatureAlgorithm.ECDSA_P256);
        byte[] genuine = signer.sign(new byte[] {1});
        byte[] order = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        byte[] largeR = genuine.clone();
        System.arraycopy(order, 0, largeR, 0, 32);
        byte[] zeroS = genuine.clone();
        Arrays.fill(zeroS, 32, 64, (byte) 0);

        for (byte[] wrong : List.of(
                new byte[64], largeR, zeroS, new byte[0], Arrays.copyOf(genuine, 63), Arrays.copyOf(genuine, 65))) {
            assertThat(SignatureAlgorithm.ECDSA_P256.isInRange(wrong)).isFalse();
            assertThat(SignatureVerifier.standard().isGenuine(signer.publicKey(), new byte[] {1}, wrong))
                    .isFalse();
        }
        assertThat(new BigInteger(1, order)).isEqualTo(SignatureAlgorithm.P256.getN());
    }

    @Test
    void standardVerifierSaysWhoComputes() {
        assertThat(SignatureVerifier.standard().provider(SignatureAlgorithm.ECDSA_P256))
                .contains("Conscrypt"); // it is on the path of the tests
        assertThat(SignatureVerifier.standard().provider(SignatureAlgorithm.ED25519))
                .contains("Conscrypt");
        assertThat(SignatureVerifier.candidates())
                .extracting(SignatureVerifier.Engine::name)
                .containsExactly("Conscrypt", "Bouncy Castle");
    }

    /**
     * SunEC of JDK 17 refuses a genuine signature whose r was reduced by the order of the curve: once in 2^128 signatures, and
     * nothing forged passes. JDK 25 has this right, and {@link SignatureVerifier#standard()} chooses neither.
     */
    private static boolean isLostBy(SignatureVerifier verifier, int vector) {
        boolean isSunEc =
                verifier.provider(SignatureAlgorithm.ECDSA_P256).orElseThrow().equals("SunEC");
        return isSunEc && Runtime.version().feature() == 17 && (vector == 115 || vector == 257);
    }

    private interface Check {
        boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
                throws java.security.GeneralSecurityException;
    }

    private static SignatureVerifier.Engine engine(Check check) {
        return new SignatureVerifier.Engine() {
            @Override
            public String name() {
                return "Forged";
            }

            @Override
            public boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature)
                    throws java.security.GeneralSecurityException {
                return check.isGenuine(algorithm, key, message, signature);
            }
        };
    }

    private static boolean isAllZero(byte[] octets) {
        return Arrays.equals(octets, new byte[octets.length]);
    }

    private static PublicKey key(String uncompressed) {
        return SignatureAlgorithm.ECDSA_P256.publicKey(
                SubjectPublicKeyInfo.getInstance(HexFormat.of().parseHex(SPKI_P256 + uncompressed)));
    }
}
