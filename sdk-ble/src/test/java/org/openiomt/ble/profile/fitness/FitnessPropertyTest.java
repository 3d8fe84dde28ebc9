package org.openiomt.ble.profile.fitness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.ControlPointValues;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.conformance.ProfileValues;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.ble.profile.fitness.SupportedRange.Target;
import org.openiomt.core.wire.Remainder;

class FitnessPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>(ControlPointValues.laws(MachineControlPoint.POINT));
        for (Machine machine : Machine.values()) {
            laws.add(new Law<>(machine.codec(), MachineValues.data(machine, Reading.FIRST_EDITION), true));
            for (Reading reading : Reading.values()) {
                laws.add(new Law<>(MachineData.codec(machine, reading), MachineValues.data(machine, reading), true));
            }
        }
        laws.add(new Law<>(MachineStatus.CODEC, statuses(), true));
        laws.add(new Law<>(MachineFeatures.CODEC, features(), true));
        for (Target target : Target.values()) {
            laws.add(new Law<>(target.codec(), ranges(target), true));
        }
        laws.add(new Law<>(TrainingStatus.CODEC, trainings(false), true));
        laws.add(new Law<>(TrainingStatus.CODEC, trainings(true), false));
        return laws;
    }

    private static Arbitrary<MachineStatus> statuses() {
        return Arbitraries.of(MachineStatus.Event.class)
                .flatMap(event -> ControlPointValues.values(event.table())
                        .map(values -> MachineStatus.of(event, values.toArray())));
    }

    private static Arbitrary<MachineFeatures> features() {
        return Combinators.combine(
                        ProfileValues.bits(MachineFeatures.Feature.class),
                        ProfileValues.bits(MachineFeatures.Target.class))
                .as(MachineFeatures::of);
    }

    private static Arbitrary<SupportedRange> ranges(Target target) {
        boolean isOneOctet = target == Target.HEART_RATE || target == Target.RESISTANCE_TENS;
        IntegerForm bound =
                isOneOctet ? IntegerForm.UINT8 : target == Target.SPEED ? IntegerForm.UINT16 : IntegerForm.SINT16;
        IntegerForm increment = isOneOctet ? IntegerForm.UINT8 : IntegerForm.UINT16;
        return Combinators.combine(numbers(bound), numbers(bound), numbers(increment))
                .as((minimum, maximum, step) -> SupportedRange.of(target, minimum, maximum, step));
    }

    private static Arbitrary<Long> numbers(IntegerForm form) {
        return Arbitraries.longs().between(form.min(), form.max());
    }

    private static Arbitrary<TrainingStatus> trainings(boolean hasText) {
        Arbitrary<DeviceText> texts =
                Arbitraries.strings().alpha().ofMaxLength(20).map(DeviceText::of);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 15),
                        hasText ? texts.map(Optional::of) : Arbitraries.just(Optional.<DeviceText>empty()),
                        Arbitraries.of(true, false))
                .as((code, text, isExtended) -> new TrainingStatus(code, text, isExtended, Remainder.NONE));
    }
}
