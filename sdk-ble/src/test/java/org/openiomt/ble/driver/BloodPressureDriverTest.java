package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class BloodPressureDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new BloodPressureDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1810")
                .with("1810/2a35", new byte[0])
                .with("1810/2a36", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(
                Announcement.of("1810/2a36", "008C00FF07FF07"),
                Announcement.of("1810/2a35", "1E780050005D00E807010F0C2A1E4000030000"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  cuff pressure  140 mm[Hg]  [measurement ongoing]",
                "2024-01-15T12:42:30  blood pressure  120/80 (93) mm[Hg]  cuff status: flags 0x0",
                "2024-01-15T12:42:30  pulse rate  64 /min");
    }
}
