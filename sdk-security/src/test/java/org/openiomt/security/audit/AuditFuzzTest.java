package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.FuzzSeeds;

class AuditFuzzTest {
    @Test
    void everySeedIsTakenByItsParser() {
        List<byte[]> seeds = AuditFuzz.seeds();

        assertThat(seeds).hasSize(6).allMatch(AuditFuzz::isTaken);
        FuzzSeeds.keep("audit", seeds);
    }
}
