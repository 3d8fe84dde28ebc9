package org.openiomt.ble.profile.bloodpressure;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.core.wire.Remainder;

class EnhancedBloodPressurePropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        Arbitrary<EnhancedBloodPressureMeasurement> measurements = Combinators.combine(
                        sfloats(), sfloats(), sfloats(), details())
                .as((systolic, diastolic, mean, details) ->
                        new EnhancedBloodPressureMeasurement(systolic, diastolic, mean, details, Remainder.NONE));
        Arbitrary<EnhancedIntermediateCuffPressure> cuffs = Combinators.combine(sfloats(), details())
                .as((pressure, details) -> new EnhancedIntermediateCuffPressure(pressure, details, Remainder.NONE));
        Arbitrary<BloodPressureRecord> records = Arbitraries.oneOf(
                record(0x2B34, measurements),
                record(0x2B35, cuffs),
                record(0x2A35, BloodPressureMeasurementPropertyTest.standard()));
        return List.of(
                new Law<>(EnhancedBloodPressureMeasurement.CODEC, measurements, true),
                new Law<>(EnhancedIntermediateCuffPressure.CODEC, cuffs, true),
                new Law<>(BloodPressureRecord.CODEC, records, true),
                new Law<>(
                        BloodPressureRecord.PACKET_CODEC,
                        Combinators.combine(Arbitraries.integers().between(0, 63), records)
                                .as(Segmented::whole),
                        true));
    }

    private static Arbitrary<BloodPressureRecord> record(int uuid, Arbitrary<? extends Described> readings) {
        return Combinators.combine(Arbitraries.integers().between(0, 0xFFFF), readings)
                .as((number, reading) ->
                        new BloodPressureRecord(number, uuid, Optional.of(reading), E2eCheck.sound(), Remainder.NONE));
    }

    private static Arbitrary<EnhancedDetails> details() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        return Combinators.combine(
                        Arbitraries.of(PressureUnit.class),
                        Arbitraries.of(Epoch.class),
                        optional(seconds),
                        optional(sfloats()),
                        optionalInts(0, 255),
                        optionalInts(0, 7),
                        optional(seconds))
                .as((unit, epoch, takenAt, pulse, user, status, seen) -> new EnhancedDetails(
                        unit, epoch, takenAt.map(epoch::after), pulse, user, status(status), seen.map(epoch::after)));
    }

    private static Optional<BloodPressureStatus> status(OptionalInt bits) {
        return bits.isPresent() ? Optional.of(new BloodPressureStatus(bits.getAsInt())) : Optional.empty();
    }
}
