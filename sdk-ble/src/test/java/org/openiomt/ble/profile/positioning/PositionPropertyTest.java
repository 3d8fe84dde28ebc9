package org.openiomt.ble.profile.positioning;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.scalars;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.core.wire.Remainder;

class PositionPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>();
        for (Position.Kind kind : Position.Kind.values()) {
            laws.add(new Law<>(kind.profile().codec(), scalars(kind.scalar()).map(kind::of), true));
        }
        laws.add(new Law<>(
                PositioningConfiguration.CODEC,
                bits(PositioningConfiguration.Part.class)
                        .map(parts -> new PositioningConfiguration(parts, Remainder.NONE)),
                true));
        laws.add(new Law<>(
                Uncertainty.CODEC,
                Combinators.combine(
                                Arbitraries.of(true, false),
                                Arbitraries.integers().between(0, 7),
                                Arbitraries.integers().between(0, 6))
                        .as((isMobile, update, precision) ->
                                new Uncertainty(isMobile, update, precision, Remainder.NONE)),
                true));
        return laws;
    }
}
