package org.openiomt.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Ids outlive versions, so their form is pinned by known answers. These were computed apart from this library, with Python's
 * hashlib over the fields that {@link ContentDigest} names: the first 16 octets of SHA-256 in hexadecimal.
 */
class ObservationIdTest {
    private static final Instant RECEIVED_AT = Instant.parse("2024-06-23T12:35:13Z");
    private static final Code TYPE = Code.of(150364);
    private static final Value VALUE = Value.Numeric.of(MedicalFloat.of(372, -1), Code.of(268192));
    private static final DeviceTime WALL = DeviceTime.WallClock.of(DeviceDateTime.of(2024, 6, 23, 14, 35, 10));

    @Test
    void aReadingWithAWholeTimeIsNamedByTimeAndValue() {
        assertThat(id(thermometer(1).at(WALL))).isEqualTo("8267ec61cc59da907ba2eebacdc3dfc8");
    }

    @Test
    void anEarlyReadingHasANameOfItsOwn() {
        assertThat(id(thermometer(1).at(WALL).status(MeasurementStatus.EARLY_INDICATION)))
                .isEqualTo("222aeb30b9f9bb7fa73400c95a54c0c6");
    }

    @Test
    void aRecordIsNamedByTimeAndNumber() {
        assertThat(id(thermometer(1).at(WALL).sequence(7))).isEqualTo("20c79215cca291087ecf436b891a54a5");
        assertThat(id(thermometer(1)
                        .at(new DeviceTime.Ticks(99, Duration.ofMillis(1)))
                        .sequence(7)))
                .isEqualTo("54173e1ffc0d71cac7dc426de44b0900");
        assertThat(id(thermometer(1).sequence(7))).isEqualTo("54c8a1a0f09c960432ad571b9f0ca5a2");
    }

    @Test
    void aReadingWithoutATimeIsNamedByItsArrival() {
        assertThat(id(thermometer(1))).isEqualTo("f89a41dbe4858507f7d59c13fd9e3b30");
        assertThat(id(thermometer(1).at(new DeviceTime.Ticks(99, Duration.ofMillis(1)))))
                .isEqualTo("f89a41dbe4858507f7d59c13fd9e3b30");
    }

    @Test
    void everyClassOfValueHasItsForm() {
        DeviceTime base =
                new DeviceTime.BaseOffset(DeviceDateTime.of(2026, 11, 22, 23, 59, 51), Duration.ofMinutes(-90));
        Value pressures = Value.Compound.of(
                new Value.Component(Code.of(150021), Value.Numeric.of(MedicalFloat.of(120, 0), Code.of(266016))),
                new Value.Component(Code.of(150022), Value.Numeric.of(MedicalFloat.NAN, Code.of(266016))));
        Value wave = Value.SampleArray.of(
                Code.of(266418), MedicalFloat.of(488, -5), MedicalFloat.of(0, 0), SampleRate.hertz(250), new int[] {
                    -1, 2
                });

        assertThat(id(arrival("cuff", 1).observe(Code.of(150020), pressures).at(base)))
                .isEqualTo("b155d4f578008062637e3015fd1ec810");
        assertThat(utc(new Value.Coded(Code.of(150588)))).isEqualTo("3818b47f9a8ea6508bd711e641e90db3");
        assertThat(utc(new Value.Flags(5, 16))).isEqualTo("c5af4f929928f1e353c95c1a7e98032c");
        assertThat(utc(new Value.Text("ä"))).isEqualTo("c346394cf64e187503fd50db5e948b17");
        assertThat(utc(wave)).isEqualTo("9ac498ce66192675132635fb63ffa57f");
        assertThat(utc(Value.Opaque.of(new byte[] {1, 2}))).isEqualTo("39d8ca886ee028133c0ba5edac68b05f");
    }

    @Test
    void neitherStatusNorQualifiersNorReceptionChangeTheNameOfARepeatedReading() {
        String first = id(thermometer(1).at(WALL));

        assertThat(id(thermometer(2)
                        .at(WALL)
                        .lasting(Duration.ofSeconds(3))
                        .status(MeasurementStatus.QUESTIONABLE)
                        .with(Code.of(150588), new Value.Text("x"))
                        .user(OptionalInt.of(3))
                        .derivedFrom(List.of(ObservationId.of(1, 2)))))
                .isEqualTo(first);
    }

    @Test
    void anotherDeviceTypeTimeValueOrResolutionHasAnotherName() {
        DeviceTime later = DeviceTime.WallClock.of(DeviceDateTime.of(2024, 6, 23, 14, 35, 11));
        Value finer = Value.Numeric.of(MedicalFloat.of(3720, -2), Code.of(268192));

        assertThat(List.of(
                        id(thermometer(1).at(WALL)),
                        id(thermometer(1).at(later)),
                        id(thermometer(1)
                                .at(new DeviceTime.WallClock(
                                        DeviceDateTime.of(2024, 6, 23, 14, 35, 10), Optional.of(ZoneOffset.UTC)))),
                        id(arrival("other", 1).observe(TYPE, VALUE).at(WALL)),
                        id(arrival("thermometer", 1)
                                .observe(Code.of(150365), VALUE)
                                .at(WALL)),
                        id(arrival("thermometer", 1).observe(TYPE, finer).at(WALL)),
                        id(thermometer(1).at(WALL).sequence(1)),
                        id(thermometer(1).at(WALL).sequence(2)),
                        id(thermometer(1)),
                        id(thermometer(2))))
                .doesNotHaveDuplicates();
    }

    @Test
    void anIdIsReadFromItsDigits() {
        ObservationId id = ObservationId.of(0x0123456789ABCDEFL, -1);

        assertThat(id).hasToString("0123456789abcdefffffffffffffffff");
        assertThat(ObservationId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "0123456789abcdefffffffffffffffff0", "0123456789abcdefffffffffffffffgg"})
    void whatHasNot32DigitsIsNoId(String text) {
        assertThatThrownBy(() -> ObservationId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String utc(Value value) {
        return id(
                arrival("d", 1).observe(Code.of(131072), value).at(new DeviceTime.Utc(RECEIVED_AT, Optional.empty())));
    }

    private static ObservationBuilder thermometer(long number) {
        return arrival("thermometer", number).observe(TYPE, VALUE);
    }

    private static Arrival arrival(String device, long number) {
        return Arrival.of(DeviceId.of(device), RECEIVED_AT, number, ClockState.UNKNOWN, Subjects.UNKNOWN);
    }

    private static String id(ObservationBuilder builder) {
        return builder.build().id().toString();
    }
}
