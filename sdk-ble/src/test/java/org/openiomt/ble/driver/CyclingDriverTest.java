package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class CyclingDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new CyclingDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1816").with("1816/2a5b", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1816/2a5b", "0200000000"), Announcement.of("1816/2a5b", "0203000008"));
    }

    @Override
    protected List<String> readings() {
        return List.of("received 2026-01-01T00:00:00Z  cadence  90.0 /min");
    }
}
