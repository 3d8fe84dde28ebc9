package org.openiomt.ble.advertising;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.MedicalFloat;

class AdvertisementsTest {
    @Test
    void theWeightOfAScaleIsReadWithoutAConnection() {
        Map<String, Decoded<?>> values = Advertisements.of(seen("service:181d", "A24C63E20702010F2F1C"));
        ScaleAdvertisement scale = (ScaleAdvertisement)
                Objects.requireNonNull(values.get("service:181d")).value();
        assertThat(scale.weight()).isEqualTo(MedicalFloat.parse("127.100"));
        assertThat(scale.isStable()).isTrue();
        assertThat(scale.isRemoved()).isTrue();
    }

    @Test
    void whatIsNotKnownOrNotUnderstoodIsLeftOut() {
        assertThat(Advertisements.of(seen("manufacturer:004c", "1005031C2D7C"))).isEmpty();
        assertThat(Advertisements.of(seen("manufacturer:ffff", "00"))).isEmpty();
        assertThat(Advertisements.of(seen("service:feaa", ""))).isEmpty();
    }

    private static Discovery seen(String key, String hex) {
        return new Discovery(
                "air:1",
                Optional.empty(),
                Set.of(),
                Map.of(key, HexFormat.of().parseHex(hex)),
                OptionalInt.empty(),
                Instant.EPOCH);
    }
}
