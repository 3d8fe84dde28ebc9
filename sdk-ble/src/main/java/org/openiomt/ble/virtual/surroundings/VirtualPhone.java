package org.openiomt.ble.virtual.surroundings;

import java.time.ZoneId;
import java.util.EnumSet;
import org.openiomt.ble.profile.alert.AlertCategory;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;

/** A phone that tells of calls and messages, and tells the time. */
public final class VirtualPhone extends VirtualDevice {
    private final AlertNotificationService alerts;
    private final TimeService time;

    /**
     * Puts a phone into the air, where it advertises.
     *
     * @param zone where it is
     */
    public VirtualPhone(VirtualAir air, String address, ZoneId zone) {
        super(air, address, "Virtual phone", "1811");
        alerts = new AlertNotificationService(peripheral(), EnumSet.allOf(AlertCategory.class));
        time = new TimeService(peripheral(), zone);
        peripheral().appear();
    }

    /** Returns its alerts. */
    public AlertNotificationService alerts() {
        return alerts;
    }

    /** Returns its time. */
    public TimeService time() {
        return time;
    }
}
