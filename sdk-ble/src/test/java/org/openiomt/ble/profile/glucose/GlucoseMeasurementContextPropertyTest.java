package org.openiomt.ble.profile.glucose;

import static org.openiomt.ble.conformance.ProfileValues.optional;
import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.sfloats;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class GlucoseMeasurementContextPropertyTest extends CodecLaws<GlucoseMeasurementContext> {
    @Override
    protected Codec<GlucoseMeasurementContext> codec() {
        return GlucoseMeasurementContext.CODEC;
    }

    @Override
    protected Arbitrary<GlucoseMeasurementContext> values() {
        Arbitrary<GlucoseMeasurementContext> meal = Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        optionalInts(0, 0xFF),
                        optional(amount(7)),
                        optionalInts(1, 5),
                        optional(testerHealth()))
                .as((number, extended, carbohydrate, code, both) -> new GlucoseMeasurementContext(
                        number,
                        extended,
                        carbohydrate,
                        code,
                        both,
                        Optional.empty(),
                        GlucoseMeasurementContext.MedicationUnit.KILOGRAM,
                        Optional.empty(),
                        Optional.empty(),
                        Remainder.NONE));
        Arbitrary<Optional<GlucoseMeasurementContext.Exercise>> exercise = optional(Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFF))
                .as(GlucoseMeasurementContext.Exercise::new));
        return Combinators.combine(
                        meal,
                        exercise,
                        Arbitraries.of(GlucoseMeasurementContext.MedicationUnit.class),
                        optional(amount(5)),
                        optional(sfloats()))
                .as((first, active, unit, medication, hba1c) -> new GlucoseMeasurementContext(
                        first.sequenceNumber(),
                        first.extendedFlags(),
                        first.carbohydrate(),
                        first.meal(),
                        first.testerHealth(),
                        active,
                        unit,
                        medication,
                        hba1c,
                        Remainder.NONE));
    }

    private static Arbitrary<GlucoseMeasurementContext.Amount> amount(int lastId) {
        return Combinators.combine(Arbitraries.integers().between(1, lastId), sfloats())
                .as(GlucoseMeasurementContext.Amount::new);
    }

    private static Arbitrary<GlucoseMeasurementContext.TesterHealth> testerHealth() {
        return Combinators.combine(Arbitraries.of(1, 2, 3, 15), Arbitraries.of(1, 2, 3, 4, 5, 15))
                .as(GlucoseMeasurementContext.TesterHealth::new);
    }
}
