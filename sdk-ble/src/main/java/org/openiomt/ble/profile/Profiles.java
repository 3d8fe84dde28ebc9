package org.openiomt.ble.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.time.DateTime;

/** The only table from UUID to codec. */
public final class Profiles {
    private static final String BASE_UUID_START = "0000";
    private static final String BASE_UUID_END = "-0000-1000-8000-00805f9b34fb";
    private static final int BASE_UUID_LENGTH = 36;
    private static final int UUID_16_LENGTH = 4;

    private static final List<Profile<?>> ALL = List.of(
            // Blood Pressure Service
            new Profile<>(
                    "2A35",
                    "Blood Pressure Measurement",
                    BloodPressureMeasurement.CODEC,
                    BloodPressureMeasurement.class),
            // shared
            new Profile<>("2A08", "Date Time", DateTime.CODEC, DateTime.class));

    private static final Map<String, Profile<?>> BY_KEY = index();

    private Profiles() {}

    /** Returns all profiles, grouped by service. */
    public static List<Profile<?>> all() {
        return ALL;
    }

    /**
     * Returns the profile of a characteristic.
     *
     * @param characteristic {@code 2A35}, {@code 0x2a35}, the UUID of 128 bits, or the name of the specification with
     *     spaces, hyphens or neither between its words; upper or lower case
     */
    public static Optional<Profile<?>> find(String characteristic) {
        String text = characteristic.strip().toLowerCase(Locale.ROOT);
        if (text.length() == BASE_UUID_LENGTH && text.startsWith(BASE_UUID_START) && text.endsWith(BASE_UUID_END)) {
            text = text.substring(BASE_UUID_START.length(), BASE_UUID_START.length() + UUID_16_LENGTH);
        } else if (text.startsWith("0x") && text.length() == "0x".length() + UUID_16_LENGTH) {
            text = text.substring("0x".length());
        }
        return Optional.ofNullable(BY_KEY.get(key(text)));
    }

    /** Returns the profile of a characteristic. */
    public static Optional<Profile<?>> find(UUID characteristic) {
        return find(characteristic.toString());
    }

    private static Map<String, Profile<?>> index() {
        Map<String, Profile<?>> index = new HashMap<>();
        for (Profile<?> profile : ALL) {
            if (index.put(key(profile.uuid()), profile) != null || index.put(key(profile.name()), profile) != null) {
                throw new AssertionError("written twice: " + profile);
            }
        }
        return Map.copyOf(index);
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
