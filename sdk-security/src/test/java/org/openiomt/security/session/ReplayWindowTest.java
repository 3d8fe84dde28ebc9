package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void everythingIsNewAtFirst() {
        assertThat(window.isNew(0)).isTrue();
        assertThat(window.isNew(1)).isTrue();
        assertThat(window.isNew(SessionLimits.MAX_SEQ - 1)).isTrue();
        assertThat(window.isNew(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void zeroCanComeFirstAndLast() {
        window.commit(0);
        assertThat(window.isNew(0)).isFalse();

        ReplayWindow late = new ReplayWindow();
        late.commit(ReplayWindow.SIZE - 1);
        assertThat(late.isNew(0)).isTrue();
        late.commit(0);
        assertThat(late.isNew(0)).isFalse();
    }

    @Test
    void askingChangesNothing() {
        window.commit(5);
        window.isNew(1L << 39);

        assertThat(window.isNew(4)).isTrue();
        assertThat(window.isNew(5)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                ReplayWindow.SIZE,
                ReplayWindow.SIZE + 1,
                ReplayWindow.SIZE + 63,
                ReplayWindow.SIZE + 64,
                1L << 16,
                (1L << 31) - 1,
                1L << 31,
                (1L << 32) - 1,
                1L << 32,
                (1L << 32) + 1,
                SessionLimits.MAX_SEQ - 1,
                Long.MAX_VALUE
            })
    void windowEndsExactlyAtItsSize(long highest) {
        window.commit(highest);

        assertThat(window.isNew(highest)).isFalse();
        assertThat(window.isNew(highest - 1)).isTrue();
        assertThat(window.isNew(highest - (ReplayWindow.SIZE - 1))).isTrue();
        assertThat(window.isNew(highest - ReplayWindow.SIZE)).isFalse();
        assertThat(window.isNew(0)).isFalse();
    }

    @Test
    void jumpOverTheWholeRingForgetsWhatFellOut() {
        for (long number = 0; number < ReplayWindow.SIZE; number++) {
            window.commit(number);
        }
        long far = 10L * ReplayWindow.SIZE;
        window.commit(far);

        for (long number = far - ReplayWindow.SIZE + 1; number < far; number++) {
            assertThat(window.isNew(number)).as("%s", number).isTrue();
        }
    }
}
