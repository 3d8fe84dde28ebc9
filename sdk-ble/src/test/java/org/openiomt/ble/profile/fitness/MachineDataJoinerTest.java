package org.openiomt.ble.profile.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.fitness.MachineDataJoiner.Joined;

class MachineDataJoinerTest {
    private static final Instant START = Instant.parse("2024-06-23T12:00:00Z");

    private final MachineDataJoiner joiner = new MachineDataJoiner(Duration.ofSeconds(2));

    @Test
    void partsAreJoinedWhenTheLastComes() {
        assertThat(accept("050A620000003100", 0)).isEqualTo(new Joined(Optional.empty(), Optional.empty()));
        assertThat(accept("01010400C50107", 10)).isEqualTo(new Joined(Optional.empty(), Optional.empty()));
        Joined joined = accept("F800260B00C70000002C001B000200", 20);
        assertThat(joined.lost()).isEmpty();
        assertThat(joined.whole()).hasValueSatisfying(whole -> {
            assertThat(whole.values())
                    .containsEntry(Metric.TOTAL_DISTANCE, OptionalLong.of(98))
                    .containsEntry(Metric.TOTAL_ENERGY, OptionalLong.of(4))
                    .containsEntry(Metric.STROKES, OptionalLong.of(11))
                    .hasSize(13);
            assertThat(whole.hasMoreData()).isFalse();
            assertThat(whole.flags()).isEqualTo(0x0BFC);
        });
        assertThat(joiner.reset()).isEmpty();
    }

    @Test
    void aValueWithoutMoreDataIsWholeAtOnce() {
        assertThat(accept("0000306400", 0).whole()).contains(part("0000306400"));
    }

    @Test
    void aPartThatRepeatsAMetricShowsThatTheEndOfARecordWasLost() {
        accept("050A620000003100", 0);
        Joined second = accept("050A630000003200", 1000);
        assertThat(second.whole()).isEmpty();
        assertThat(second.lost()).contains(part("050A620000003100"));
        assertThat(accept("0000306400", 1010).whole())
                .hasValueSatisfying(
                        whole -> assertThat(whole.values()).containsEntry(Metric.TOTAL_DISTANCE, OptionalLong.of(99)));
    }

    @Test
    void partsThatAreTooOldAreLost() {
        accept("050A620000003100", 0);
        Joined late = accept("0000306400", 2001);
        assertThat(late.lost()).contains(part("050A620000003100"));
        assertThat(late.whole()).contains(part("0000306400"));
    }

    @Test
    void whatIsKeptIsLostWithTheConnection() {
        accept("050A620000003100", 0);
        assertThat(joiner.reset()).contains(part("050A620000003100"));
        assertThat(accept("0000306400", 10)).isEqualTo(new Joined(Optional.of(part("0000306400")), Optional.empty()));
    }

    @Test
    void anEndlessStreamOfPartsKeepsNoMoreThanOneRecord() {
        for (int i = 0; i < 1000; i++) {
            accept("0100", i);
            assertThat(accept("01027800", i).whole()).isEmpty();
        }
        assertThat(joiner.reset())
                .hasValueSatisfying(kept -> assertThat(kept.values()).hasSize(1));
    }

    private Joined accept(String hex, long millis) {
        return joiner.accept(part(hex), START.plusMillis(millis));
    }

    private static MachineData part(String hex) {
        return Machine.ROWER.codec().decode(HexFormat.of().parseHex(hex));
    }
}
