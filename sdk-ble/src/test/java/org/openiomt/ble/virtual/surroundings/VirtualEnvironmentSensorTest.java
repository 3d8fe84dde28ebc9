package org.openiomt.ble.virtual.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.environment.EnvironmentalConfiguration;
import org.openiomt.ble.profile.environment.EnvironmentalConfiguration.Logic;
import org.openiomt.ble.profile.environment.EnvironmentalMeasurement;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger.Condition;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class VirtualEnvironmentSensorTest {
    private final ManualAir room = new ManualAir();
    private final VirtualEnvironmentSensor sensor =
            new VirtualEnvironmentSensor(room.air, "env-1", Kind.TEMPERATURE, Kind.HUMIDITY, Kind.PRESSURE);
    private final Central client = new Central(room, sensor.peripheral());
    private final List<EnvironmentalReading> heard = client.hear(
            VirtualEnvironmentSensor.channel(Kind.TEMPERATURE),
            Kind.TEMPERATURE.profile().codec());

    private void measure(String... degrees) {
        for (String value : degrees) {
            sensor.measure(Kind.TEMPERATURE, MedicalFloat.parse(value));
            room.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void trigger(int number, String octets) {
        sensor.writeTrigger(Kind.TEMPERATURE, number, HexFormat.of().parseHex(octets.replace(" ", "")));
        room.clock.runUntilIdle();
    }

    private List<String> told() {
        return heard.stream()
                .map(reading -> reading.value().toBigDecimal().toPlainString())
                .toList();
    }

    @Test
    void withoutTriggersEachMeasurementIsToldAndRead() {
        assertThat(client.read(
                                VirtualEnvironmentSensor.channel(Kind.HUMIDITY),
                                Kind.HUMIDITY.profile().codec())
                        .value())
                .isEqualTo(MedicalFloat.NAN);

        measure("21.5", "21.5");
        sensor.measure(Kind.PRESSURE, MedicalFloat.parse("101325.0"));

        assertThat(told()).containsExactly("21.50", "21.50");
        assertThat(client.read(
                                VirtualEnvironmentSensor.channel(Kind.PRESSURE),
                                Kind.PRESSURE.profile().codec())
                        .value())
                .isEqualTo(MedicalFloat.parse("101325.0"));
        assertThatThrownBy(() -> sensor.measure(Kind.OZONE, MedicalFloat.NAN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "00, ''",
        "03, '20.00 21.00 20.00'",
        "04 D007, '19.99'",
        "05 D007, '20.00 19.99'",
        "06 D007, '21.00'",
        "07 D007, '20.00 21.00'",
        "08 D007, '20.00'",
        "09 D007, '19.99 21.00'"
    })
    void aTriggerDecidesWhatIsTold(String octets, String expected) {
        trigger(0, octets);

        if (octets.equals("03")) {
            measure("20", "20", "21", "20");
        } else {
            measure("20", "19.99", "21");
        }

        assertThat(String.join(" ", told())).isEqualTo(expected);
    }

    @Test
    void timeTriggersTellAtTheirTimes() {
        measure("20");
        heard.clear();
        trigger(0, "01 0A0000");

        room.clock.advance(Duration.ofSeconds(25));
        measure("21");
        room.clock.advance(Duration.ofSeconds(4));

        assertThat(told()).containsExactly("20.00", "20.00", "21.00");
    }

    @Test
    void notBeforeATimeHasPassed() {
        trigger(0, "02 030000");

        measure("20", "21", "22", "23", "24");

        assertThat(told()).containsExactly("20.00", "23.00");
    }

    @Test
    void triggersCountTogetherAsConfigured() {
        trigger(0, "06 D007");
        trigger(1, "03");

        measure("19", "21", "21", "19");
        assertThat(told()).containsExactly("19.00", "21.00", "21.00", "19.00");
        heard.clear();
        sensor.writeConfiguration(Kind.TEMPERATURE, new byte[] {0});
        measure("21", "21", "22", "19");

        assertThat(told()).containsExactly("21.00", "22.00");
        assertThat(sensor.configuration(Kind.TEMPERATURE)).isEqualTo(EnvironmentalConfiguration.of(Logic.AND));
        assertThat(sensor.trigger(Kind.TEMPERATURE, 1)).isEqualTo(EnvironmentalTrigger.of(Condition.CHANGED));
    }

    @Test
    void anUnknownValueIsNeitherAboveNorBelow() {
        trigger(0, "06 D007");
        trigger(1, "05 D007");

        sensor.measure(Kind.TEMPERATURE, MedicalFloat.NAN);
        room.clock.runUntilIdle();

        assertThat(heard).isEmpty();
    }

    @Test
    void changesOfDescriptorsAreIndicated() {
        List<String> changes = client.hear(VirtualEnvironmentSensor.DESCRIPTOR_VALUE_CHANGED);
        EnvironmentalMeasurement hourly =
                new EnvironmentalMeasurement(2, 60, 3_600, 1, MedicalFloat.parse("2.5"), Remainder.NONE);

        trigger(2, "03");
        sensor.writeConfiguration(Kind.TEMPERATURE, new byte[] {1});
        sensor.measuresBy(Kind.HUMIDITY, hourly);
        room.clock.runUntilIdle();

        assertThat(changes).containsExactly("03006e2a", "05006e2a", "08006f2a");
        assertThat(sensor.measurement(Kind.HUMIDITY)).isEqualTo(hourly);
    }

    @ParameterizedTest
    @CsvSource({
        "0A, CONDITION_NOT_SUPPORTED",
        "04, WRITE_REQUEST_REJECTED",
        "04 D0, WRITE_REQUEST_REJECTED",
        "04 D00700, WRITE_REQUEST_REJECTED",
        "01 0A00, WRITE_REQUEST_REJECTED",
        "'', WRITE_REQUEST_REJECTED"
    })
    void aTriggerThatDoesNotSuitIsRefused(String octets, AttMeaning meaning) {
        List<String> changes = client.hear(VirtualEnvironmentSensor.DESCRIPTOR_VALUE_CHANGED);

        assertThatThrownBy(() -> trigger(0, octets))
                .isInstanceOfSatisfying(
                        GattRefusedException.class,
                        refusal -> assertThat(refusal.meaning()).contains(meaning));
        assertThatThrownBy(() -> sensor.writeConfiguration(Kind.TEMPERATURE, new byte[] {2}))
                .isInstanceOf(GattRefusedException.class);
        room.clock.runUntilIdle();

        assertThat(changes).isEmpty();
        assertThat(sensor.trigger(Kind.TEMPERATURE, 0)).isEqualTo(EnvironmentalTrigger.of(Condition.INACTIVE));
    }
}
