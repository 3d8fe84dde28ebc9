package org.openiomt.ble.profile.objecttransfer;

import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ObjectListMessagePropertyTest extends CodecLaws<ObjectListMessage> {
    @Override
    protected Codec<ObjectListMessage> codec() {
        return ObjectListMessage.CODEC;
    }

    @Override
    protected Arbitrary<ObjectListMessage> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(1, 2, 3, 4, 7, 8).map(ObjectListMessage.Plain::of),
                ObjectIdPropertyTest.ids().map(id -> new ObjectListMessage.GoTo(id, Remainder.NONE)),
                Arbitraries.of(1, 2, 3, 4, 5, 0x11, 0x12, 0x13, 0x14, 0x15)
                        .map(order -> new ObjectListMessage.Order(order, Remainder.NONE)),
                Arbitraries.integers()
                        .between(1, 8)
                        .map(result -> new ObjectListMessage.Response(
                                ObjectListMessage.NEXT, result, OptionalLong.empty(), Remainder.NONE)),
                Arbitraries.longs()
                        .between(0, 0xFFFF_FFFFL)
                        .map(count -> new ObjectListMessage.Response(
                                ObjectListMessage.REQUEST_NUMBER_OF_OBJECTS,
                                ObjectListResult.SUCCESS.code(),
                                OptionalLong.of(count),
                                Remainder.NONE)));
    }
}
