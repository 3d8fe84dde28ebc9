package org.openiomt.ble.advertising;

import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class IBeaconPropertyTest extends CodecLaws<IBeacon> {
    @Override
    protected Codec<IBeacon> codec() {
        return IBeacon.CODEC;
    }

    @Override
    protected Arbitrary<IBeacon> values() {
        return Combinators.combine(
                        Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                                .as(UUID::new),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(-128, 127))
                .as((uuid, major, minor, power) -> new IBeacon(uuid, major, minor, power, Remainder.NONE));
    }
}
