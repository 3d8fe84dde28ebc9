package org.openiomt.ble.profile.devicetime;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Device Time Parameters, characteristic {@code 0x2B8F} of the Device Time Service: how good a clock is. Nothing in the value says
 * which fields it has, the features do; without them all fields behind the resolution stay octets.
 *
 * <pre>
 * field                 type    octets  present when         meaning
 * crc                   uint16  2       E2E_CRC              check sum of what follows
 * resolution            uint16  2       always               in 1/65536 s; 0 not known
 * maxDrift              uint16  2       RTC_DRIFT_TRACKING   in s: beyond it, the clock is not synchronised
 * maxDaysUntilSyncLoss  uint16  2       RTC_DRIFT_TRACKING   in days
 * nonLoggedLimit        uint16  2       TIME_CHANGE_LOGGING  in s: changes below it are not logged
 * displayedFormats      uint16  2       DISPLAYED_FORMATS    bits of forms; their meaning was not at hand
 * </pre>
 *
 * @param resolution in 1/65536 s; empty when the clock does not know it
 * @param maxDriftSeconds the drift beyond which the clock is not synchronised
 * @param maxDaysUntilSyncLoss the days without being set after which it is not
 * @param nonLoggedLimitSeconds changes below it are not logged
 * @param displayedFormats bits of forms
 * @param check what the check sum says
 * @param remainder trailing octets, and all of which the features do not say what they are
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-time-service-1-0/">DTS 1.0, 3.2</a>
 */
public record DeviceTimeParameters(
        OptionalInt resolution,
        OptionalInt maxDriftSeconds,
        OptionalInt maxDaysUntilSyncLoss,
        OptionalInt nonLoggedLimitSeconds,
        OptionalInt displayedFormats,
        E2eCheck check,
        Remainder remainder)
        implements Described {

    /** Reads and writes it, when the features are not known. */
    public static final Codec<DeviceTimeParameters> CODEC = codec(Optional.empty());

    /** Checks the ranges. */
    public DeviceTimeParameters {
        Bits.requireUnsigned("resolution", resolution, Short.SIZE);
        if (resolution.isPresent() && resolution.getAsInt() == 0) {
            throw new IllegalArgumentException("a resolution of 0 means that it is not known; leave it out");
        }
        Bits.requireUnsigned("maxDrift", maxDriftSeconds, Short.SIZE);
        Bits.requireUnsigned("maxDaysUntilSyncLoss", maxDaysUntilSyncLoss, Short.SIZE);
        Bits.requireUnsigned("nonLoggedLimit", nonLoggedLimitSeconds, Short.SIZE);
        Bits.requireUnsigned("displayedFormats", displayedFormats, Short.SIZE);
        Objects.requireNonNull(check, "check");
        Bits.requireUnknown(remainder, ~0L);
    }

    /** Returns the codec for a clock with these features. */
    public static Codec<DeviceTimeParameters> codec(DeviceTimeFeature features) {
        return codec(Optional.of(features));
    }

    private static Codec<DeviceTimeParameters> codec(Optional<DeviceTimeFeature> features) {
        E2eContext context = features.map(LeadingCrc::context).orElse(E2eContext.NOT_KNOWN);
        return Codec.of(in -> read(in, features, context), (value, out) -> write(value, out, context));
    }

    private static DeviceTimeParameters read(ByteReader in, Optional<DeviceTimeFeature> features, E2eContext context) {
        int start = in.offset();
        E2eCheck check = LeadingCrc.read(in, context);
        int resolution = in.uint16("resolution");
        boolean isDrift = has(features, Feature.RTC_DRIFT_TRACKING);
        return new DeviceTimeParameters(
                resolution == 0 ? OptionalInt.empty() : OptionalInt.of(resolution),
                isDrift ? OptionalInt.of(in.uint16("maxDrift")) : OptionalInt.empty(),
                isDrift ? OptionalInt.of(in.uint16("maxDaysUntilSyncLoss")) : OptionalInt.empty(),
                has(features, Feature.TIME_CHANGE_LOGGING)
                        ? OptionalInt.of(in.uint16("nonLoggedLimit"))
                        : OptionalInt.empty(),
                has(features, Feature.DISPLAYED_FORMATS)
                        ? OptionalInt.of(in.uint16("displayedFormats"))
                        : OptionalInt.empty(),
                LeadingCrc.end(in, context, check, start, in.remaining() > 0),
                in.remainder(0));
    }

    /** Whether the features have one, where they are known. */
    static boolean has(Optional<DeviceTimeFeature> features, Feature feature) {
        return features.filter(known -> known.has(feature)).isPresent();
    }

    private static void write(DeviceTimeParameters value, ByteWriter out, E2eContext context) {
        ByteWriter rest = new ByteWriter();
        rest.uint16("resolution", value.resolution.orElse(0));
        value.maxDriftSeconds.ifPresent(seconds -> rest.uint16("maxDrift", seconds));
        value.maxDaysUntilSyncLoss.ifPresent(days -> rest.uint16("maxDaysUntilSyncLoss", days));
        value.nonLoggedLimitSeconds.ifPresent(seconds -> rest.uint16("nonLoggedLimit", seconds));
        value.displayedFormats.ifPresent(bits -> rest.uint16("displayedFormats", bits));
        value.remainder.writeTo(rest);
        LeadingCrc.write(out, context, value.check, rest.toByteArray());
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start();
        if (check instanceof E2eCheck.Sound) {
            fields.put("crcValid", check.isTrusted());
        }
        fields.put("resolution65536", resolution)
                .put("maxDriftSeconds", maxDriftSeconds)
                .put("maxDaysUntilSyncLoss", maxDaysUntilSyncLoss)
                .put("nonLoggedLimitSeconds", nonLoggedLimitSeconds);
        displayedFormats.ifPresent(bits -> fields.bits("displayedFormats", bits, Short.SIZE));
        return fields.trailing(remainder).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
