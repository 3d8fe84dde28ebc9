package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.VectorTable;
import org.openiomt.security.primitive.Kdf;
import org.openiomt.security.primitive.Primitives;

class KnownAnswersTest {
    @Test
    void hkdfAgreesWithItsSpecification() {
        List<String[]> rows = VectorTable.read("hkdf-sha256.txt");

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            byte[] derived = new Kdf(Primitives.preferred().sha256())
                    .derive(
                            VectorTable.octets(row[2]),
                            VectorTable.octets(row[1]),
                            VectorTable.octets(row[3]),
                            Integer.parseInt(row[4]));
            assertThat(derived).as(row[0]).isEqualTo(VectorTable.octets(row[5]));
        });
    }
}
