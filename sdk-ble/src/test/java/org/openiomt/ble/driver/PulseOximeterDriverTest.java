package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class PulseOximeterDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new PulseOximeterDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1822")
                .with("1822/2a5e", new byte[0])
                .with("1822/2a5f", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(
                Announcement.of("1822/2a5f", "0062004800"), Announcement.of("1822/2a5e", "0161004700EA07010207081E"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  SpO2  98 %",
                "received 2026-01-01T00:00:00Z  pulse rate  72 /min",
                "2026-01-02T07:08:30  SpO2  97 %  MDC_ATTR_SUPPLEMENTAL_TYPES: spot check",
                "2026-01-02T07:08:30  pulse rate  71 /min  MDC_ATTR_SUPPLEMENTAL_TYPES: spot check");
    }
}
