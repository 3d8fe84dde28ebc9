package org.openiomt.examples.decode;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openiomt.ble.driver.Mappings;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.Warning;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.HexText;
import org.openiomt.examples.cli.JsonText;

/** One characteristic value as one JSON object. */
final class DecodedJson {
    /** The octets say nothing about the device that sent them. */
    private static final DeviceId UNKNOWN = DeviceId.of("unknown");

    private DecodedJson() {}

    /**
     * Decodes a value.
     *
     * @param characteristic as {@link Profiles#find(String)} takes it
     * @param hex as {@link HexText} takes it
     * @param clock says when it was received: now
     * @throws BadInputException when the characteristic is not known or the text is no octets
     * @throws DecodeException when the octets are malformed
     */
    static String of(String characteristic, String hex, DecodeMode mode, Clock clock) {
        Profile<?> profile = Profiles.find(characteristic)
                .orElseThrow(() -> new BadInputException(
                        "unknown characteristic '" + characteristic + "'; 'decode --list' shows the known ones"));
        byte[] octets;
        try {
            octets = HexText.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("octets: " + e.getMessage(), e);
        }
        Decoded<? extends Described> decoded = profile.codec().decode(octets, mode);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("characteristic", profile.uuid());
        json.put("name", profile.name());
        json.put("value", decoded.value().fields());
        json.put(
                "observations",
                Mappings.observations(decoded.value(), arrival(clock)).stream()
                        .map(ObservationJson::write)
                        .map(JsonText.Raw::new)
                        .toList());
        json.put(
                "warnings",
                decoded.warnings().stream().map(DecodedJson::warning).toList());
        return JsonText.of(json);
    }

    private static Arrival arrival(Clock clock) {
        return Arrival.of(UNKNOWN, clock.instant(), 0, ClockState.UNKNOWN, Subjects.UNKNOWN);
    }

    private static Map<String, Object> warning(Warning warning) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", warning.field());
        json.put("offset", warning.offset());
        json.put("reason", warning.reason());
        return json;
    }
}
