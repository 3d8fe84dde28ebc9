package org.openiomt.ble.virtual.surroundings;

import java.util.EnumSet;
import java.util.Set;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.positioning.Position.Kind;
import org.openiomt.ble.profile.positioning.PositioningConfiguration;
import org.openiomt.ble.profile.positioning.PositioningConfiguration.Part;
import org.openiomt.ble.profile.positioning.Uncertainty;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * The Indoor Positioning Service: a beacon that says where it is, to who reads. A client sets it up by writing; what is no value
 * of its characteristic is refused with ATT error 0x80. The form of what such beacons shout was in no source at hand, so that this
 * one does not shout it. Any thread may call.
 */
public final class IndoorPositioningService {
    /** Indoor Positioning Configuration. */
    public static final Channel CONFIGURATION = Gatt.channel("1821", "2aad");

    /** Uncertainty. */
    public static final Channel UNCERTAINTY = Gatt.channel("1821", "2ab4");

    /** Location Name. */
    public static final Channel LOCATION_NAME = Gatt.channel("1821", "2ab5");

    private final VirtualPeripheral peripheral;

    /**
     * Adds the service to a peripheral that no central is connected to. It knows no place yet: what has a code for "not set" has it,
     * latitude and longitude are 0.
     */
    public IndoorPositioningService(VirtualPeripheral peripheral, String locationName) {
        this.peripheral = peripheral;
        peripheral.advertises("1821");
        add(
                CONFIGURATION,
                PositioningConfiguration.CODEC,
                new PositioningConfiguration(EnumSet.of(Part.COORDINATES, Part.LOCATION_NAME), Remainder.NONE));
        for (Kind kind : Kind.values()) {
            boolean isDegrees = kind == Kind.LATITUDE || kind == Kind.LONGITUDE;
            add(position(kind), kind.profile().codec(), kind.of(isDegrees ? MedicalFloat.of(0, 0) : MedicalFloat.NAN));
        }
        add(UNCERTAINTY, Uncertainty.CODEC, new Uncertainty(false, 0, 0, Remainder.NONE));
        add(LOCATION_NAME, DeviceText.CODEC, DeviceText.of(locationName));
    }

    /** Returns where a part of the position is: {@code 1821/2aae} for the latitude. */
    public static Channel position(Kind kind) {
        return Gatt.channel("1821", kind.profile().uuid());
    }

    /** Says what the beacon tells. */
    public void configure(Set<Part> parts) {
        PositioningConfiguration value = new PositioningConfiguration(parts, Remainder.NONE);
        peripheral.value(CONFIGURATION, PositioningConfiguration.CODEC.encode(value));
    }

    /**
     * Says a part of where it is.
     *
     * @throws IllegalArgumentException when the octets cannot bear the number
     */
    public void place(Kind kind, MedicalFloat value) {
        peripheral.value(position(kind), kind.profile().codec().encode(kind.of(value)));
    }

    private <T> void add(Channel channel, Codec<T> codec, T value) {
        peripheral
                .add(channel, Property.READ, Property.WRITE, Property.WRITE_WITHOUT_RESPONSE)
                .value(channel, codec.encode(value))
                .onWrite(channel, octets -> {
                    try {
                        codec.decode(octets, DecodeMode.STRICT);
                    } catch (DecodeException e) {
                        throw new GattRefusedException(channel, AttMeaning.INVALID_VALUE, e.field());
                    }
                    peripheral.value(channel, octets);
                });
    }
}
