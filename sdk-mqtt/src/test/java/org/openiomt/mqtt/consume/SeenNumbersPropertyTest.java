package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SeenNumbersPropertyTest {
    @Property
    void isASetOfNumbersForEachEpoch(@ForAll @Size(max = 300) List<@IntRange(min = 1, max = 400) Integer> numbers) {
        SeenNumbers seen = new SeenNumbers();
        Set<Integer> expected = new HashSet<>();
        for (int number : numbers) {
            int epoch = number % 3;
            assertThat(seen.contains(epoch, number)).isEqualTo(expected.contains(number));
            seen.add(epoch, number);
            expected.add(number);
            assertThat(seen.contains(epoch, number)).isTrue();
            assertThat(seen.contains(3, number)).isFalse();
        }
        for (int number = 1; number <= 400; number++) {
            assertThat(seen.contains(number % 3, number)).isEqualTo(expected.contains(number));
        }
    }

    @Property(tries = 5)
    void theOldestEpochsCountAsDoneWith(@ForAll @IntRange(min = 1, max = 50) int more) {
        SeenNumbers seen = new SeenNumbers();
        for (int epoch = 1; epoch <= SeenNumbers.MAX_EPOCHS + more; epoch++) {
            seen.add(epoch, 5);
        }
        assertThat(seen.contains(more, 6)).isTrue();
        assertThat(seen.contains(more + 1, 6)).isFalse();
        assertThat(seen.contains(more + 1, 5)).isTrue();
    }

    @Property(tries = 5)
    void theLowestOfTooManyGapsCountsAsDoneWith(@ForAll @IntRange(min = 1, max = 50) int more) {
        SeenNumbers seen = new SeenNumbers();
        for (int i = 1; i <= SeenNumbers.MAX_RANGES + more; i++) {
            seen.add(1, 2L * i);
        }
        assertThat(seen.contains(1, 2L * more + 1)).isTrue();
        assertThat(seen.contains(1, 2L * more + 3)).isFalse();
        assertThat(seen.contains(1, 1)).isFalse();
    }
}
