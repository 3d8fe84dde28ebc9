package org.openiomt.ble.advertising;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openiomt.ble.profile.Profile;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only table from what a device announces to codecs.
 *
 * <pre>
 * announced          key in a discovery  codec
 * service data 181D  service:181d        {@link ScaleAdvertisement}
 * service data 181B  service:181b        {@link CompositionAdvertisement}
 * service data FEAA  service:feaa        {@link Eddystone}
 * company 004C       manufacturer:004c   {@link IBeacon}
 * </pre>
 */
public final class Advertisements {
    private static final Logger LOG = LoggerFactory.getLogger(Advertisements.class);

    private static final Map<String, Profile<?>> TABLE = table();

    private Advertisements() {}

    private static Map<String, Profile<?>> table() {
        Map<String, Profile<?>> table = new LinkedHashMap<>();
        table.put(
                "service:181d",
                new Profile<>("181D", "Weight Scale service data", ScaleAdvertisement.CODEC, ScaleAdvertisement.class));
        table.put(
                "service:181b",
                new Profile<>(
                        "181B",
                        "Body Composition service data",
                        CompositionAdvertisement.CODEC,
                        CompositionAdvertisement.class));
        table.put("service:feaa", new Profile<>("FEAA", "Eddystone", Eddystone.CODEC, Eddystone.class));
        table.put("manufacturer:004c", new Profile<>("004C", "iBeacon", IBeacon.CODEC, IBeacon.class));
        return table;
    }

    /** Returns all that is known, by its key in a discovery. */
    public static Map<String, Profile<?>> all() {
        return Collections.unmodifiableMap(TABLE);
    }

    /**
     * Decodes what a device announced, leniently. What is not known, or not understood, is left out: anybody may announce
     * anything.
     *
     * @return the values by their key in the discovery
     */
    public static Map<String, Decoded<?>> of(Discovery discovery) {
        Map<String, Decoded<?>> values = new LinkedHashMap<>();
        discovery.data().forEach((key, octets) -> {
            Profile<?> profile = TABLE.get(key);
            if (profile != null) {
                try {
                    values.put(key, profile.codec().decode(octets, DecodeMode.LENIENT));
                } catch (DecodeException e) {
                    LOG.debug("{} was not understood: {}", key, e.getMessage());
                }
            }
        });
        return values;
    }
}
