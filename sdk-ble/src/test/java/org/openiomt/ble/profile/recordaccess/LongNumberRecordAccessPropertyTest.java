package org.openiomt.ble.profile.recordaccess;

import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class LongNumberRecordAccessPropertyTest extends CodecLaws<RecordAccessMessage> {
    @Override
    protected Codec<RecordAccessMessage> codec() {
        return RecordAccessMessage.LONG_NUMBERS_CODEC;
    }

    @Override
    protected Arbitrary<RecordAccessMessage> values() {
        Arbitrary<OptionalLong> numbers =
                Arbitraries.longs().between(0, 0xFFFFFFFFL).map(OptionalLong::of);
        OptionalLong none = OptionalLong.empty();
        return Arbitraries.oneOf(
                Arbitraries.of(Request.reportAll(), Request.countAll(), Request.abort()),
                numbers.map(last -> request(RecordAccessMessage.AT_MOST, none, last)),
                numbers.map(first -> request(RecordAccessMessage.AT_LEAST, first, none)),
                Combinators.combine(numbers, numbers)
                        .as((first, last) -> request(RecordAccessMessage.WITHIN, first, last)));
    }

    private static RecordAccessMessage request(int operator, OptionalLong first, OptionalLong last) {
        RecordFilter filter = new RecordFilter.ByLongNumber(first, last);
        return new Request(RecordAccessMessage.REPORT, operator, Optional.of(filter), Remainder.NONE);
    }
}
