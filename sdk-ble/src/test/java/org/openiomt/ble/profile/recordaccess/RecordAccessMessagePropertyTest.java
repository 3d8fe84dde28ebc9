package org.openiomt.ble.profile.recordaccess;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;

import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class RecordAccessMessagePropertyTest extends CodecLaws<RecordAccessMessage> {
    @Override
    protected Codec<RecordAccessMessage> codec() {
        return RecordAccessMessage.CODEC;
    }

    @Override
    protected Arbitrary<RecordAccessMessage> values() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 0xFFFF);
        return Arbitraries.oneOf(
                Arbitraries.of(
                        Request.reportAll(),
                        Request.reportLast(),
                        Request.countAll(),
                        Request.deleteAll(),
                        Request.abort()),
                numbers.map(Request::reportFrom),
                numbers.map(Request::countFrom),
                numbers.map(Request::deleteUpTo),
                Combinators.combine(numbers, numbers)
                        .as((first, last) ->
                                within(new RecordFilter.ByNumber(OptionalInt.of(first), OptionalInt.of(last)))),
                Combinators.combine(dateTimes(), dateTimes())
                        .as((first, last) -> within(new RecordFilter.ByTime(Optional.of(first), Optional.of(last)))),
                Combinators.combine(Arbitraries.integers().between(0, 0xFF), Arbitraries.of(ResponseCode.class))
                        .as(RecordAccessMessage.Response::of));
    }

    private static RecordAccessMessage within(RecordFilter filter) {
        return new Request(
                RecordAccessMessage.COMBINED_REPORT, RecordAccessMessage.WITHIN, Optional.of(filter), Remainder.NONE);
    }
}
