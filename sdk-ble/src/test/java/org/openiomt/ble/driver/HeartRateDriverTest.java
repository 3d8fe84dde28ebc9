package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class HeartRateDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new HeartRateDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "180d")
                .with("180d/2a37", new byte[0])
                .with("180d/2a39", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("180d/2a37", "1E48640050035803"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  heart rate  72 /min",
                "received 2026-01-01T00:00:00Z  RR interval  828.1250000 ms",
                "received 2026-01-01T00:00:00Z  RR interval  835.9375000 ms",
                "received 2026-01-01T00:00:00Z  energy expended  100 kJ");
    }
}
