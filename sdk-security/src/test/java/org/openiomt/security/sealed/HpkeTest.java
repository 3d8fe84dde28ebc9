package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.VectorTable.octets;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.security.VectorTable;

class HpkeTest {
    @Test
    void wrappingAgreesWithEveryKnownAnswer() {
        List<String[]> rows = VectorTable.read("hpke.txt");

        assertThat(rows).hasSize(16).allSatisfy(row -> {
            HPKE hpke = new HPKE(HPKE.mode_base, number(row[1]), number(row[2]), number(row[3]));
            HPKEContext context = hpke.setupBaseR(
                    octets(row[7]), hpke.deserializePrivateKey(octets(row[5]), octets(row[6])), octets(row[4]));
            byte[] opened = new byte[0];
            for (int i = 0; i <= Integer.parseInt(row[8]); i++) {
                boolean isThis = i == Integer.parseInt(row[8]);
                // Sealing what is thrown away is how a context counts up to the number of the row.
                opened =
                        isThis ? context.open(octets(row[9]), octets(row[11])) : context.seal(new byte[0], new byte[0]);
            }
            assertThat(opened).as(row[0]).isEqualTo(octets(row[10]));
        });
    }

    @Test
    void readersOpenTheKnownAnswersOfBothSuites() {
        List<String[]> rows = VectorTable.read("hpke.txt").stream()
                .filter(row -> row[0].startsWith("own-"))
                .toList();

        assertThat(rows).hasSize(2).allSatisfy(row -> {
            SealedSuite suite = row[0].contains("xwing") ? SealedSuite.X25519_MLKEM768 : SealedSuite.X25519;
            try (ReaderKey key = ReaderKey.of(suite, octets(row[5]))) {
                assertThat(key.publicKey().octets()).isEqualTo(octets(row[6]));
                HPKE hpke = suite.hpke();
                byte[] opened = hpke.setupBaseR(
                                octets(row[7]),
                                hpke.deserializePrivateKey(
                                        key.secret(), key.publicKey().octets()),
                                octets(row[4]))
                        .open(octets(row[9]), octets(row[11]));
                assertThat(opened).isEqualTo(octets(row[10]));
            }
        });
    }

    @Test
    void xWingAgreesWithItsDraft() {
        List<String[]> rows = VectorTable.read("x-wing.txt");

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            XWingPrivateKeyParameters key = new XWingPrivateKeyParameters(octets(row[1]));
            assertThat(key.getPublicKeyParameters().getEncoded()).as(row[0]).isEqualTo(octets(row[2]));
            assertThat(new XWingKEMExtractor(key).extractSecret(octets(row[3])))
                    .as(row[0])
                    .isEqualTo(octets(row[4]));
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrappedOpensForItsReaderAndInfoOnly(SealedSuite suite) {
        byte[] plain = {1, 2, 3};
        byte[] info = {4, 5};
        try (ReaderKey reader = ReaderKey.generate(suite);
                ReaderKey other = ReaderKey.generate(suite)) {
            byte[] wrapped = reader.publicKey().wrap(info, plain);

            assertThat(wrapped).hasSize(suite.encapsulationLength() + plain.length + ContentKey.TAG_LENGTH);
            assertThat(reader.unwrap(info, wrapped)).isEqualTo(plain);
            assertThatThrownBy(() -> other.unwrap(info, wrapped)).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> reader.unwrap(new byte[] {4}, wrapped))
                    .isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> reader.unwrap(info, Arrays.copyOf(wrapped, wrapped.length - 1)))
                    .isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> reader.unwrap(info, new byte[0])).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> reader.unwrap(info, new byte[wrapped.length]))
                    .as("an encapsulation of small order")
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void pointsOfSmallOrderAreNoReaders() {
        // RFC 7748: 0, 1 and p - 1; with these as its key every secret would be zero.
        for (String point : List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")) {
            assertThatIllegalArgumentException()
                    .as(point)
                    .isThrownBy(() -> ReaderPublicKey.of(SealedSuite.X25519, octets(point)));
        }
        byte[] hybrid = new byte[SealedSuite.X25519_MLKEM768.publicKeyLength()];
        assertThatIllegalArgumentException().isThrownBy(() -> ReaderPublicKey.of(SealedSuite.X25519_MLKEM768, hybrid));
        Arrays.fill(hybrid, (byte) 0xFF);
        assertThatIllegalArgumentException()
                .as("coefficients above q")
                .isThrownBy(() -> ReaderPublicKey.of(SealedSuite.X25519_MLKEM768, hybrid));
    }

    @Test
    void closedKeysOpenAndSignNothing() {
        ReaderKey reader = ReaderKey.generate(SealedSuite.X25519);
        byte[] wrapped = reader.publicKey().wrap(new byte[0], new byte[1]);
        reader.close();
        assertThatThrownBy(() -> reader.unwrap(new byte[0], wrapped)).isInstanceOf(AuthenticationException.class);

        assertThat(reader).hasToString("ReaderKey[hidden]");
    }

    private static short number(String column) {
        return (short) Integer.parseInt(column);
    }
}
