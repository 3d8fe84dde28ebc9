package org.openiomt.ble.driver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.ble.quirk.Quirk;
import org.openiomt.ble.quirk.Quirks;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.Warning;

/**
 * Everything standard that one link offers: the measurements of each service, the battery, and what the device says about
 * itself. A device with several services is served whole, whichever driver has it, and a reading that two of them tell is
 * delivered once.
 *
 * <p>The clock comes first, where the device has one, see {@link DeviceClock}. Then measurements, for devices that send and go; the session is open when the device has agreed to at least one
 * kind of measurement. A kind that it refuses makes the session degraded. Battery and identity are read afterwards and may
 * be missing or refused. Until then a device's quirks are known by the name that it advertises only.
 */
final class StandardServices {
    private static final Channel BATTERY_LEVEL = Gatt.channel("180f", "2a19");

    /** What a device answers to a client that is not paired, or not well enough. */
    private static final Set<Integer> WANTS_PAIRING =
            Set.of(AttError.INSUFFICIENT_AUTHENTICATION, AttError.INSUFFICIENT_ENCRYPTION);

    /** The one that says most about a patient is last: by it is a device called that several fit. */
    private static final List<StandardDriver> DRIVERS = List.of(
            new AssetTagDriver(),
            new EnvironmentDriver(),
            new LocationDriver(),
            new RunningDriver(),
            new CyclingDriver(),
            new CyclingPowerDriver(),
            new FitnessMachineDriver(),
            new ActivityDriver(),
            new HeartRateDriver(),
            new WeightScaleDriver(),
            new BodyCompositionDriver(),
            new ThermometerDriver(),
            new PulseOximeterDriver(),
            new BloodPressureDriver(),
            new HealthSensorDriver(),
            new GlucoseDriver(),
            new ContinuousGlucoseDriver(),
            new InsulinPumpDriver());

    private final OnceContext context;
    private final GattSession gatt;
    private final Set<Code> specializations = new LinkedHashSet<>();
    private final List<RefusedException> refusals = new ArrayList<>();
    private List<Quirk> quirks = List.of();
    private boolean isOfUse;

    private StandardServices(DriverContext given) {
        this.context = new OnceContext(given);
        this.gatt = new GattSession(context);
    }

    /** Begins to work on a link, the service of {@code first} before the others. */
    static CompletionStage<DeviceSession> open(DriverContext context, StandardDriver first) {
        StandardServices services = new StandardServices(context);
        services.know(DeviceDescription.EMPTY);
        CompletionStage<Void> attached = services.settleClock().thenCompose(done -> services.attach(first));
        for (int i = DRIVERS.size() - 1; i >= 0; i--) {
            StandardDriver other = DRIVERS.get(i);
            if (!other.getClass().equals(first.getClass())) {
                attached = attached.thenCompose(done -> services.attach(other));
            }
        }
        return attached.thenCompose(done -> services.askForUsers()).thenCompose(done -> services.opened());
    }

    /** Returns the place of a driver among those that fit the same device, from 1; the highest has it. */
    static int rank(Class<? extends StandardDriver> driver) {
        for (int i = 0; i < DRIVERS.size(); i++) {
            if (DRIVERS.get(i).getClass().equals(driver)) {
                return i + 1;
            }
        }
        throw new AssertionError(driver + " is not in the list of drivers");
    }

    /** Returns what a session may deliver. */
    static List<DriverInfo.Stream> streams() {
        return Stream.concat(
                        DRIVERS.stream().flatMap(driver -> driver.types().stream()),
                        Stream.of(Mdc.MDC_ATTR_VAL_BATT_CHARGE))
                .distinct()
                .map(type -> new DriverInfo.Stream(type, DriverInfo.Kind.EPISODIC))
                .toList();
    }

    private CompletionStage<Void> attach(StandardDriver driver) {
        return driver.attach(gatt).handle((isThere, fault) -> {
            keepRefusal(fault);
            if (fault == null && isThere) {
                isOfUse = true;
                specializations.addAll(driver.specializations());
            }
            return null;
        });
    }

    /** Keeps a refusal; any other fault ends the session. */
    private void keepRefusal(@Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof RefusedException refusal) {
            refusals.add(refusal);
        } else if (fault != null) {
            throw fault instanceof CompletionException wrapped ? wrapped : new CompletionException(fault);
        }
    }

    /** Sets the device's clock where it has one: before it sends, and as its quirks want it, which its maker and model tell. */
    private CompletionStage<Void> settleClock() {
        if (!DeviceClock.isIn(gatt)) {
            return CompletableFuture.completedFuture(null);
        }
        return DeviceInformation.makerAndModel(gatt).thenCompose(device -> {
            know(device);
            Set<Channel> first = Quirks.effects(quirks, Quirk.ClockFirst.class).stream()
                    .map(clock -> Gatt.channel(clock.service(), clock.characteristic()))
                    .collect(Collectors.toSet());
            return new DeviceClock(gatt, context.timeLine()).settle(first);
        });
    }

    /** A device that refuses this still gives the readings of those whom it does not know. */
    private CompletionStage<Void> askForUsers() {
        return UserConsents.attach(gatt).handle((done, fault) -> {
            keepRefusal(fault);
            return null;
        });
    }

    private CompletionStage<DeviceSession> opened() {
        if (!isOfUse) {
            return refusals.isEmpty()
                    ? CompletableFuture.failedFuture(
                            new LinkException("the device gives none of the standard measurements"))
                    : explained(refusals.get(0)).thenCompose(CompletableFuture::failedFuture);
        }
        refusals.forEach(refusal -> context.degraded(String.valueOf(refusal.getMessage())));
        readBattery();
        DeviceInformation.read(gatt, List.copyOf(specializations)).thenAccept(description -> {
            know(description);
            context.describe(description);
        });
        return CompletableFuture.completedFuture(gatt);
    }

    /** Returns a refusal for want of a pairing with what the user must do, where it is known of this device. */
    private CompletionStage<RefusedException> explained(RefusedException refusal) {
        if (!WANTS_PAIRING.contains(refusal.code())) {
            return CompletableFuture.completedFuture(refusal);
        }
        return DeviceInformation.makerAndModel(gatt).thenApply(device -> {
            know(device);
            return Quirks.effects(quirks, Quirk.PairFirst.class).stream()
                    .findFirst()
                    .map(pair -> new RefusedException(
                            refusal.code(), refusal.getMessage() + "; it must be paired first, " + pair.how()))
                    .orElse(refusal);
        });
    }

    /** Reads from now on as the quirks of this device ask for. Its name is known at once, its make when it has told it. */
    private void know(DeviceDescription description) {
        quirks = Quirks.of(context.discovery().name(), description);
        gatt.adapt((channel, octets) -> Quirks.rewrite(quirks, Gatt.characteristic(channel), octets)
                .map(rewritten -> {
                    String reason = "read in the form of " + quirks.get(0).device();
                    context.odd(channel, List.of(new Warning("value", 0, reason)));
                    return rewritten;
                })
                .orElse(octets));
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
