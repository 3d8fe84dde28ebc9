package org.openiomt.ble.profile.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.ble.profile.fitness.SupportedRange.Target;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

class MachineDataTest {
    private static final OptionalLong ONE = OptionalLong.of(1);

    @Test
    void theBitMoreDataIsInverted() {
        MachineData last = Machine.TREADMILL.codec().decode(octets("0000E803"));
        assertThat(last.hasMoreData()).isFalse();
        assertThat(last.quantity(Metric.INSTANTANEOUS_SPEED))
                .hasValueSatisfying(speed -> assertThat(speed).hasToString("10.00"));
        MachineData part = Machine.TREADMILL.codec().decode(octets("010178"));
        assertThat(part.hasMoreData()).isTrue();
        assertThat(part.quantity(Metric.INSTANTANEOUS_SPEED)).isEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .as("no speed although there is no more data")
                .isThrownBy(() -> Machine.TREADMILL.codec().decode(octets("000178")))
                .withMessage("instantaneousSpeed at octet 2: cut short, 1 octet missing");
    }

    @Test
    void theFlagsOfACrossTrainerHave24Bits() {
        assertThat(Machine.CROSS_TRAINER
                        .codec()
                        .decode(octets("0400008403E80300"))
                        .quantity(Metric.TOTAL_DISTANCE))
                .hasValueSatisfying(metres -> assertThat(metres).hasToString("1000"));
    }

    @ParameterizedTest
    @CsvSource({
        "TREADMILL, 2000E8030C, FIRST_EDITION",
        "TREADMILL, 2000E803B400, LATER_FIELD_DATA",
        "TREADMILL, 2000E803B40007, FIRST_EDITION", // fits neither: the tail stays a tail
        "TREADMILL, 2080E803B400, FIRST_EDITION", // an unknown flag may have octets of its own
        "INDOOR_BIKE, 200000001400, FIRST_EDITION",
        "INDOOR_BIKE, 2000000014, LATER_FIELD_DATA",
        "ROWER, 80003064000200, FIRST_EDITION",
        "ROWER, 800030640002, LATER_FIELD_DATA",
        "CROSS_TRAINER, 8000008403FEFF, FIRST_EDITION",
        "CROSS_TRAINER, 800000840302, LATER_FIELD_DATA",
    })
    void theLengthChoosesTheReadingWhereItDecides(Machine machine, String hex, Reading reading) {
        Decoded<MachineData> decoded = machine.codec().decode(octets(hex), DecodeMode.LENIENT);
        assertThat(decoded.value().reading()).isEqualTo(reading);
        assertThat(decoded.warnings().stream()
                        .anyMatch(warning -> warning.reason().contains("read so")))
                .as("the choice is reported")
                .isEqualTo(reading == Reading.LATER_FIELD_DATA);
        assertThat(machine.codec().encode(decoded.value())).isEqualTo(octets(hex));
    }

    @Test
    void strictTakesTheFirstEditionAlone() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> Machine.TREADMILL.codec().decode(octets("2000E803B400"), DecodeMode.STRICT));
    }

    @Test
    void whoKnowsTheMachineNamesTheReading() {
        MachineData pace = MachineData.codec(Machine.TREADMILL, Reading.LATER_FIELD_DATA)
                .decode(octets("2000E803B40007"), DecodeMode.LENIENT)
                .value();
        assertThat(pace.quantity(Metric.INSTANTANEOUS_PACE))
                .hasValueSatisfying(seconds -> assertThat(seconds).hasToString("180"));
        assertThat(pace.remainder().trailing()).containsExactly(7);
        assertThat(MachineData.codec(Machine.TREADMILL, Reading.FIRST_EDITION)
                        .decode(octets("2000E8030C"))
                        .quantity(Metric.INSTANTANEOUS_PACE_KILOMETRE))
                .hasValueSatisfying(pace10 -> assertThat(pace10).hasToString("1.2"));
    }

    @Test
    void notAvailableIsNoNumber() {
        MachineData data = Machine.TREADMILL.codec().decode(octets("800000002C00FFFFFF"));
        assertThat(data.values())
                .containsEntry(Metric.TOTAL_ENERGY, OptionalLong.of(44))
                .containsEntry(Metric.ENERGY_PER_HOUR, OptionalLong.empty())
                .containsEntry(Metric.ENERGY_PER_MINUTE, OptionalLong.empty());
        assertThat(data.quantity(Metric.ENERGY_PER_HOUR)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MachineData.of(Machine.ROWER, Map.of(Metric.INSTANTANEOUS_PACE, OptionalLong.of(0xFFFF))));
        assertThatIllegalArgumentException()
                .as("a speed has no such code")
                .isThrownBy(() ->
                        MachineData.of(Machine.TREADMILL, Map.of(Metric.INSTANTANEOUS_SPEED, OptionalLong.empty())));
    }

    @Test
    void metricsComeInWholeGroupsOfTheirMachine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MachineData.of(Machine.TREADMILL, Map.of(Metric.INCLINATION, ONE)))
                .withMessage("expected all or none of [inclination, ramp angle]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MachineData.of(Machine.TREADMILL, Map.of(Metric.STROKE_RATE, ONE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MachineData.of(Machine.TREADMILL, Map.of(Metric.HEART_RATE, OptionalLong.of(256))));
        assertThatIllegalArgumentException()
                .as("the data of another machine")
                .isThrownBy(() -> Machine.ROWER
                        .codec()
                        .encode(MachineData.of(Machine.TREADMILL, Map.of(Metric.HEART_RATE, ONE))));
    }

    @Test
    void halfStepsAreExact() {
        MachineData bike = Machine.INDOOR_BIKE.codec().decode(octets("040000009700"));
        assertThat(bike.quantity(Metric.INSTANTANEOUS_CADENCE))
                .hasValueSatisfying(cadence -> assertThat(cadence).hasToString("75.5"));
    }

    @Test
    void aRangeOfOneOctetIsReportedAndRefusedByStrict() {
        Decoded<SupportedRange> range = Target.RESISTANCE.codec().decode(octets("000A01"), DecodeMode.LENIENT);
        assertThat(range.value()).isEqualTo(SupportedRange.of(Target.RESISTANCE_TENS, 0, 10, 1));
        assertThat(range.warnings()).isNotEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> Target.RESISTANCE.codec().decode(octets("000A01"), DecodeMode.STRICT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.SPEED.codec().encode(range.value()));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
