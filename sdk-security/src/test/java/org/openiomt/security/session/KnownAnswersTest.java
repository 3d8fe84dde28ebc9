package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.openiomt.security.VectorTable;

class KnownAnswersTest {
    @Test
    void hkdfAgreesWithItsSpecification() {
        List<String[]> rows = VectorTable.read("hkdf-sha256.txt");

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            byte[] derived = Hkdf.derive(
                    VectorTable.octets(row[1]),
                    VectorTable.octets(row[2]),
                    VectorTable.octets(row[3]),
                    Integer.parseInt(row[4]));
            assertThat(derived).as(row[0]).isEqualTo(VectorTable.octets(row[5]));
        });
    }

    @Test
    void cipherAgreesWithEveryKnownAnswer() {
        List<String[]> rows = VectorTable.read("aes-256-gcm.txt");

        assertThat(rows).hasSize(70).allSatisfy(KnownAnswersTest::checkRow);
    }

    private static void checkRow(String[] row) throws Exception {
        AesGcm cipher = new AesGcm(new AesKey(VectorTable.octets(row[1]), 0));
        byte[] nonce = VectorTable.octets(row[2]);
        byte[] associatedData = VectorTable.octets(row[3]);
        byte[] plaintext = VectorTable.octets(row[4]);
        byte[] sealed = VectorTable.octets((row[5] + row[6]).replace("-", ""));
        byte[] opened = new byte[plaintext.length];

        if (row[7].equals("valid")) {
            byte[] frame = new byte[sealed.length];
            cipher.seal(nonce, plaintext, associatedData, frame, 0);
            assertThat(frame).as(row[0]).isEqualTo(sealed);

            cipher.open(nonce, sealed, 0, associatedData, opened);
            assertThat(opened).as(row[0]).isEqualTo(plaintext);
        } else {
            assertThatThrownBy(() -> cipher.open(nonce, sealed, 0, associatedData, opened))
                    .as(row[0])
                    .isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void headerIsAuthenticatedBeforeTheAssociatedData() throws Exception {
        // Test case 16 of the table, its associated data split between header and the rest.
        String[] row = VectorTable.read("aes-256-gcm.txt").stream()
                .filter(candidate -> candidate[0].equals("gcm-16"))
                .findFirst()
                .orElseThrow();
        byte[] all = VectorTable.octets(row[3]);
        byte[] plaintext = VectorTable.octets(row[4]);
        byte[] frame = Arrays.copyOf(all, 12 + plaintext.length + AesGcm.TAG_LENGTH);

        new AesGcm(new AesKey(VectorTable.octets(row[1]), 0))
                .seal(VectorTable.octets(row[2]), plaintext, Arrays.copyOfRange(all, 12, all.length), frame, 12);

        assertThat(Arrays.copyOfRange(frame, 12, frame.length)).isEqualTo(VectorTable.octets(row[5] + row[6]));
    }
}
