package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.model.ObservationId;

class RepeatsPropertyTest {
    @Property
    void theLastDifferentIdsAreKnownAndNoOthers(
            @ForAll @IntRange(min = 1, max = 8) int capacity,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20) Integer> numbers) {
        SeenIds seen = new SeenIds(capacity);
        List<ObservationId> model = new ArrayList<>();
        for (int number : numbers) {
            ObservationId id = ObservationId.of(1, number);
            assertThat(seen.contains(id)).isEqualTo(model.contains(id));
            seen.add(id);
            if (!model.contains(id)) {
                model.add(id);
                if (model.size() > capacity) {
                    model.remove(0);
                }
            }
            assertThat(seen.size()).isEqualTo(model.size()).isLessThanOrEqualTo(capacity);
        }
    }

    @Property
    void aRepeatWithinTheWindowIsAlwaysKnown(
            @ForAll @IntRange(min = 1, max = 50) int capacity, @ForAll @IntRange(min = 1, max = 200) int count) {
        SeenIds seen = new SeenIds(capacity);
        for (int i = 0; i < count; i++) {
            seen.add(ObservationId.of(0, i));
        }
        for (int i = 0; i < count; i++) {
            assertThat(seen.contains(ObservationId.of(0, i))).isEqualTo(i >= count - capacity);
        }
    }

    @Property
    void missingAreExactlyTheNumbersThatDidNotCome(
            @ForAll @Size(min = 1, max = 30) Set<@IntRange(min = 1, max = 60) Integer> came) {
        SequenceWatch watch = new SequenceWatch();
        TreeSet<Integer> inOrder = new TreeSet<>(came);
        Set<Integer> missing = new TreeSet<>();
        for (int number : inOrder) {
            watch.see(1, number).ifPresent(gap -> {
                for (long n = gap.first(); n <= gap.last(); n++) {
                    missing.add((int) n);
                }
                assertThat(gap.count()).isEqualTo(gap.last() - gap.first() + 1);
            });
            assertThat(watch.see(1, number)).as("a repeat").isEmpty();
        }
        Set<Integer> expected = new TreeSet<>();
        for (int n = inOrder.first(); n <= inOrder.last(); n++) {
            if (!came.contains(n)) {
                expected.add(n);
            }
        }
        assertThat(missing).isEqualTo(expected);
    }
}
