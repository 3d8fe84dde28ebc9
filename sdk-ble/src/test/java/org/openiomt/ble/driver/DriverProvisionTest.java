package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Discovery;

class DriverProvisionTest {
    private static final List<String> EXPECTED = List.of(
            "org.openiomt.ble.driver.ActivityDriver",
            "org.openiomt.ble.driver.AssetTagDriver",
            "org.openiomt.ble.driver.BloodPressureDriver",
            "org.openiomt.ble.driver.BodyCompositionDriver",
            "org.openiomt.ble.driver.ContinuousGlucoseDriver",
            "org.openiomt.ble.driver.CyclingDriver",
            "org.openiomt.ble.driver.CyclingPowerDriver",
            "org.openiomt.ble.driver.EnvironmentDriver",
            "org.openiomt.ble.driver.FitnessMachineDriver",
            "org.openiomt.ble.driver.GlucoseDriver",
            "org.openiomt.ble.driver.HealthSensorDriver",
            "org.openiomt.ble.driver.HeartRateDriver",
            "org.openiomt.ble.driver.InsulinPumpDriver",
            "org.openiomt.ble.driver.LocationDriver",
            "org.openiomt.ble.driver.PulseOximeterDriver",
            "org.openiomt.ble.driver.RunningDriver",
            "org.openiomt.ble.driver.ThermometerDriver",
            "org.openiomt.ble.driver.WeightScaleDriver");

    private static Path classes() throws URISyntaxException {
        return Path.of(BloodPressureDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @BeforeAll
    static void askForDrivers() {
        DriverProvisionTest.class.getModule().addUses(DeviceDriver.class);
    }

    @Test
    void theServiceLoaderFindsEveryDriverOnce() {
        assertThat(ServiceLoader.load(DeviceDriver.class).stream()
                        .map(provider -> provider.type().getName())
                        .sorted())
                .containsExactlyElementsOf(EXPECTED);
    }

    @Test
    void theModuleAndTheClassPathProvideTheSameDrivers() throws IOException, URISyntaxException {
        ModuleReference module =
                ModuleFinder.of(classes()).find("org.openiomt.ble").orElseThrow();
        List<String> ofModule = module.descriptor().provides().stream()
                .filter(provided -> provided.service().equals(DeviceDriver.class.getName()))
                .flatMap(provided -> provided.providers().stream())
                .toList();
        List<String> ofClassPath = Files.readAllLines(
                classes().resolve("META-INF/services").resolve(DeviceDriver.class.getName()), StandardCharsets.UTF_8);

        assertThat(ofModule).containsExactlyInAnyOrderElementsOf(EXPECTED);
        assertThat(ofClassPath).isEqualTo(EXPECTED);
    }

    @Test
    void noTwoDriversTieOnADeviceWithEveryService() {
        Discovery everything = new Discovery(
                "all-1",
                Optional.empty(),
                Set.of(
                        "1802", "1803", "1808", "1809", "180d", "1810", "1814", "1816", "1818", "1819", "181a", "181b",
                        "181d", "181f", "1822", "1826", "183a", "183e", "1840"),
                Map.of(),
                OptionalInt.empty(),
                Instant.EPOCH);

        assertThat(ServiceLoader.load(DeviceDriver.class).stream()
                        .map(provider -> provider.get().match(everything).score()))
                .hasSize(EXPECTED.size())
                .doesNotHaveDuplicates()
                .allMatch(score -> score > 50 && score < 80);
    }
}
