package org.openiomt.examples.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.security.session.SessionKeys;
import org.openiomt.testkit.ManualClock;

class PatchTest {
    private static final PatchInfo ECG =
            new PatchInfo(PatchInfo.Kind.ECG, 360, MedicalFloat.of(5, -3), MedicalFloat.of(0, 0));

    private final ManualClock clock = new ManualClock();
    private final VirtualAir air = new VirtualAir(clock);
    private final PatchPairing pairing = new PatchPairing("patch-1");
    private final List<Observation> observations = new CopyOnWriteArrayList<>();
    private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();
    private final VirtualPatch patch = new VirtualPatch(air, pairing, "Patch", ECG);
    private final Gateway gateway = Gateway.builder()
            .transport(Ble.simulated(air))
            .driver(new PatchDriver())
            .guards(pairing::gatewayGuard)
            .scheduler(clock)
            .build()
            .onObservation(observations::add)
            .onEvent(events::add);

    @BeforeEach
    void start() {
        gateway.start();
        clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        gateway.close();
        air.close();
        pairing.close();
    }

    @Test
    void samplesArriveAsAWaveWithUnitScaleAndRate() {
        patch.measure(new int[] {-145, 0, 200});
        clock.runUntilIdle();

        assertThat(observations).hasSize(1);
        Value.SampleArray wave = (Value.SampleArray) observations.get(0).value();
        assertThat(observations.get(0).type()).isEqualTo(Mdc.MDC_ECG_ELEC_POTL_II);
        assertThat(wave.unit()).isEqualTo(Units.MDC_DIM_MILLI_VOLT);
        assertThat(wave.scale()).isEqualTo(MedicalFloat.of(5, -3));
        assertThat(wave.rate()).isEqualTo(ECG.rate());
        assertThat(wave.samples()).containsExactly(-145, 0, 200);
    }

    @Test
    void longPiecesAreSplitToFitTheLinkWithItsGuard() {
        patch.measure(new int[400]);
        clock.runUntilIdle();

        assertThat(observations).hasSizeGreaterThan(3);
        assertThat(observations.stream()
                        .mapToInt(each -> ((Value.SampleArray) each.value()).size())
                        .sum())
                .isEqualTo(400);
    }

    @Test
    void everyConnectionHasKeysOfItsOwn() {
        patch.peripheral().disconnect();
        clock.advance(Duration.ofMinutes(2));
        patch.measure(new int[] {1, 2});
        clock.runUntilIdle();

        assertThat(states()).containsSubsequence(DeviceState.READY, DeviceState.OFFLINE, DeviceState.READY);
        assertThat(observations).hasSize(1);
    }

    @Test
    void framesThatTheLinkCutAreRefusedAndTheLinkStays() {
        patch.peripheral().faults(Faults.NONE.withFramesCutTo(20));
        patch.measure(new int[] {1, 2});
        clock.runUntilIdle();
        patch.peripheral().faults(Faults.NONE);
        patch.measure(new int[] {3});
        clock.runUntilIdle();

        assertThat(events)
                .filteredOn(DeviceEvent.FrameRefused.class::isInstance)
                .hasSize(1);
        assertThat(observations).hasSize(1);
    }

    @Test
    void lostSamplesAreSaidUntilTheWaveIsWholeAgain() {
        patch.measure(new int[] {1});
        clock.runUntilIdle();
        patch.peripheral().faults(Faults.NONE.withSilence());
        patch.measure(new int[] {2});
        clock.runUntilIdle();
        patch.peripheral().faults(Faults.NONE);
        patch.measure(new int[] {3});
        patch.measure(new int[] {4});
        clock.runUntilIdle();

        assertThat(states()).containsSubsequence(DeviceState.READY, DeviceState.DEGRADED, DeviceState.READY);
    }

    @Test
    void gatewayTakesNoSaltTwice() {
        var discovery = new Discovery(
                "patch-1",
                Optional.empty(),
                Set.of(PatchDriver.SERVICE),
                Map.of(PatchPairing.SALT, SessionKeys.newSalt()),
                OptionalInt.empty(),
                clock.instant());

        assertThat(pairing.gatewayGuard(discovery)).isPresent();
        assertThatThrownBy(() -> pairing.gatewayGuard(discovery)).hasMessageContaining("announces no new salt");
    }

    @Test
    void infoOfAnUnknownKindIsRefused() {
        assertThatThrownBy(() -> PatchInfo.CODEC.decode(new byte[] {3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("kind at octet 0: expected 1 or 2, but got 3");
    }

    @Test
    void frameWithHalfASampleIsRefused() {
        assertThatThrownBy(() -> PatchFrame.CODEC.decode(new byte[] {0, 0, 0, 0, 1}))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("samples at octet 4");
    }

    @Test
    void infoAndFrameDecodeToWhatWasEncoded() {
        PatchFrame frame = PatchFrame.of(0xFFFF_FFFFL, new int[] {-32_768, 32_767});

        assertThat(PatchInfo.CODEC.decode(PatchInfo.CODEC.encode(ECG))).isEqualTo(ECG);
        assertThat(PatchFrame.CODEC.decode(PatchFrame.CODEC.encode(frame))).isEqualTo(frame);
        assertThat(frame.next()).isEqualTo(1);
    }

    private List<DeviceState> states() {
        return events.stream()
                .filter(DeviceEvent.StateChanged.class::isInstance)
                .map(event -> ((DeviceEvent.StateChanged) event).to())
                .toList();
    }
}
