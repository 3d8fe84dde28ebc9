package org.openiomt.ble.profile.time;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ElapsedTimePropertyTest extends CodecLaws<CurrentElapsedTime> {
    @Override
    protected Codec<CurrentElapsedTime> codec() {
        return CurrentElapsedTime.CODEC;
    }

    @Override
    protected Arbitrary<CurrentElapsedTime> values() {
        return Combinators.combine(
                        ProfileValues.elapsedTimes(),
                        bits(CurrentElapsedTime.Clocking.class)
                                .filter(says -> !says.isEmpty())
                                .map(says -> new CurrentElapsedTime.Clock(says, 0)))
                .as((time, clock) -> new CurrentElapsedTime(time, Optional.of(clock), Remainder.NONE));
    }
}
