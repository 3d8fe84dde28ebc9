package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class FitnessMachineDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new FitnessMachineDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1826")
                .with("1826/2ad2", new byte[0])
                .with("1826/2acd", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1826/2ad2", "4400C409B400FA00"), Announcement.of("1826/2acd", "0001C40948"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  power  250 W",
                "received 2026-01-01T00:00:00Z  cadence  90.0 /min",
                "received 2026-01-01T00:00:00Z  heart rate  72 /min");
    }
}
