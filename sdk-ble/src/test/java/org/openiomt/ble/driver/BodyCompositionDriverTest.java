package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class BodyCompositionDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new BodyCompositionDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "181b").with("181b/2a9c", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(
                Announcement.of("181b/2a9c", "0604D700EA07010207081E01C83F"),
                Announcement.of("181b/2a9c", "0210D700EA07010207091E"),
                Announcement.of("181b/2a9c", "0014D700C83F"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "2026-01-02T07:08:30  body fat  21.5 %",
                "2026-01-02T07:08:30  weight  81.640 kg",
                "2026-01-02T07:09:30  body fat  21.5 %",
                "2026-01-02T07:09:30  weight  81.640 kg");
    }
}
