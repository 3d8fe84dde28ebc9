package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] P256_KEY =
            HEX.parseHex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    private static final byte[] ED25519_KEY =
            HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    @Test
    void ecdsaSignsAsTheExamplesOfRfc6979() {
        // RFC 6979, A.2.5, with SHA-256.
        try (Signer signer = Signer.of(SignatureAlgorithm.ECDSA_P256, P256_KEY)) {
            assertThat(HEX.formatHex(signer.sign(ascii("sample"))))
                    .isEqualTo("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                            + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
            assertThat(HEX.formatHex(signer.sign(ascii("test"))))
                    .isEqualTo("f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                            + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
            assertThat(HEX.formatHex(signer.publicKey().getEncoded()))
                    .endsWith("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
        }
    }

    @Test
    void ed25519SignsAsTheExamplesOfRfc8032() {
        // RFC 8032, 7.1, TEST 1 and TEST 2.
        try (Signer first = Signer.of(SignatureAlgorithm.ED25519, ED25519_KEY);
                Signer second = Signer.of(
                        SignatureAlgorithm.ED25519,
                        HEX.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))) {
            assertThat(HEX.formatHex(first.sign(new byte[0])))
                    .isEqualTo("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                            + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
            assertThat(HEX.formatHex(first.publicKey().getEncoded()))
                    .endsWith("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
            assertThat(HEX.formatHex(second.sign(HEX.parseHex("72"))))
                    .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        }
    }

    @Test
    void whatEverySignerMakesEveryVerifierBelieves() throws Exception {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ecPair = ec.generateKeyPair();
        KeyPair edPair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] message = ascii("a message");
        List<Signer> signers = List.of(
                Signer.generate(SignatureAlgorithm.ECDSA_P256),
                Signer.generate(SignatureAlgorithm.ED25519),
                Signer.of(ecPair.getPrivate(), ecPair.getPublic(), Security.getProvider("SunEC")),
                Signer.of(edPair.getPrivate(), edPair.getPublic(), Security.getProvider("SunEC")));

        assertThat(signers).allSatisfy(signer -> {
            byte[] signature = signer.sign(message);
            assertThat(signature).hasSize(SignatureAlgorithm.SIGNATURE_LENGTH);
            for (SignatureVerifier verifier : Verifiers.all()) {
                assertThat(verifier.isGenuine(signer.publicKey(), message, signature))
                        .as("%s by %s", signer, verifier)
                        .isTrue();
                assertThat(verifier.isGenuine(signer.publicKey(), ascii("another"), signature))
                        .isFalse();
            }
        });
    }

    @Test
    void signatureOfShortNumbersKeepsItsLength() {
        Signer signer = Signer.of(SignatureAlgorithm.ECDSA_P256, P256_KEY);
        int withZeroInFront = 0;
        for (int i = 0; i < 600; i++) {
            byte[] signature = signer.sign(ascii("message " + i));
            assertThat(SignatureAlgorithm.ECDSA_P256.fromX509(SignatureAlgorithm.ECDSA_P256.toX509(signature)))
                    .isEqualTo(signature);
            withZeroInFront += signature[0] == 0 || signature[32] == 0 ? 1 : 0;
        }

        assertThat(withZeroInFront).isPositive(); // else this test has shown nothing
    }

    @Test
    void closedSignerIsWipedAndSignsNothing() {
        SoftwareSigner signer = new SoftwareSigner(SignatureAlgorithm.ED25519, ED25519_KEY);
        assertThat(signer.octets()).isEqualTo(ED25519_KEY).isNotSameAs(ED25519_KEY);

        signer.close();
        signer.close();

        assertThat(signer.octets()).isEqualTo(new byte[32]);
        assertThatThrownBy(() -> signer.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedSignerOfAProviderSignsNothing() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signer signer = Signer.of(pair.getPrivate(), pair.getPublic(), Security.getProvider("SunEC"));

        signer.close();

        assertThatThrownBy(() -> signer.sign(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void octetsThatAreNoPrivateKeyAreRefused() {
        byte[] order = HEX.parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for (byte[] wrong : List.of(new byte[31], new byte[33], new byte[0], new byte[32], order)) {
            assertThatThrownBy(() -> Signer.of(SignatureAlgorithm.ECDSA_P256, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(HEX.formatHex(wrong).isEmpty() ? "-" : HEX.formatHex(wrong));
        }
    }

    @Test
    void keysOfOtherCurvesAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair pair = generator.generateKeyPair();

        assertThat(SignatureAlgorithm.of(pair.getPublic())).isEmpty();
        assertThatThrownBy(() -> Signer.of(pair.getPrivate(), pair.getPublic(), Security.getProvider("SunEC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a key on P-256 or for Ed25519, but got one for EC");
    }

    @Test
    void noTextShowsAKey() {
        assertThat(Signer.of(SignatureAlgorithm.ED25519, ED25519_KEY)).hasToString("Signer[ED25519, hidden]");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
