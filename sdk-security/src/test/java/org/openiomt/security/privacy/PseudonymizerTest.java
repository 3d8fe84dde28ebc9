package org.openiomt.security.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;

class PseudonymizerTest {
    private static byte[] key() {
        byte[] key = new byte[Pseudonymizer.KEY_LENGTH];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    @Test
    void tokensAgreeWithEveryKnownAnswer() throws IOException {
        List<String> rows;
        try (InputStream in =
                Objects.requireNonNull(PseudonymizerTest.class.getResourceAsStream("/test-vectors/pseudonyms.txt"))) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }

        assertThat(rows).hasSize(4).allSatisfy(row -> {
            String[] columns = row.split(" ", -1);
            try (Pseudonymizer pseudonymizer = Pseudonymizer.of(key(), columns[0])) {
                assertThat(pseudonymizer.token(columns[1], columns[2])).isEqualTo(columns[3]);
            }
        });
    }

    @Test
    void recipientsOfOneKeyShareNothing() {
        try (Pseudonymizer one = Pseudonymizer.of(key(), "one");
                Pseudonymizer other = Pseudonymizer.of(key(), "other")) {
            assertThat(one.keyId()).isNotEqualTo(other.keyId());
            assertThat(one.token("device", "A1").substring(9))
                    .isNotEqualTo(other.token("device", "A1").substring(9));
        }
    }

    @Test
    void anObservationKeepsItsValueAndLosesEveryName() {
        Observation observation = Samples.observation("cuff-4711", "anna-8", 1);
        try (Pseudonymizer pseudonymizer = Pseudonymizer.of(key(), "study")) {
            Observation made = pseudonymizer.observation(observation);

            assertThat(made.value()).isEqualTo(observation.value());
            assertThat(made.time()).isEqualTo(observation.time());
            assertThat(made.device()).isEqualTo(pseudonymizer.device(DeviceId.of("cuff-4711")));
            assertThat(made.subject().orElseThrow().value()).startsWith(pseudonymizer.keyId());
            assertThat(made.id()).isNotEqualTo(observation.id()).isEqualTo(pseudonymizer.observation(observation.id()));
            assertThat(made.derivedFrom()).containsExactly(pseudonymizer.observation(ObservationId.of(1, 2)));
        }
    }

    @Test
    void whatANewerWriterAddedIsLeftOut() {
        Observation added = Samples.withUnknown(Samples.observation("cuff-4711", "anna-8", 1));
        try (Pseudonymizer pseudonymizer = Pseudonymizer.of(key(), "study")) {
            assertThat(pseudonymizer.observation(added).unknown().isEmpty()).isTrue();
        }
    }

    @Test
    void keysThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Pseudonymizer.of(new byte[16], "study")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pseudonymizer.of(new byte[32], "study")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pseudonymizer.of(key(), "my study")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Pseudonymizer.newKey()).isNotEqualTo(Pseudonymizer.newKey()).hasSize(32);
    }

    @Test
    void aClosedOneMakesNothingAndShowsNothing() {
        byte[] key = key();
        Pseudonymizer pseudonymizer = Pseudonymizer.of(key, "study");
        assertThat(key).isEqualTo(key());
        assertThat(pseudonymizer).hasToString("Pseudonymizer[" + pseudonymizer.keyId() + "]");
        pseudonymizer.close();

        assertThatThrownBy(() -> pseudonymizer.token("device", "A1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pseudonymizer.observation(ObservationId.of(1, 2)))
                .isInstanceOf(IllegalStateException.class);
    }
}
