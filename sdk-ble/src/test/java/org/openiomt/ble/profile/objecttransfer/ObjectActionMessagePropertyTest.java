package org.openiomt.ble.profile.objecttransfer;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.Remainder;

class ObjectActionMessagePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(ObjectActionMessage.CODEC, closed(), true),
                new Law<>(ObjectActionMessage.CODEC, open(), false));
    }

    private static Arbitrary<ObjectActionMessage> closed() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        return Arbitraries.oneOf(
                Arbitraries.of(ObjectActionMessage.Plain.delete(), ObjectActionMessage.Plain.abort()),
                Combinators.combine(numbers, numbers).as(ObjectActionMessage.Part::checksum),
                Combinators.combine(numbers, numbers).as(ObjectActionMessage.Part::read),
                Combinators.combine(numbers, numbers).as(ObjectActionMessage.Part::write),
                Combinators.combine(numbers, numbers).as(ObjectActionMessage.Part::writeAndTruncate),
                Arbitraries.of(ObjectActionResult.class)
                        .map(result -> ObjectActionMessage.Response.of(ObjectActionMessage.READ, result)),
                numbers.map(crc -> new ObjectActionMessage.Response(
                        ObjectActionMessage.CALCULATE_CHECKSUM,
                        ObjectActionResult.SUCCESS.code(),
                        OptionalLong.of(crc),
                        Opaque.of(new byte[0]),
                        Remainder.NONE)));
    }

    /** Parameters of an object and types go on to the end. */
    private static Arbitrary<ObjectActionMessage> open() {
        Arbitrary<Opaque> octets =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Opaque::of);
        return Arbitraries.oneOf(
                octets.map(ObjectActionMessage.Execute::new),
                Combinators.combine(Arbitraries.longs().between(0, 0xFFFF_FFFFL), ObjectTypePropertyTest.types())
                        .as(ObjectActionMessage.Create::new),
                octets.map(answer -> new ObjectActionMessage.Response(
                        ObjectActionMessage.EXECUTE,
                        ObjectActionResult.SUCCESS.code(),
                        OptionalLong.empty(),
                        answer,
                        Remainder.NONE)));
    }
}
