package org.openiomt.ble.virtual.surroundings;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.alert.AlertCategories;
import org.openiomt.ble.profile.alert.AlertCategory;
import org.openiomt.ble.profile.alert.AlertNotificationCommand;
import org.openiomt.ble.profile.alert.AlertNotificationCommand.Command;
import org.openiomt.ble.profile.alert.NewAlert;
import org.openiomt.ble.profile.alert.UnreadAlertStatus;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

/**
 * The Alert Notification Service, as a phone has it. A client says at its control point which categories it wants to hear of; what it
 * has switched on is off again when the link ends. A command that is not known, or is about a category that is not supported, is
 * refused with ATT error 0xA0. Any thread may call.
 */
public final class AlertNotificationService {
    /** Supported New Alert Category. */
    public static final Channel SUPPORTED_NEW = Gatt.channel("1811", "2a47");

    /** New Alert. */
    public static final Channel NEW_ALERT = Gatt.channel("1811", "2a46");

    /** Supported Unread Alert Category. */
    public static final Channel SUPPORTED_UNREAD = Gatt.channel("1811", "2a48");

    /** Unread Alert Status. */
    public static final Channel UNREAD_STATUS = Gatt.channel("1811", "2a45");

    /** Alert Notification Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1811", "2a44");

    private static final int MAX_TEXT = 18;
    private static final int MOST = 255;

    private final VirtualPeripheral peripheral;
    private final Set<AlertCategory> supported;

    // Guarded by this.
    private final Set<AlertCategory> wantedNew = EnumSet.noneOf(AlertCategory.class);
    private final Set<AlertCategory> wantedUnread = EnumSet.noneOf(AlertCategory.class);
    private final Map<AlertCategory, NewAlert> alerts = new EnumMap<>(AlertCategory.class);
    private final Map<AlertCategory, Integer> unread = new EnumMap<>(AlertCategory.class);

    /**
     * Adds the service to a peripheral that no central is connected to.
     *
     * @param supported the categories that it tells of, new and unread
     */
    public AlertNotificationService(VirtualPeripheral peripheral, Set<AlertCategory> supported) {
        this.peripheral = peripheral;
        this.supported = Set.copyOf(supported);
        byte[] categories = AlertCategories.CODEC.encode(AlertCategories.of(supported));
        peripheral
                .advertises("1811")
                .addReadable(SUPPORTED_NEW, categories)
                .addReadable(SUPPORTED_UNREAD, categories)
                .add(NEW_ALERT, Property.NOTIFY)
                .add(UNREAD_STATUS, Property.NOTIFY)
                .add(CONTROL_POINT, Property.WRITE)
                .onWrite(CONTROL_POINT, this::control)
                .onDisconnected(this::forget);
    }

    /**
     * Something new has come: it is counted as new and as unread, and told to a client that wants to know.
     *
     * @param text who or what, at most 18 octets in UTF-8
     */
    public void alert(AlertCategory category, String text) {
        requireSupported(category);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
            throw new IllegalArgumentException("the text of an alert has at most 18 octets");
        }
        synchronized (this) {
            NewAlert before = alerts.get(category);
            int count = Math.min(MOST, before == null ? 1 : before.count() + 1);
            alerts.put(category, new NewAlert(category.code(), count, DeviceText.of(text)));
            unread.merge(category, 1, (some, one) -> Math.min(MOST, some + one));
            if (wantedNew.contains(category)) {
                tellNew(category);
            }
            if (wantedUnread.contains(category)) {
                tellUnread(category);
            }
        }
    }

    /** The owner has read everything of a category. */
    public synchronized void read(AlertCategory category) {
        requireSupported(category);
        alerts.remove(category);
        unread.remove(category);
        if (wantedUnread.contains(category)) {
            tellUnread(category);
        }
    }

    private void requireSupported(AlertCategory category) {
        if (!supported.contains(category)) {
            throw new IllegalArgumentException("not a supported category: " + category);
        }
    }

    private synchronized void forget() {
        wantedNew.clear();
        wantedUnread.clear();
    }

    private synchronized void control(byte[] octets) {
        AlertNotificationCommand asked = decode(octets);
        Set<AlertCategory> categories = asked.categoryCode() == AlertCategory.ALL
                ? supported
                : AlertCategory.of(asked.categoryCode())
                        .filter(supported::contains)
                        .map(Set::of)
                        .orElseThrow(() -> unknown("category " + asked.categoryCode()));
        Command command = asked.command().orElseThrow(() -> unknown("command " + asked.commandCode()));
        switch (command) {
            case ENABLE_NEW_ALERTS -> wantedNew.addAll(categories);
            case ENABLE_UNREAD_STATUS -> wantedUnread.addAll(categories);
            case DISABLE_NEW_ALERTS -> wantedNew.removeAll(categories);
            case DISABLE_UNREAD_STATUS -> wantedUnread.removeAll(categories);
            case NOTIFY_NEW_ALERTS_NOW ->
                categories.stream().filter(wantedNew::contains).sorted().forEach(this::tellNew);
            case NOTIFY_UNREAD_STATUS_NOW ->
                categories.stream().filter(wantedUnread::contains).sorted().forEach(this::tellUnread);
        }
    }

    private static AlertNotificationCommand decode(byte[] octets) {
        if (octets.length != 2) {
            throw new GattRefusedException(
                    CONTROL_POINT, AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH, "a command has 2 octets");
        }
        try {
            return AlertNotificationCommand.CODEC
                    .decode(octets, DecodeMode.STRICT)
                    .value();
        } catch (DecodeException e) {
            throw unknown(e.field());
        }
    }

    private static GattRefusedException unknown(String what) {
        return new GattRefusedException(CONTROL_POINT, AttMeaning.COMMAND_NOT_SUPPORTED, what);
    }

    private void tellNew(AlertCategory category) {
        NewAlert none = new NewAlert(category.code(), 0, DeviceText.of(""));
        NewAlert alert = alerts.getOrDefault(category, none);
        peripheral.notify(NEW_ALERT, NewAlert.CODEC.encode(alert));
    }

    private void tellUnread(AlertCategory category) {
        UnreadAlertStatus status =
                new UnreadAlertStatus(category.code(), unread.getOrDefault(category, 0), Remainder.NONE);
        peripheral.notify(UNREAD_STATUS, UnreadAlertStatus.CODEC.encode(status));
    }
}
