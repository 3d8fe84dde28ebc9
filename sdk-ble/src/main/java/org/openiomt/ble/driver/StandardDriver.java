package org.openiomt.ble.driver;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Match;

/**
 * The driver of one standard service. It decides what a device is called; the session serves every standard service that the
 * device turns out to have, see {@link StandardServices}.
 */
abstract class StandardDriver implements DeviceDriver {
    private static final String VERSION = "0.1";

    private final String id;
    private final String title;
    private final String service;
    private final int rank;
    private final Code specialization;
    private final List<Code> types;

    /**
     * Describes the driver.
     *
     * @param service the service that its devices advertise
     * @param rank which driver has a device that advertises several services, the highest; no two drivers have the same
     * @param specialization the device class
     * @param types what comes of the service
     */
    StandardDriver(String id, String title, String service, int rank, Code specialization, List<Code> types) {
        this.id = id;
        this.title = title;
        this.service = service;
        this.rank = rank;
        this.specialization = specialization;
        this.types = types;
    }

    /**
     * Subscribes to the measurements of this driver's service.
     *
     * @return whether the device has them; fails when the device refuses or the link is lost
     */
    abstract CompletionStage<Boolean> attach(GattSession gatt);

    @Override
    public final DriverInfo info() {
        return new DriverInfo(id, title, VERSION, List.of(specialization), StandardServices.streams());
    }

    @Override
    public final Match match(Discovery discovery) {
        return discovery.offers(service)
                ? new Match(Match.STANDARD_SERVICE + rank, "advertises service " + service)
                : Match.NONE;
    }

    @Override
    public final CompletionStage<DeviceSession> open(DriverContext context) {
        return StandardServices.open(context, this);
    }

    final Code specialization() {
        return specialization;
    }

    final List<Code> types() {
        return types;
    }

    static void offer(GattSession gatt, List<Observation> observations) {
        observations.forEach(gatt.context()::offer);
    }
}
