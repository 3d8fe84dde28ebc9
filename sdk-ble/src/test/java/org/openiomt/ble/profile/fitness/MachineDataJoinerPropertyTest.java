package org.openiomt.ble.profile.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.ble.profile.fitness.Machine.Group;
import org.openiomt.ble.profile.fitness.Machine.Reading;
import org.openiomt.core.wire.Remainder;

class MachineDataJoinerPropertyTest {
    private static final Instant NOW = Instant.parse("2024-06-23T12:00:00Z");

    @Provide
    Arbitrary<MachineData> records() {
        return Arbitraries.of(Machine.class)
                .flatMap(machine -> MachineValues.data(machine, Reading.FIRST_EDITION))
                .filter(data -> !data.hasMoreData());
    }

    @Provide
    Arbitrary<List<MachineData>> streams() {
        return Arbitraries.of(Machine.class)
                .flatMap(machine -> MachineValues.data(machine, Reading.FIRST_EDITION)
                        .list()
                        .ofMaxSize(30));
    }

    @Property
    void aRecordThatIsSplitInAnyWayIsJoined(
            @ForAll("records") MachineData whole, @ForAll @IntRange(min = 1, max = 5) int parts, @ForAll long seed) {
        MachineDataJoiner joiner = new MachineDataJoiner(Duration.ofSeconds(1));
        List<MachineData> split = split(whole, parts, new Random(seed));
        for (MachineData part : split.subList(0, split.size() - 1)) {
            assertThat(joiner.accept(part, NOW))
                    .isEqualTo(new MachineDataJoiner.Joined(Optional.empty(), Optional.empty()));
        }
        assertThat(joiner.accept(split.get(split.size() - 1), NOW))
                .isEqualTo(new MachineDataJoiner.Joined(Optional.of(whole), Optional.empty()));
        assertThat(joiner.reset()).isEmpty();
    }

    @Property
    void noMetricIsLostInSilence(@ForAll("streams") List<MachineData> stream) {
        MachineDataJoiner joiner = new MachineDataJoiner(Duration.ofSeconds(1));
        int sent = 0;
        int given = 0;
        for (MachineData part : stream) {
            sent += part.values().size();
            MachineDataJoiner.Joined joined = joiner.accept(part, NOW);
            given += count(joined.whole()) + count(joined.lost());
        }
        assertThat(given + count(joiner.reset())).isEqualTo(sent);
    }

    private static int count(Optional<MachineData> data) {
        return data.map(some -> some.values().size()).orElse(0);
    }

    /** Deals the groups to the parts; the first group, which says that no more data follow, goes into the last part. */
    private static List<MachineData> split(MachineData whole, int parts, Random random) {
        List<Map<Metric, OptionalLong>> dealt = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            dealt.add(new EnumMap<>(Metric.class));
        }
        for (Group group : whole.machine().groups()) {
            int part = group.bit() == 0 ? parts - 1 : random.nextInt(parts);
            for (Metric metric : group.metrics(whole.reading())) {
                if (whole.values().containsKey(metric)) {
                    dealt.get(part).put(metric, whole.values().getOrDefault(metric, OptionalLong.empty()));
                }
            }
        }
        return dealt.stream()
                .map(values -> new MachineData(
                        whole.machine(),
                        whole.reading(),
                        Collections.unmodifiableMap(values),
                        whole.isBackward(),
                        Remainder.NONE))
                .toList();
    }
}
