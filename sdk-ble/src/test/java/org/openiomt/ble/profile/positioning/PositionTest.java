package org.openiomt.ble.profile.positioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;

class PositionTest {
    @Test
    void aCoordinateThatNobodyHasSetIsNoPlace() {
        byte[] octets = {0, (byte) 0x80};
        Position north = Position.Kind.LOCAL_NORTH
                .profile()
                .codec()
                .decode(octets, DecodeMode.STRICT)
                .value();
        assertThat(north.value()).isEqualTo(MedicalFloat.NAN);
    }

    @Test
    void aPlaceBeyondThePoleIsRefusedByItsRange() {
        Position beyond = Position.Kind.LATITUDE.of(MedicalFloat.parse("90.0000001"));
        assertThat(beyond.isInRange()).isFalse();
        assertThat(Position.Kind.LATITUDE.of(MedicalFloat.parse("-90")).isInRange())
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Position.Kind.LATITUDE.of(MedicalFloat.parse("300")));
    }
}
