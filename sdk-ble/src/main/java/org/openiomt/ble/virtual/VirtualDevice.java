package org.openiomt.ble.virtual;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Scheduler;

/**
 * A health device without hardware: a peripheral with Battery and Device Information, to which a device adds what it measures.
 * It has a wall clock, the air's in UTC unless it is given another, and stamps its readings with it. Any thread may call.
 */
public abstract class VirtualDevice implements AutoCloseable {
    /** Battery Level. */
    public static final Channel BATTERY_LEVEL = Gatt.channel("180f", "2a19");

    /** Manufacturer Name, always {@code OpenIoMT}. */
    public static final Channel MANUFACTURER = Gatt.channel("180a", "2a29");

    /** Model Number. */
    public static final Channel MODEL = Gatt.channel("180a", "2a24");

    /** Serial Number, the address. */
    public static final Channel SERIAL_NUMBER = Gatt.channel("180a", "2a25");

    /** Firmware Revision. */
    public static final Channel FIRMWARE = Gatt.channel("180a", "2a26");

    private final VirtualPeripheral peripheral;
    private volatile @Nullable Clock clock;

    /**
     * Puts a device into the air. It does not advertise yet.
     *
     * @param address how centrals find it, and its serial number
     * @param model its name and model number
     * @param service the service that it advertises
     */
    protected VirtualDevice(VirtualAir air, String address, String model, String service) {
        clock = air.scheduler().clock();
        peripheral = new VirtualPeripheral(air, address)
                .name(model)
                .advertises(service)
                .add(BATTERY_LEVEL, Property.READ, Property.NOTIFY)
                .value(BATTERY_LEVEL, BatteryLevel.CODEC.encode(BatteryLevel.of(100)))
                .addReadable(MANUFACTURER, utf8("OpenIoMT"))
                .addReadable(MODEL, utf8(model))
                .addReadable(SERIAL_NUMBER, utf8(address))
                .addReadable(FIRMWARE, utf8("1.0"));
    }

    /** Returns the peripheral, for everything that this class has no word for: faults, raw octets, more services. */
    public final VirtualPeripheral peripheral() {
        return peripheral;
    }

    /**
     * Sets the charge and announces it.
     *
     * @param percent 0 to 100; up to 255 is sent as the reserved code that it is
     */
    public final void battery(int percent) {
        byte[] octets = BatteryLevel.CODEC.encode(BatteryLevel.of(percent));
        peripheral.value(BATTERY_LEVEL, octets);
        peripheral.notify(BATTERY_LEVEL, octets);
    }

    /** Says what goes wrong from now on, see {@link VirtualPeripheral#faults(Faults)}. */
    public final void faults(Faults now) {
        peripheral.faults(now);
    }

    /** Loses the link now. */
    public final void disconnect() {
        peripheral.disconnect();
    }

    /** Sets the device's wall clock; its zone is the local time that the device shows. */
    public final void clock(Clock wallClock) {
        clock = wallClock;
    }

    /** Takes the device's clock away: readings bear no time from now on. */
    public final void withoutClock() {
        clock = null;
    }

    /** Loses the link and leaves the air for good. */
    @Override
    public final void close() {
        peripheral.close();
    }

    /** Returns the time and the threads of the air. */
    protected final Scheduler scheduler() {
        return peripheral.scheduler();
    }

    /** Returns a stage that completes with a value, computed then, after a while of the air's time. */
    protected final <T> CompletionStage<T> later(Duration after, Supplier<T> value) {
        CompletableFuture<T> result = new CompletableFuture<>();
        scheduler().schedule(after, () -> result.complete(value.get()));
        return result;
    }

    /** Returns what the device's clock shows. */
    protected final Optional<DeviceDateTime> now() {
        Clock current = clock;
        return current == null ? Optional.empty() : Optional.of(DeviceDateTime.from(LocalDateTime.now(current)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
