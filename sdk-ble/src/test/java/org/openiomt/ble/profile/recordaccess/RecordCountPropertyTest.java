package org.openiomt.ble.profile.recordaccess;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;

class RecordCountPropertyTest extends CodecLaws<RecordAccessMessage> {
    @Override
    protected Codec<RecordAccessMessage> codec() {
        return RecordAccessMessage.CODEC;
    }

    @Override
    protected Arbitrary<RecordAccessMessage> values() {
        return Combinators.combine(
                        Arbitraries.of(RecordAccessMessage.COUNT_ANSWER, RecordAccessMessage.COMBINED_ANSWER),
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.longs().between(0, 0xFFFFFFFFL))
                .as((opCode, octets, count) -> new RecordAccessMessage.Count(
                        opCode, RecordAccessMessage.NULL, count & ((1L << (8 * octets)) - 1), octets));
    }

    /** A longer count is another count. */
    @Override
    protected boolean isClosed() {
        return false;
    }
}
