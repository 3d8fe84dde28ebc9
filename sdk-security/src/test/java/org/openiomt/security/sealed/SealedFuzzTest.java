package org.openiomt.security.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.FuzzSeeds;

class SealedFuzzTest {
    @Test
    void everySeedIsTakenByItsParser() {
        List<byte[]> seeds = SealedFuzz.seeds();

        assertThat(seeds).hasSize(6).allMatch(SealedFuzz::isTaken);
        FuzzSeeds.keep("sealed", seeds);
    }
}
