package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.battery.BatteryLevel;

class ProfilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2A35",
                "2a35",
                "0x2A35",
                "0X2a35",
                " 2A35 ",
                "00002A35-0000-1000-8000-00805F9B34FB",
                "00002a35-0000-1000-8000-00805f9b34fb",
                "Blood Pressure Measurement",
                "blood-pressure-measurement",
                "blood_pressure_measurement",
                "BloodPressureMeasurement"
            })
    void aProfileIsFoundByEachOfItsNames(String text) {
        assertThat(Profiles.find(text)).map(Profile::uuid).contains("2A35");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "2A3",
                "2A355",
                "FFFF",
                "Blood Pressure",
                "00002A35-0000-1000-8000-009132591325",
                "12342A35-0000-1000-8000-00805F9B34FB"
            })
    void anythingElseIsNotFound(String text) {
        assertThat(Profiles.find(text)).isEmpty();
    }

    @Test
    void everyProfileIsFoundByItsNumberItsNameAndItsWholeUuid() {
        assertThat(Profiles.all()).isNotEmpty().allSatisfy(profile -> {
            assertThat(Profiles.find(profile.uuid())).contains(profile);
            assertThat(Profiles.find(profile.name())).contains(profile);
            assertThat(Profiles.find(profile.uuid128())).contains(profile);
        });
        assertThat(Profiles.find(UUID.fromString("f000aa01-0451-4000-b000-000000000000")))
                .isEmpty();
    }

    @Test
    void aValueIsEncodedWithoutKnowingItsType() {
        Object level = BatteryLevel.of(51);
        assertThat(Profiles.find("2A19").orElseThrow().encode(level)).containsExactly(0x33);
    }

    @Test
    void aProfileWithoutAnAssignedNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Profile<>("2a19", "Battery Level", BatteryLevel.CODEC, BatteryLevel.class))
                .withMessageContaining("2a19");
    }
}
