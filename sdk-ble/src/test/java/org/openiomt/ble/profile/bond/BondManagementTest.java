package org.openiomt.ble.profile.bond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.bond.BondManagementCommand.Operation;
import org.openiomt.core.wire.Remainder;

class BondManagementTest {
    @Test
    void anAuthorizationCodeIsNotShown() {
        assertThat(new BondManagementCommand(3, DeviceText.of("1234")))
                .hasToString("BondManagementCommand[opCode, operation, authorizationCode]");
    }

    @Test
    void anOperationIsWrittenAsItsOpCode() {
        assertThat(BondManagementCommand.CODEC.encode(BondManagementCommand.of(Operation.DELETE_ALL_BUT_ACTIVE_LE)))
                .containsExactly(9);
    }

    @Test
    void featuresMustFitTheirOctets() {
        Set<BondManagementFeature.Feature> last =
                Set.of(BondManagementFeature.Feature.DELETE_ALL_BUT_ACTIVE_LE_NEEDS_CODE);
        assertThatIllegalArgumentException().isThrownBy(() -> new BondManagementFeature(last, 2, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new BondManagementFeature(last, 4, Remainder.NONE));
    }
}
