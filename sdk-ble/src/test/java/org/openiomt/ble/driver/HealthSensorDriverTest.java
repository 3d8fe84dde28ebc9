package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class HealthSensorDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new HealthSensorDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1840").with("1840/2b8b", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("1840/2b8b", "030118000300B84B020032401EE93000000104200261000000"));
    }

    @Override
    protected List<String> readings() {
        return List.of("2026-01-01T12:00:00Z  SpO2  97 %");
    }
}
