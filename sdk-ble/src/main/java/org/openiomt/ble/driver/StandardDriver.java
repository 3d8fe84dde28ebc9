package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;
import org.openiomt.core.wire.Codec;

/**
 * The driver of one standard service. It decides what a device is called; the session serves every standard service that the
 * device turns out to have, see {@link StandardServices}.
 */
abstract class StandardDriver implements DeviceDriver {
    private static final String VERSION = "0.1";

    private final String id;
    private final String title;
    private final List<String> services;
    private final List<Code> specializations;
    private final List<Code> types;

    /**
     * Describes the driver.
     *
     * @param services the services that its devices advertise, one of them at least
     * @param specializations the device class; empty when the nomenclature has none
     * @param types what comes of the service
     */
    StandardDriver(String id, String title, List<String> services, List<Code> specializations, List<Code> types) {
        this.id = id;
        this.title = title;
        this.services = services;
        this.specializations = specializations;
        this.types = types;
    }

    /** Describes the driver of one service and one device class. */
    StandardDriver(String id, String title, String service, Code specialization, List<Code> types) {
        this(id, title, List.of(service), List.of(specialization), types);
    }

    /**
     * Subscribes to the measurements of this driver's service.
     *
     * @return whether the device has them; fails when the device refuses or the link is lost
     */
    abstract CompletionStage<Boolean> attach(GattSession gatt);

    @Override
    public final DriverInfo info() {
        return new DriverInfo(id, title, VERSION, specializations, StandardServices.streams());
    }

    @Override
    public final Match match(Discovery discovery) {
        for (String service : services) {
            if (discovery.offers(service)) {
                return new Match(
                        Match.STANDARD_SERVICE + StandardServices.rank(getClass()), "advertises service " + service);
            }
        }
        return Match.NONE;
    }

    @Override
    public final CompletionStage<DeviceSession> open(DriverContext context) {
        return StandardServices.open(context, this);
    }

    final List<Code> specializations() {
        return specializations;
    }

    final List<Code> types() {
        return types;
    }

    static void offer(GattSession gatt, List<Observation> observations) {
        observations.forEach(gatt.context()::offer);
    }

    /**
     * Subscribes to a channel and offers what its values mean.
     *
     * @return as {@link GattSession#subscribe}
     */
    static <T> CompletionStage<Boolean> hear(
            GattSession gatt, Channel channel, Codec<T> codec, BiFunction<T, Arrival, List<Observation>> meaning) {
        return gatt.subscribe(channel, codec, offering(gatt, meaning));
    }

    /**
     * Subscribes to a channel that a device need not have, and offers what its values mean.
     *
     * @return as {@link GattSession#subscribeIfPresent}
     */
    static <T> CompletionStage<Boolean> hearIfPresent(
            GattSession gatt, Channel channel, Codec<T> codec, BiFunction<T, Arrival, List<Observation>> meaning) {
        return gatt.subscribeIfPresent(channel, codec, offering(gatt, meaning));
    }

    /**
     * Subscribes to a channel that splits its values over packets, and offers what they mean.
     *
     * @return as {@link GattSession#subscribeSegmented}
     */
    static <T> CompletionStage<Boolean> hearSegmented(
            GattSession gatt, Channel channel, Codec<T> whole, BiFunction<T, Arrival, List<Observation>> meaning) {
        return gatt.subscribeSegmented(channel, whole, offering(gatt, meaning));
    }

    private static <T> Consumer<T> offering(GattSession gatt, BiFunction<T, Arrival, List<Observation>> meaning) {
        return value -> offer(gatt, meaning.apply(value, gatt.context().arrival()));
    }
}
