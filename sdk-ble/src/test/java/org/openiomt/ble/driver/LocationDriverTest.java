package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class LocationDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new LocationDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1819").with("1819/2a67", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1819/2a67", "8F00F401E8030000C2EB0B00E1F505A08601"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  speed  5.00 m/s",
                "received 2026-01-01T00:00:00Z  distance  100.0 m",
                "received 2026-01-01T00:00:00Z  latitude  20.0000000 deg",
                "received 2026-01-01T00:00:00Z  longitude  10.0000000 deg",
                "received 2026-01-01T00:00:00Z  altitude  1000.00 m");
    }
}
