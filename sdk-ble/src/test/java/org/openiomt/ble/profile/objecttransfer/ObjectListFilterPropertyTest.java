package org.openiomt.ble.profile.objecttransfer;

import static org.openiomt.ble.conformance.ProfileValues.dateTimes;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.core.wire.Remainder;

class ObjectListFilterPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        return List.of(
                new Law<>(ObjectListFilter.CODEC, closed(), true), new Law<>(ObjectListFilter.CODEC, open(), false));
    }

    private static Arbitrary<ObjectListFilter> closed() {
        return Arbitraries.oneOf(
                Arbitraries.of(ObjectListFilter.ALL, ObjectListFilter.MARKED)
                        .map(filter -> new ObjectListFilter.Plain(filter, Remainder.NONE)),
                Combinators.combine(
                                Arbitraries.of(ObjectListFilter.CREATED_BETWEEN, ObjectListFilter.MODIFIED_BETWEEN),
                                dateTimes(),
                                dateTimes())
                        .as((filter, from, to) -> new ObjectListFilter.ByTime(filter, from, to, Remainder.NONE)),
                Combinators.combine(
                                Arbitraries.of(ObjectListFilter.SIZE_BETWEEN, ObjectListFilter.ALLOCATED_SIZE_BETWEEN),
                                Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                                Arbitraries.longs().between(0, 0xFFFF_FFFFL))
                        .as((filter, min, max) -> new ObjectListFilter.BySize(filter, min, max, Remainder.NONE)));
    }

    /** Names and types go on to the end. */
    private static Arbitrary<ObjectListFilter> open() {
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.integers().between(1, 4),
                                Arbitraries.strings().alpha().ofMaxLength(20))
                        .as((filter, name) -> new ObjectListFilter.ByName(filter, DeviceText.of(name))),
                ObjectTypePropertyTest.types().map(ObjectListFilter.ByType::new));
    }
}
