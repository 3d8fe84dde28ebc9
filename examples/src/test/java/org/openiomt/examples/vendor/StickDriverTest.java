package org.openiomt.examples.vendor;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

// page: begin
class StickDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new StickDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "stick-1", StickDriver.SERVICE)
                .with(StickDriver.READING.name(), new byte[2]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of(StickDriver.READING.name(), "740E"));
    }

    @Override
    protected List<String> readings() {
        return List.of("received 2026-01-01T00:00:00Z  body temperature  37.00 Cel");
    }
}
// page: end
