package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class AssetTagDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new AssetTagDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1803")
                .with("1803/2a06", new byte[0])
                .with("1802/2a06", new byte[0])
                .with("180f/2a19", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("180f/2a19", "32"));
    }

    @Override
    protected List<String> readings() {
        return List.of("received 2026-01-01T00:00:00Z  battery  50 %");
    }
}
