package org.openiomt.ble.driver;

import java.util.HexFormat;
import java.util.List;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.Bolus;
import org.openiomt.ble.profile.insulin.BolusHistory;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

class InsulinPumpDriverTest extends DriverTck {
    @Override
    protected DeviceDriver driver() {
        return new InsulinPumpDriver();
    }

    @Override
    protected LoopbackDevice device(Scheduler scheduler) {
        return new LoopbackDevice(scheduler, "device-1", "183a")
                .with("183a/2b21", HexFormat.of().parseHex("55960A0001"))
                .with("183a/2b28", new byte[0]);
    }

    @Override
    protected List<Announcement> announcements() {
        return List.of(announcement(1, "2.5"), announcement(2, "4"));
    }

    private static Announcement announcement(int number, String units) {
        HistoryEvent event = HistoryEvent.of(
                HistoryEventType.BOLUS_DELIVERED_1,
                number,
                60,
                new BolusHistory.BolusAmounts(
                        number,
                        new Bolus(Coded.of(Bolus.Type.FAST), MedicalFloat.parse(units), MedicalFloat.of(0, 0), 0)));
        byte[] octets = HistoryEvent.codec(InsulinContext.of(E2eContext.ABSENT)).encode(event);
        return Announcement.of("183a/2b28", HexFormat.of().withUpperCase().formatHex(octets));
    }

    @Override
    protected List<String> readings() {
        return List.of(
                "received 2026-01-01T00:00:00Z  MDC_INS_DELIV_BOLUS_FAST  2.5 [iU]",
                "received 2026-01-01T00:00:00Z  MDC_INS_DELIV_BOLUS_FAST  4 [iU]");
    }
}
