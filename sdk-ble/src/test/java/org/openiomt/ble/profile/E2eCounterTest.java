package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.E2eCounter.Lost;
import org.openiomt.ble.profile.E2eCounter.Repeated;
import org.openiomt.ble.profile.E2eCounter.Whole;

class E2eCounterTest {
    private final E2eCounter counter = new E2eCounter();

    @Test
    void theFirstNumberMayBeAnyAndTheNextFollows() {
        assertThat(counter.accept(7)).isEqualTo(Whole.FIRST);
        assertThat(counter.accept(8)).isEqualTo(Whole.NEXT);
    }

    @Test
    void aCounterGapIsALossThatSaysHowMany() {
        counter.accept(7);
        assertThat(counter.accept(10))
                .isEqualTo(new Lost(8, 10))
                .hasToString("expected the counter 8, but got 10: 2 values are missing");
        assertThat(counter.accept(11)).isEqualTo(Whole.NEXT);
    }

    @Test
    void aGapOverTheEndOfTheCountIsCountedToo() {
        counter.accept(254);
        assertThat(counter.accept(2)).isEqualTo(new Lost(255, 2));
        assertThat(new Lost(255, 2).missing()).isEqualTo(2);
    }

    @Test
    void after255ComesOne() {
        counter.accept(255);
        assertThat(counter.accept(1)).isEqualTo(Whole.NEXT);
        assertThat(E2eCounter.after(254)).isEqualTo(255);
    }

    @Test
    void aRepeatedNumberIsReported() {
        counter.accept(3);
        assertThat(counter.accept(3)).isEqualTo(new Repeated(3));
        assertThat(counter.accept(4)).isEqualTo(Whole.NEXT);
    }

    @Test
    void zeroIsNotCountedAndLosesNothing() {
        assertThat(counter.accept(0)).isEqualTo(Whole.NOT_COUNTED);
        counter.accept(255);
        assertThat(counter.accept(E2eCheck.none())).isEqualTo(Whole.NOT_COUNTED);
        assertThat(counter.accept(E2eCheck.sound(1))).isEqualTo(Whole.NEXT);
    }

    @Test
    void whatIsNoOctetIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> counter.accept(256));
        assertThatIllegalArgumentException().isThrownBy(() -> counter.accept(-1));
    }
}
