package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.core.model.Code;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;

/**
 * Everything standard that one link offers: the measurements of each service, the battery, and what the device says about
 * itself. A device with several services is served whole, whichever driver has it.
 *
 * <p>Measurements come first, for devices that send and go; the session is open when the device has agreed to at least one
 * kind of measurement. A kind that it refuses makes the session degraded. Battery and identity are read afterwards and may
 * be missing or refused.
 */
final class StandardServices {
    private static final Channel BATTERY_LEVEL = Gatt.channel("180f", "2a19");

    private static final List<StandardDriver> DRIVERS = List.of(
            new HeartRateDriver(),
            new BloodPressureDriver(),
            new ThermometerDriver(),
            new PulseOximeterDriver(),
            new WeightScaleDriver(),
            new GlucoseDriver());

    private final DriverContext context;
    private final GattSession gatt;
    private final List<Code> specializations = new ArrayList<>();
    private final List<RefusedException> refusals = new ArrayList<>();

    private StandardServices(DriverContext context) {
        this.context = context;
        this.gatt = new GattSession(context);
    }

    /** Begins to work on a link, the service of {@code first} before the others. */
    static CompletionStage<DeviceSession> open(DriverContext context, StandardDriver first) {
        StandardServices services = new StandardServices(context);
        CompletionStage<Void> attached = services.attach(first);
        for (StandardDriver other : DRIVERS) {
            if (!other.getClass().equals(first.getClass())) {
                attached = attached.thenCompose(done -> services.attach(other));
            }
        }
        return attached.thenApply(done -> services.opened());
    }

    /** Returns what a session may deliver. */
    static List<DriverInfo.Stream> streams() {
        return Stream.concat(
                        DRIVERS.stream().flatMap(driver -> driver.types().stream()),
                        Stream.of(Mdc.MDC_ATTR_VAL_BATT_CHARGE))
                .map(type -> new DriverInfo.Stream(type, DriverInfo.Kind.EPISODIC))
                .toList();
    }

    private CompletionStage<Void> attach(StandardDriver driver) {
        return driver.attach(gatt).handle((isThere, fault) -> {
            if (fault == null) {
                if (isThere) {
                    specializations.add(driver.specialization());
                }
                return null;
            }
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            if (cause instanceof RefusedException refusal) {
                refusals.add(refusal);
                return null;
            }
            throw fault instanceof CompletionException wrapped ? wrapped : new CompletionException(fault);
        });
    }

    private DeviceSession opened() {
        if (specializations.isEmpty()) {
            throw refusals.isEmpty()
                    ? new LinkException("the device gives none of the standard measurements")
                    : refusals.get(0);
        }
        refusals.forEach(refusal -> context.degraded(String.valueOf(refusal.getMessage())));
        readBattery();
        DeviceInformation.read(gatt, specializations).thenAccept(context::describe);
        return gatt;
    }

    /** Reads the level, and hears of its changes where the device tells them: it need not. */
    private void readBattery() {
        gatt.readIfPresent(BATTERY_LEVEL, BatteryLevel.CODEC).thenAccept(level -> level.ifPresent(this::charged));
        gatt.subscribe(BATTERY_LEVEL, BatteryLevel.CODEC, this::charged);
    }

    private void charged(BatteryLevel level) {
        StandardDriver.offer(gatt, BatteryObservations.of(level, context.arrival()));
    }
}
