package org.openiomt.security.identity.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.FuzzSeeds;

class IdentityFuzzTest {
    private static final int COMPARISON = 5; // takes two messages, of which the second depends on its answer

    @Test
    void everySeedIsTakenByItsParser() {
        List<byte[]> seeds = IdentityFuzz.seeds();

        assertThat(seeds).hasSize(8);
        for (int i = 0; i < seeds.size(); i++) {
            assertThat(IdentityFuzz.isTaken(seeds.get(i))).as("seed %d", i).isEqualTo(i != COMPARISON);
        }
        FuzzSeeds.keep("identity", seeds);
    }
}
