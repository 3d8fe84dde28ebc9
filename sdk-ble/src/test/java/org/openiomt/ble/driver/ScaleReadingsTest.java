package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.VirtualBodyCompositionScale;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.wire.MedicalFloat;

/** A scale that tells weight and body in two services, through the real gateway. */
class ScaleReadingsTest {
    private static final int STRANGER = VirtualBodyCompositionScale.UNKNOWN_USER;

    private final ManualGateway ward = new ManualGateway();
    private final VirtualBodyCompositionScale scale = new VirtualBodyCompositionScale(ward.air, "scale-1");

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void aWeightThatBothServicesTellComesOnce() {
        ward.run();
        scale.measure(STRANGER, "81.65", "21.5", Map.of(Part.MUSCLE_PERCENTAGE, MedicalFloat.parse("38.4")));
        ward.run();

        assertThat(ward.lines())
                .containsExactlyInAnyOrder(
                        "2026-01-01T00:00:00  weight  81.650 kg",
                        "2026-01-01T00:00:00  body fat  21.5 %",
                        "2026-01-01T00:00:00  muscle  38.4 %");
        assertThat(ward.gateway.devices().get(0).driver()).isEqualTo("org.openiomt.body-composition");
        assertThat(ward.gateway.devices().get(0).description().specializations())
                .containsExactly(Mdc.MDC_DEV_SPEC_PROFILE_BCA, Mdc.MDC_DEV_SPEC_PROFILE_SCALE);
    }

    @Test
    void storedReadingsOfTwoPacketsEachComeOnceAndInOrder() {
        scale.peripheral().mtu(23);
        for (int i = 0; i < 50; i++) {
            scale.measure(
                    STRANGER,
                    "8" + i % 10 + ".65",
                    "2" + i % 10 + ".5",
                    Map.of(
                            Part.MUSCLE_PERCENTAGE, MedicalFloat.parse("38.4"),
                            Part.BODY_WATER_MASS, MedicalFloat.parse("42.000"),
                            Part.IMPEDANCE, MedicalFloat.parse("510.0")));
            ward.clock.advance(Duration.ofSeconds(20));
        }
        ward.pass();

        List<Observation> fat = ward.of(Mdc.MDC_BODY_FAT);
        assertThat(fat).hasSize(50).extracting(Observation::id).doesNotHaveDuplicates();
        assertThat(fat)
                .extracting(one -> one.time().device().local().orElseThrow())
                .isSorted();
        assertThat(ward.of(Mdc.MDC_MASS_BODY_ACTUAL)).hasSize(50);
        assertThat(ward.of(Mdc.MDC_BODY_WATER)).hasSize(50);
        assertThat(ward.events(DeviceEvent.FrameOdd.class)).isEmpty();
        assertThat(scale.stored()).isZero();
    }

    @Test
    void halfAMeasurementIsDeliveredAndReported() {
        ward.run();
        scale.replay(new byte[] {0, 0x14, (byte) 0xD7, 0, (byte) 0xC8, 0x3F});
        ward.run();
        assertThat(ward.lines()).isEmpty();

        ward.clock.advance(Duration.ofSeconds(6));

        assertThat(ward.lines())
                .containsExactly(
                        "received 2026-01-01T00:00:05Z  body fat  21.5 %",
                        "received 2026-01-01T00:00:05Z  weight  81.640 kg");
        assertThat(ward.events(DeviceEvent.FrameOdd.class))
                .singleElement()
                .satisfies(event -> assertThat(event.warnings().toString()).contains("the other half did not come"));
    }

    @Test
    void halfAMeasurementIsDeliveredWhenTheLinkIsLost() {
        ward.run();
        scale.replay(new byte[] {0, 0x14, (byte) 0xD7, 0, (byte) 0xC8, 0x3F});
        ward.run();
        scale.disconnect();
        ward.run();

        assertThat(ward.lines()).hasSize(2);
    }
}
