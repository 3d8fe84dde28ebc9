package org.openiomt.ble.profile.bond;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.texts;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;

class BondManagementPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(
                        BondManagementFeature.CODEC,
                        bits(BondManagementFeature.Feature.class).map(BondManagementFeature::of),
                        true),
                new Law<>(
                        BondManagementCommand.CODEC,
                        Combinators.combine(Arbitraries.integers().between(1, 9), texts(18))
                                .as(BondManagementCommand::new),
                        false));
    }
}
