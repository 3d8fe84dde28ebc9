package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openiomt.mqtt.consume.SequenceWatch.Missing;

class SequenceWatchTest {
    private final SequenceWatch watch = new SequenceWatch();

    @Test
    void theFirstNumberMayBeAny() {
        assertThat(watch.see(5, 17)).isEmpty();
        assertThat(watch.see(5, 18)).isEmpty();
    }

    @Test
    void numbersThatWereLeftOutAreMissing() {
        watch.see(5, 1);
        assertThat(watch.see(5, 4)).contains(new Missing(2, 3));
        assertThat(watch.see(5, 5)).isEmpty();
    }

    @Test
    void aLaterEpochBeginsAtOne() {
        watch.see(5, 9);
        assertThat(watch.see(6, 1)).isEmpty();
        assertThat(watch.see(8, 3)).contains(new Missing(1, 2));
    }

    @Test
    void whatCameBeforeIsARepeat() {
        watch.see(5, 9);
        watch.see(6, 3);
        assertThat(watch.see(6, 2)).isEmpty();
        assertThat(watch.see(5, 10)).isEmpty();
        assertThat(watch.see(6, 4)).isEmpty();
    }

    @Test
    void afterTheLargestNumberEveryOtherIsARepeat() {
        watch.see(5, Long.MAX_VALUE);
        assertThat(watch.isAhead(5, 2)).isFalse();
        assertThat(watch.see(5, 2)).isEmpty();
    }
}
