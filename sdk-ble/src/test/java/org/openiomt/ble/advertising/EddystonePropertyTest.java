package org.openiomt.ble.advertising;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.Remainder;

class EddystonePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        return List.of(new Law<>(Eddystone.CODEC, closed(), true), new Law<>(Eddystone.CODEC, open(), false));
    }

    private static Arbitrary<Eddystone> closed() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<Long> counts = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        return Arbitraries.oneOf(
                Combinators.combine(powers(), octets(10), octets(6))
                        .as((power, namespace, instance) ->
                                new Eddystone.Uid(power, namespace, instance, OptionalInt.of(0), Remainder.NONE)),
                Combinators.combine(numbers, Arbitraries.integers().between(-32768, 32767), counts, counts)
                        .as((battery, temperature, advertisements, uptime) ->
                                new Eddystone.Telemetry(battery, temperature, advertisements, uptime, Remainder.NONE)),
                Combinators.combine(octets(12), numbers, numbers)
                        .as((content, salt, check) ->
                                new Eddystone.SealedTelemetry(content, salt, check, Remainder.NONE)),
                Combinators.combine(powers(), octets(8))
                        .as((power, id) -> new Eddystone.Eid(power, id, Remainder.NONE)));
    }

    /** An address goes on to the end. */
    private static Arbitrary<Eddystone> open() {
        Arbitrary<Opaque> texts = Arbitraries.bytes()
                .between((byte) 0x21, (byte) 0x7E)
                .array(byte[].class)
                .ofMaxSize(17)
                .map(Opaque::of);
        return Combinators.combine(powers(), Arbitraries.integers().between(0, 3), texts)
                .as(Eddystone.Url::new);
    }

    private static Arbitrary<Integer> powers() {
        return Arbitraries.integers().between(-128, 127);
    }

    private static Arbitrary<Opaque> octets(int size) {
        return Arbitraries.bytes().array(byte[].class).ofSize(size).map(Opaque::of);
    }
}
