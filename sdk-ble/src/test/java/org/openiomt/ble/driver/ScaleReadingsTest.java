package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement.Part;
import org.openiomt.ble.testing.ManualGateway;
import org.openiomt.ble.virtual.VirtualBodyCompositionScale;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** A scale that tells weight and body in two services, through the real gateway. */
class ScaleReadingsTest {
    private static final int STRANGER = VirtualBodyCompositionScale.UNKNOWN_USER;

    private final ManualGateway ward = new ManualGateway(builder -> builder.commandPolicy(command -> Optional.empty())
            .subjects((device, user) ->
                    user.isPresent() ? Optional.of(SubjectId.of("user-" + user.getAsInt())) : Optional.empty()));
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

    private CommandResult consent(String id, String name, int user, int code) {
        CompletionStage<CommandResult> result = ward.gateway.execute(new Command(
                id,
                DeviceId.of("scale-1"),
                name,
                Map.of(UserConsents.USER, number(user), UserConsents.CODE, number(code)),
                Instant.parse("2027-01-01T00:00:00Z"),
                "test"));
        ward.run();
        return result.toCompletableFuture().getNow(new CommandResult.NoAnswer(Duration.ZERO));
    }

    private static Value number(int value) {
        return Value.Numeric.of(MedicalFloat.of(value, 0), Units.MDC_DIM_DIMLESS);
    }

    private List<String> weighed() {
        return ward.of(Mdc.MDC_MASS_BODY_ACTUAL).stream()
                .map(one -> one.subject().map(SubjectId::value).orElse("nobody") + " "
                        + one.quantity(Mdc.MDC_MASS_BODY_ACTUAL).orElseThrow().value())
                .toList();
    }

    @Test
    void twoPeopleAreKeptApartAndTheirReadingsComeWithTheirConsentOnly() {
        int anna = scale.register(1111);
        int ben = scale.register(2222);
        ward.run();
        scale.weigh(anna, "61.50");
        scale.weigh(ben, "81.50");
        scale.weigh(STRANGER, "71.50");
        ward.run();
        assertThat(weighed()).containsExactly("nobody 71.500");

        assertThat(consent("c-1", UserConsents.SHOW_CONSENT, anna, 1111)).isEqualTo(new CommandResult.Done());
        assertThat(weighed()).containsExactly("nobody 71.500", "user-0 61.500");
        assertThat(consent("c-2", UserConsents.SHOW_CONSENT, ben, 2222)).isEqualTo(new CommandResult.Done());
        assertThat(weighed()).containsExactly("nobody 71.500", "user-0 61.500", "user-1 81.500");
    }

    @Test
    void laterSessionsShowTheCodesByThemselvesOneAfterTheOther() {
        int anna = scale.register(1111);
        int ben = scale.register(2222);
        ward.run();
        consent("c-1", UserConsents.SHOW_CONSENT, anna, 1111);
        consent("c-2", UserConsents.SHOW_CONSENT, ben, 2222);
        scale.disconnect();
        for (int i = 0; i < 5; i++) {
            scale.weigh(anna, "61.5" + i % 2);
            scale.weigh(ben, "81.5" + i % 2);
            ward.clock.advance(Duration.ofSeconds(90));
        }
        ward.pass();

        assertThat(weighed()).hasSize(10);
        assertThat(weighed().stream().filter(one -> one.startsWith("user-0 6"))).hasSize(5);
        assertThat(weighed().stream().filter(one -> one.startsWith("user-1 8"))).hasSize(5);
        assertThat(ward.observations.stream().map(Observation::id)).doesNotHaveDuplicates();
        assertThat(scale.stored()).isZero();
    }

    @Test
    void aWrongCodeIsRefusedAndNotShownAgain() {
        int anna = scale.register(1111);
        ward.run();
        assertThat(consent("c-1", UserConsents.SHOW_CONSENT, anna, 1112))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("user not authorized"));
        assertThat(consent("c-2", UserConsents.SHOW_CONSENT, anna, 10_000))
                .isEqualTo(new CommandResult.Refused("expected a user from 0 to 254 and a code from 0 to 9999", -1));
        scale.disconnect();
        scale.weigh(anna, "61.50");
        ward.pass();

        assertThat(weighed()).isEmpty();
    }

    @Test
    void aCodeThatIsForgottenIsNotShownAgain() {
        int anna = scale.register(1111);
        ward.run();
        consent("c-1", UserConsents.SHOW_CONSENT, anna, 1111);
        assertThat(consent("c-2", UserConsents.FORGET_CONSENT, anna, 0)).isEqualTo(new CommandResult.Done());
        scale.disconnect();
        scale.weigh(anna, "61.50");
        ward.pass();

        assertThat(weighed()).isEmpty();
    }
}
