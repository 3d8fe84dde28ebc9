package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class ContinuousGlucoseDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new ContinuousGlucoseDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "181f").with("181f/2aa7", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(
                Announcement.of("181f/2aa7", "060064000500"), Announcement.of("181f/2aa7", "060069000A0006006E000F00"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  glucose  100 mg/dL",
                "received 2026-01-01T00:00:00Z  glucose  105 mg/dL",
                "received 2026-01-01T00:00:00Z  glucose  110 mg/dL");
    }
}
