package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class WeightScaleDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new WeightScaleDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "181d").with("181d/2a9d", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("181d/2a9d", "0EC83FEA07010207081E02DD009206"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "2026-01-02T07:08:30  weight  81.640 kg",
                "2026-01-02T07:08:30  height  1.682 m",
                "2026-01-02T07:08:30  BMI  22.1 kg/m2");
    }
}
