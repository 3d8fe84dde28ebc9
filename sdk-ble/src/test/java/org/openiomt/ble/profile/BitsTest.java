package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.pulseoximeter.OximeterFeature;
import org.openiomt.ble.profile.pulseoximeter.OximeterStatus;

class BitsTest {
    private static final long BITS = OximeterStatus.INVALID.mask() | OximeterStatus.VALIDATED.mask() | 1;

    private enum Overlapping implements Bit {
        ONE,
        OTHER;

        @Override
        public long mask() {
            return 1;
        }
    }

    @Test
    void aSetHoldsTheConstantsWhoseBitIsSetInTheirOrder() {
        Set<OximeterStatus> set = Bits.set(OximeterStatus.class, BITS);
        EnumSet<OximeterStatus> same = EnumSet.of(OximeterStatus.INVALID, OximeterStatus.VALIDATED);

        assertThat(set)
                .containsExactly(OximeterStatus.VALIDATED, OximeterStatus.INVALID)
                .hasSize(2);
        assertThat(set.contains(OximeterStatus.INVALID)).isTrue();
        assertThat(set.contains(OximeterStatus.TEST)).isFalse();
        assertThat(set.equals(same)).isTrue();
        assertThat(same.equals(set)).isTrue();
        assertThat(set).hasSameHashCodeAs(same).hasToString("[VALIDATED, INVALID]");
        assertThat(Bits.mask(set)).isEqualTo(BITS & ~1).isEqualTo(Bits.mask(same));
        assertThat(Bits.set(OximeterStatus.class, 1)).isEmpty();
    }

    @Test
    void constantsOfAnotherTypeAreNotInASet() {
        Set<?> set = Bits.set(OximeterStatus.class, Bits.known(OximeterStatus.class));
        assertThat(OximeterFeature.values()).noneMatch(set::contains);
        assertThat(set.contains(null)).isFalse();
    }

    @Test
    void aSetCannotBeChangedAndIsItsOwnCopy() {
        Set<OximeterStatus> set = Bits.set(OximeterStatus.class, BITS);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> set.add(OximeterStatus.TEST));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(set::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> set.remove(OximeterStatus.INVALID));
        assertThat(Bits.copy(OximeterStatus.class, set)).isSameAs(set);

        EnumSet<OximeterStatus> changing = EnumSet.of(OximeterStatus.TEST);
        Set<OximeterStatus> copy = Bits.copy(OximeterStatus.class, changing);
        changing.add(OximeterStatus.INVALID);
        assertThat(copy).containsExactly(OximeterStatus.TEST);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> copy.remove(OximeterStatus.TEST));
    }

    @Test
    void eachConstantNeedsABitOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bits.known(Overlapping.class))
                .withMessage("OTHER needs a bit of its own");
    }
}
