package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class EnvironmentDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new EnvironmentDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "181a")
                .with("181a/2a6e", new byte[0])
                .with("181a/2a6e#2", new byte[0])
                .with("181a/2a6f", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("181a/2a6e", "D408"), Announcement.of("181a/2a6e#2", "0CFE"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  room temperature  22.60 Cel",
                "received 2026-01-01T00:00:00Z  room temperature  -5.00 Cel");
    }
}
