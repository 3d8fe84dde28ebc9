package org.openiomt.ble.driver;

import java.util.List;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class ThermometerDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new ThermometerDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "1809")
                .with("1809/2a1c", new byte[0])
                .with("1809/2a1d", new byte[] {6})
                .with("1809/2a1e", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(
                Announcement.of("1809/2a1e", "00740100FF"), Announcement.of("1809/2a1c", "02B00E00FEEA07010207081E"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  body temperature  37.2 Cel  [early indication]",
                "2026-01-02T07:08:30  body temperature  37.60 Cel  MDC_ATTR_SUPPLEMENTAL_TYPES: oral temperature");
    }
}
