package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class ActivityDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new ActivityDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "183e").with("183e/2b3e", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("183e/2b3e", "032280030001003C000000090000004810"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  heart rate  72 /min",
                "received 2026-01-01T00:00:00Z  respiratory rate  16 /min");
    }
}
