package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.VirtualCuff.ENHANCED_CUFF_PRESSURE;
import static org.openiomt.ble.virtual.VirtualCuff.ENHANCED_MEASUREMENT;
import static org.openiomt.ble.virtual.VirtualCuff.MEASUREMENT;
import static org.openiomt.ble.virtual.VirtualCuff.RECORD;
import static org.openiomt.ble.virtual.VirtualCuff.RECORD_ACCESS;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;

class VirtualEnhancedCuffTest {
    private final ManualAir room = new ManualAir();
    private final VirtualCuff cuff =
            VirtualCuff.enhanced(room.air, "cuff-1", EnumSet.of(Feature.E2E_CRC, Feature.USER_FACING_TIME));

    private Central connect() {
        return new Central(room, cuff.peripheral(), RECORD, RECORD_ACCESS);
    }

    private static List<BloodPressureRecord> joined(List<byte[]> packets, E2eContext context) {
        Reassembler reassembler = new Reassembler();
        return packets.stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .map(event -> BloodPressureRecord.codec(context)
                        .decode(((Reassembly.Whole) event).octets(), DecodeMode.STRICT)
                        .value())
                .toList();
    }

    private void measureThree() {
        for (int i = 1; i <= 3; i++) {
            cuff.measure(120 + i, 80, 93, 64);
            room.clock.advance(Duration.ofHours(1));
        }
    }

    @Test
    void itSaysThatItsRecordsHaveACheckSum() {
        assertThat(connect()
                        .read(VirtualCuff.FEATURE, BloodPressureFeature.CODEC)
                        .supports())
                .containsExactly(Feature.E2E_CRC, Feature.USER_FACING_TIME);
        assertThat(cuff.e2e()).isEqualTo(E2eContext.PRESENT);
    }

    @Test
    void aMeasurementComesInBothForms() {
        cuff.clock(Clock.offset(room.clock, Duration.ofHours(2)));
        cuff.measure(121, 80, 93, 64);
        Central central = new Central(room, cuff.peripheral(), MEASUREMENT, ENHANCED_MEASUREMENT);

        EnhancedBloodPressureMeasurement value = central.heard(
                        ENHANCED_MEASUREMENT, EnhancedBloodPressureMeasurement.CODEC)
                .get(0);

        assertThat(value.systolic()).isEqualTo(MedicalFloat.of(121, 0));
        assertThat(value.details().pulseRate()).contains(MedicalFloat.of(64, 0));
        assertThat(value.details().takenAt()).contains(DeviceDateTime.of(2026, 1, 1, 0, 0, 0));
        assertThat(value.details().userFacingTime()).contains(DeviceDateTime.of(2026, 1, 1, 2, 0, 0));
        assertThat(central.heard(MEASUREMENT)).hasSize(1);
    }

    @Test
    void theCuffPressureComesInItsEnhancedFormToo() {
        Central central = new Central(room, cuff.peripheral(), ENHANCED_CUFF_PRESSURE);

        cuff.inflate(140);

        assertThat(central.heard(ENHANCED_CUFF_PRESSURE, EnhancedIntermediateCuffPressure.CODEC)
                        .get(0)
                        .cuffPressure())
                .isEqualTo(MedicalFloat.of(140, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0101, 1 2 3, 06000101",
        "010301 0200, 2 3, 06000101",
        "0106, 3, 06000101",
        "0401, '', 05000300",
        "010301 0400, '', 06000106",
        "010302 EA070101020000, '', 06000109",
        "0801, '', 06000802"
    })
    void recordsAreAskedForByTheirNumber(String request, String reported, String answer) {
        measureThree();
        Central central = connect();

        byte[] said = central.ask(RECORD_ACCESS, HexFormat.of().parseHex(request.replace(" ", "")));

        assertThat(HexFormat.of().formatHex(said)).isEqualTo(answer);
        assertThat(joined(central.heard(RECORD), E2eContext.PRESENT))
                .extracting(record -> String.valueOf(record.sequenceNumber()))
                .isEqualTo(reported.isEmpty() ? List.of() : List.of(reported.split(" ")));
    }

    @Test
    void aRecordHoldsTheEnhancedMeasurementWithItsCheckSum() {
        cuff.peripheral().mtu(23);
        measureThree();
        Central central = connect();
        central.ask(RECORD_ACCESS, new byte[] {1, 1});

        List<byte[]> packets = central.heard(RECORD);

        assertThat(packets).hasSizeGreaterThan(3).allMatch(packet -> packet.length <= 20);
        BloodPressureRecord record = joined(packets, E2eContext.PRESENT).get(1);
        assertThat(record.check()).isEqualTo(E2eCheck.sound());
        assertThat(record.reading().orElseThrow())
                .isInstanceOfSatisfying(
                        EnhancedBloodPressureMeasurement.class,
                        value -> assertThat(value.systolic()).isEqualTo(MedicalFloat.of(122, 0)));
    }

    @Test
    void withoutTheFeatureThereIsNoCheckSum() {
        VirtualCuff plain = VirtualCuff.enhanced(room.air, "cuff-2", Set.of());
        plain.measure(120, 80, 93);
        Central central = new Central(room, plain.peripheral(), RECORD, RECORD_ACCESS);
        central.ask(RECORD_ACCESS, new byte[] {1, 1});

        assertThat(joined(central.heard(RECORD), E2eContext.ABSENT).get(0).check())
                .isEqualTo(E2eCheck.none());
        assertThat(plain.records()).isEqualTo(1);
    }

    @Test
    void aLostPacketIsNoticedByItsCounter() {
        measureThree();
        Central central = connect();
        central.ask(RECORD_ACCESS, new byte[] {1, 5});
        cuff.loseNextPacket();
        central.ask(RECORD_ACCESS, new byte[] {1, 6});
        Reassembler reassembler = new Reassembler();

        List<Reassembly> events = central.heard(RECORD).stream()
                .flatMap(packet -> reassembler.accept(packet).stream())
                .toList();

        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isInstanceOf(Reassembly.Loss.class);
    }

    @Test
    void aRequestBeforeTheSubscriptionsIsRefused() {
        Central central = new Central(room, cuff.peripheral(), RECORD_ACCESS);

        assertThat(central.refused(RECORD_ACCESS, new byte[] {1, 1})).isEqualTo(0xFD);
    }

    @Test
    void aCuffOfVersionOneHasNothingOfThis() {
        VirtualCuff old = new VirtualCuff(room.air, "cuff-2");
        old.measure(120, 80, 93);

        assertThat(new Central(room, old.peripheral()).link.channels())
                .doesNotContain(ENHANCED_MEASUREMENT, RECORD, RECORD_ACCESS);
        assertThat(old.records()).isZero();
    }
}
