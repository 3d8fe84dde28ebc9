package org.openiomt.ble.profile.time;

import net.jqwik.api.Arbitrary;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.core.wire.Codec;

class DateTimePropertyTest extends CodecLaws<DateTime> {
    @Override
    protected Codec<DateTime> codec() {
        return DateTime.CODEC;
    }

    @Override
    protected Arbitrary<DateTime> values() {
        return ProfileValues.dateTimes().map(DateTime::of);
    }
}
