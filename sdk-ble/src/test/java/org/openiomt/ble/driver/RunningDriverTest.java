package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class RunningDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new RunningDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1814").with("1814/2a53", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1814/2a53", "070003B45F00E8030000"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  speed  3.00000000 m/s",
                "received 2026-01-01T00:00:00Z  cadence  180 /min",
                "received 2026-01-01T00:00:00Z  stride length  95 cm",
                "received 2026-01-01T00:00:00Z  distance  100.0 m");
    }
}
