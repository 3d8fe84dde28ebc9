package org.openiomt.testkit.gateway;

import java.util.List;
import java.util.stream.Stream;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

/** The driver kit on a driver that is known to be right. */
class CounterDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new CounterDriver("test.counter", 50);
    }

    @Override
    protected Stream<Class<? extends DeviceDriver>> provided() {
        return Stream.of(CounterDriver.class); // its constructor takes arguments
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "C1", "counter")
                .with("count", new byte[0])
                .with("wave", new byte[0])
                .with("control", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(Announcement.of("count", "4800"), Announcement.of("wave", "0100"));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  heart rate  72 /min",
                "received 2026-01-01T00:00:00Z  heart rate  1 samples mV");
    }
}
