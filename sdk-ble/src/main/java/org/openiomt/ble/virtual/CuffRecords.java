package org.openiomt.ble.virtual;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature.Feature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedDetails;
import org.openiomt.ble.profile.time.Epoch;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Scheduler;

/**
 * What version 1.1 of the Blood Pressure Service adds to a cuff: enhanced measurements, and records of them that are numbered from
 * 1 and asked for through the Record Access Control Point.
 */
final class CuffRecords {
    private final VirtualPeripheral peripheral;
    private final Scheduler scheduler;
    private final Set<Feature> features;
    private final E2eContext e2e;
    private final SegmentSender segments;
    private final RecordServer records;
    private final Memory memory;

    CuffRecords(VirtualPeripheral peripheral, Scheduler scheduler, Set<Feature> features) {
        this.peripheral = peripheral;
        this.scheduler = scheduler;
        this.features = Set.copyOf(features);
        this.e2e = features.contains(Feature.E2E_CRC) ? E2eContext.PRESENT : E2eContext.ABSENT;
        peripheral
                .add(VirtualCuff.ENHANCED_MEASUREMENT, Property.INDICATE)
                .add(VirtualCuff.ENHANCED_CUFF_PRESSURE, Property.NOTIFY)
                .add(VirtualCuff.RECORD, Property.NOTIFY)
                .add(VirtualCuff.RECORD_ACCESS, Property.WRITE, Property.INDICATE);
        memory = new Memory(peripheral, VirtualCuff.ENHANCED_MEASUREMENT);
        segments = new SegmentSender(peripheral);
        records = new RecordServer(
                peripheral, scheduler, VirtualCuff.RECORD_ACCESS, VirtualCuff.RECORD, RecordServer.Rules.NUMBERED);
    }

    E2eContext e2e() {
        return e2e;
    }

    int size() {
        return records.store().size();
    }

    /** Keeps a measurement as a record, and announces it in its enhanced form. */
    synchronized void add(BloodPressureMeasurement value) {
        EnhancedBloodPressureMeasurement enhanced = enhanced(value);
        int number = records.nextNumber();
        E2eCheck check = features.contains(Feature.E2E_CRC) ? E2eCheck.sound() : E2eCheck.none();
        byte[] record = BloodPressureRecord.codec(e2e).encode(BloodPressureRecord.of(number, enhanced, check));
        records.store()
                .store(new RecordStore.Entry(
                        number, Optional.empty(), () -> segments.send(VirtualCuff.RECORD, record)));
        memory.add(EnhancedBloodPressureMeasurement.CODEC.encode(enhanced));
    }

    /** Loses the next packet of a record, as the air does. */
    void loseNext() {
        segments.lose(VirtualCuff.RECORD);
    }

    /** Returns a measurement with the time of the clock that nobody sets, and where the cuff tells it the one that is seen. */
    private EnhancedBloodPressureMeasurement enhanced(BloodPressureMeasurement value) {
        DeviceDateTime now =
                DeviceDateTime.from(LocalDateTime.ofInstant(scheduler.clock().instant(), ZoneOffset.UTC)
                        .withNano(0));
        Optional<DeviceDateTime> seen = value.takenAt()
                .filter(DeviceDateTime::isComplete)
                .filter(time -> features.contains(Feature.USER_FACING_TIME));
        EnhancedDetails details = new EnhancedDetails(
                value.unit(),
                Epoch.YEAR_2000,
                Optional.of(now),
                value.pulseRate(),
                value.userId(),
                value.status(),
                seen);
        return new EnhancedBloodPressureMeasurement(
                value.systolic(), value.diastolic(), value.meanArterialPressure(), details, value.remainder());
    }

    void inflate(byte[] octets) {
        peripheral.notify(VirtualCuff.ENHANCED_CUFF_PRESSURE, octets);
    }
}
