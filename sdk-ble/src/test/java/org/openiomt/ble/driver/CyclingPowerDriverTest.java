package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class CyclingPowerDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new CyclingPowerDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1818").with("1818/2a63", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1818/2a63", "0008FA006400"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  power  250 W",
                "received 2026-01-01T00:00:00Z  energy expended  100 kJ");
    }
}
