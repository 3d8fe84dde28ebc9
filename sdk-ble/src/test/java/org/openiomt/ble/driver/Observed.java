package org.openiomt.ble.driver;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/** Octets to observations, and observations to text that a test can name. */
final class Observed {
    static final Instant RECEIVED_AT = Instant.parse("2024-06-23T12:35:12Z");

    private Observed() {}

    static List<Observation> from(String uuid, String hex) {
        return Mappings.observations(decode(uuid, hex), arrival(1));
    }

    static Object decode(String uuid, String hex) {
        return Profiles.find(uuid).orElseThrow().codec().decode(HexFormat.of().parseHex(hex));
    }

    static Arrival arrival(long number) {
        return Arrival.of(DeviceId.of("device-1"), RECEIVED_AT, number, ClockState.UNKNOWN, Subjects.UNKNOWN);
    }

    /** {@code MDC_PULS_OXIM_SAT_O2 98 %}. */
    static String text(Observation observation) {
        return name(observation.type()) + " " + text(observation.value());
    }

    static String text(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return numeric.quantity().value() + " "
                    + Units.ucum(numeric.quantity().unit()).orElseThrow();
        }
        if (value instanceof Value.Coded coded) {
            return name(coded.code());
        }
        if (value instanceof Value.Compound compound) {
            return compound.components().stream()
                    .map(part -> name(part.type()) + " " + text(part.value()))
                    .toList()
                    .toString();
        }
        if (value instanceof Value.Flags flags) {
            return Long.toBinaryString(flags.bits());
        }
        throw new AssertionError(value);
    }

    static Optional<String> supplemental(Observation observation, Code what) {
        return Optional.ofNullable(observation.supplemental().get(what)).map(Observed::text);
    }

    private static String name(Code code) {
        return Mdc.referenceId(code).orElseThrow();
    }
}
