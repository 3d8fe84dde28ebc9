package org.openiomt.ble.virtual.surroundings;

import java.util.UUID;
import org.openiomt.ble.advertising.Eddystone;
import org.openiomt.ble.advertising.IBeacon;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.alert.AlertLevel;
import org.openiomt.ble.profile.alert.AlertLevel.Level;
import org.openiomt.ble.profile.alert.TxPowerLevel;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A tag at a device or a person that can be found: it sounds when a client says so, until the client ends it or the link; and when the
 * link is lost, as loud as the client has set, until somebody connects. It says how strongly it sends, and shouts iBeacon and
 * Eddystone frames.
 */
public final class VirtualTag extends VirtualDevice {
    /** Alert Level of the Immediate Alert Service. */
    public static final Channel IMMEDIATE_ALERT = Gatt.channel("1802", "2a06");

    /** Alert Level of the Link Loss Service. A reserved level is refused as out of range. */
    public static final Channel LINK_LOSS_ALERT = Gatt.channel("1803", "2a06");

    /** Tx Power Level. */
    public static final Channel TX_POWER = Gatt.channel("1804", "2a07");

    // Guarded by this.
    private Level sounding = Level.NONE;
    private Level onLoss = Level.NONE;

    /**
     * Puts a tag into the air, where it advertises.
     *
     * @param txPowerDbm how strongly it sends, -100 to 20
     */
    public VirtualTag(VirtualAir air, String address, int txPowerDbm) {
        super(air, address, "Virtual tag", "1803");
        TxPowerLevel power = new TxPowerLevel(MedicalFloat.of(txPowerDbm, 0), Remainder.NONE);
        peripheral()
                .advertises("1802", "1804")
                .add(IMMEDIATE_ALERT, Property.WRITE_WITHOUT_RESPONSE)
                .onWrite(IMMEDIATE_ALERT, octets -> sound(level(IMMEDIATE_ALERT, octets)))
                .add(LINK_LOSS_ALERT, Property.READ, Property.WRITE)
                .value(LINK_LOSS_ALERT, AlertLevel.CODEC.encode(AlertLevel.of(Level.NONE)))
                .onWrite(LINK_LOSS_ALERT, this::setLossAlert)
                .addReadable(TX_POWER, TxPowerLevel.CODEC.encode(power))
                .onConnected(() -> sound(Level.NONE))
                .onDisconnected(() -> sound(Level.NONE))
                .onLost(this::lost);
        peripheral().appear();
    }

    /**
     * Shouts an iBeacon frame from now on.
     *
     * @param major 0 to 65,535
     * @param minor 0 to 65,535
     * @param measuredPowerDbm the strength at 1 m, -128 to 127
     */
    public void shout(UUID uuid, int major, int minor, int measuredPowerDbm) {
        IBeacon beacon = new IBeacon(uuid, major, minor, measuredPowerDbm, Remainder.NONE);
        peripheral().advertises("manufacturer:004c", IBeacon.CODEC.encode(beacon));
        peripheral().appear();
    }

    /** Shouts an Eddystone frame from now on, instead of the one before. */
    public void shout(Eddystone frame) {
        peripheral().advertises("service:feaa", Eddystone.CODEC.encode(frame));
        peripheral().appear();
    }

    /** Returns how loud it sounds. */
    public synchronized Level sounding() {
        return sounding;
    }

    /** Somebody presses its button: it is silent. */
    public void silence() {
        sound(Level.NONE);
    }

    private synchronized void sound(Level level) {
        sounding = level;
    }

    private synchronized void lost() {
        sounding = onLoss;
    }

    private void setLossAlert(byte[] octets) {
        Level level = level(LINK_LOSS_ALERT, octets);
        peripheral().value(LINK_LOSS_ALERT, octets);
        synchronized (this) {
            onLoss = level;
        }
    }

    private static Level level(Channel channel, byte[] octets) {
        try {
            return AlertLevel.CODEC
                    .decode(octets, DecodeMode.STRICT)
                    .value()
                    .level()
                    .orElseThrow();
        } catch (DecodeException e) {
            AttMeaning meaning =
                    octets.length == 1 ? AttMeaning.OUT_OF_RANGE : AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH;
            throw new GattRefusedException(channel, meaning, "an alert level from 0 to 2");
        }
    }
}
