package org.openiomt.ble.virtual.surroundings;

import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.emergency.EmergencyId;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Remainder;

/**
 * The Emergency Configuration Service: by which number a network knows the device in an emergency, and what it tells then. Both are
 * read, and a change is indicated; which properties the standard demands was in no source at hand. Any thread may call.
 */
public final class EmergencyConfigurationService {
    /** Emergency ID. */
    public static final Channel ID = Gatt.channel("183c", "2b2d");

    /** Emergency Text. */
    public static final Channel TEXT = Gatt.channel("183c", "2b2e");

    private final VirtualPeripheral peripheral;

    /**
     * Adds the service to a peripheral that no central is connected to.
     *
     * @param id 48 bits
     * @param text what it tells in an emergency
     */
    public EmergencyConfigurationService(VirtualPeripheral peripheral, long id, String text) {
        this.peripheral = peripheral;
        peripheral.add(ID, Property.READ, Property.INDICATE).add(TEXT, Property.READ, Property.INDICATE);
        id(id);
        text(text);
    }

    /** Changes the number, 48 bits. */
    public void id(long id) {
        change(ID, EmergencyId.CODEC.encode(new EmergencyId(id, Remainder.NONE)));
    }

    /** Changes what it tells in an emergency. */
    public void text(String text) {
        change(TEXT, DeviceText.CODEC.encode(DeviceText.of(text)));
    }

    private void change(Channel channel, byte[] octets) {
        peripheral.value(channel, octets);
        peripheral.notify(channel, octets);
    }
}
