package org.openiomt.ble.profile.pulseoximeter;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * PLX Features, characteristic {@code 0x2A60} of the Pulse Oximeter Service.
 *
 * <pre>
 * field                      type    octets  present when    meaning
 * features                   uint16  2       always          see {@link OximeterFeature}; reserved bits kept
 * measurementStatusSupport   uint16  2       features bit 0  the {@link OximeterStatus} bits that the device uses
 * deviceSensorStatusSupport  uint24  3       features bit 1  the {@link SensorStatus} bits that the device uses
 * </pre>
 *
 * @param features what the device can do
 * @param measurementStatusSupport the bits that the device uses, 0 to 65,535; there exactly when the features say so
 * @param deviceSensorStatusSupport the bits that the device uses, 0 to 16,777,215; there exactly when the features say so
 * @param remainder reserved feature bits and trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/pulse-oximeter-service-1-0-1/">PLXS, 3.3</a>
 */
public record OximeterFeatures(
        Set<OximeterFeature> features,
        OptionalInt measurementStatusSupport,
        OptionalInt deviceSensorStatusSupport,
        Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<OximeterFeatures> CODEC = Codec.of(OximeterFeatures::read, OximeterFeatures::write);

    private static final int FEATURES_WIDTH = 16;

    /** Checks that the supported bits are there exactly when the features say so. */
    public OximeterFeatures {
        features = Bits.copy(OximeterFeature.class, features);
        if (features.contains(OximeterFeature.MEASUREMENT_STATUS) != measurementStatusSupport.isPresent()
                || features.contains(OximeterFeature.DEVICE_SENSOR_STATUS) != deviceSensorStatusSupport.isPresent()) {
            throw new IllegalArgumentException("the supported status bits are there exactly when the features say so");
        }
        Bits.requireUnsigned("measurementStatusSupport", measurementStatusSupport, OximeterStatus.WIDTH);
        Bits.requireUnsigned("deviceSensorStatusSupport", deviceSensorStatusSupport, SensorStatus.WIDTH);
        Bits.requireUnknown(remainder, Bits.known(OximeterFeature.class));
    }

    private static OximeterFeatures read(ByteReader in) {
        int at = in.offset();
        int bits = in.uint16("features");
        long unknown = in.unknownBits("features", at, bits, Bits.known(OximeterFeature.class));
        Set<OximeterFeature> features = Bits.set(OximeterFeature.class, bits);
        return new OximeterFeatures(
                features,
                features.contains(OximeterFeature.MEASUREMENT_STATUS)
                        ? OptionalInt.of(in.uint16("measurementStatusSupport"))
                        : OptionalInt.empty(),
                features.contains(OximeterFeature.DEVICE_SENSOR_STATUS)
                        ? OptionalInt.of(in.uint24("deviceSensorStatusSupport"))
                        : OptionalInt.empty(),
                in.remainder(unknown));
    }

    private static void write(OximeterFeatures value, ByteWriter out) {
        out.uint16("features", Bits.mask(value.features) | value.remainder.unknownFlags());
        value.measurementStatusSupport.ifPresent(bits -> out.uint16("measurementStatusSupport", bits));
        value.deviceSensorStatusSupport.ifPresent(bits -> out.uint24("deviceSensorStatusSupport", bits));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .bits("features", Bits.mask(features) | remainder.unknownFlags(), FEATURES_WIDTH)
                .put("supported", features);
        measurementStatusSupport.ifPresent(bits -> fields.bits("measurementStatusSupport", bits, OximeterStatus.WIDTH));
        deviceSensorStatusSupport.ifPresent(bits -> fields.bits("deviceSensorStatusSupport", bits, SensorStatus.WIDTH));
        return fields.remainder(remainder, FEATURES_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
