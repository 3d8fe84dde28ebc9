package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.FuzzSeeds;

class LinkFuzzTest {
    @Test
    void everySeedIsTakenByItsParser() {
        List<byte[]> seeds = LinkFuzz.seeds();

        assertThat(seeds).hasSize(16).allMatch(LinkFuzz::isTaken);
        FuzzSeeds.keep("link", seeds);
    }
}
