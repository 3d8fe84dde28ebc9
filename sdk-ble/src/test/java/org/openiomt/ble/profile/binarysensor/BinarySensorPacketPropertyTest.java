package org.openiomt.ble.profile.binarysensor;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket.Message;
import org.openiomt.core.wire.Codec;

class BinarySensorPacketPropertyTest extends CodecLaws<BinarySensorPacket> {
    @Override
    protected Codec<BinarySensorPacket> codec() {
        return BinarySensorPacket.CODEC;
    }

    @Override
    protected Arbitrary<BinarySensorPacket> values() {
        return Combinators.combine(
                        Arbitraries.of(Message.class),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.of(true, false),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(60))
                .as((message, count, isFromServer, payload) ->
                        BinarySensorPacket.split(message, count, isFromServer, payload, 20))
                .flatMap(Arbitraries::of);
    }

    /** The payload goes on to the end. */
    @Override
    protected boolean isClosed() {
        return false;
    }
}
