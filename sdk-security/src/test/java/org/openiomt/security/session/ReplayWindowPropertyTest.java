package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReplayWindowPropertyTest {
    /** The same rule, said with a set that forgets nothing. */
    private static final class Model {
        private final Set<Long> seen = new HashSet<>();
        private long highest = -1;

        boolean isNew(long number) {
            return number > highest - ReplayWindow.SIZE && !seen.contains(number);
        }

        void commit(long number) {
            seen.add(number);
            highest = Math.max(highest, number);
        }
    }

    @Property
    void windowAnswersAsASetWould(@ForAll("walks") List<Long> numbers) {
        ReplayWindow window = new ReplayWindow();
        Model model = new Model();

        for (long number : numbers) {
            assertThat(window.isNew(number)).as("%s of %s", number, numbers).isEqualTo(model.isNew(number));
            if (model.isNew(number)) {
                window.commit(number);
                model.commit(number);
            }
        }
    }

    /** Numbers that wander forward in small and large steps, and fall back by up to more than the window. */
    @Provide
    Arbitrary<List<Long>> walks() {
        Arbitrary<Long> starts =
                Arbitraries.of(0L, 1L, (1L << 31) - 2000, (1L << 32) - 2000, SessionLimits.MAX_SEQ - 9000);
        Arbitrary<Integer> steps = Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3),
                Arbitraries.integers().between(-2100, 2100),
                Arbitraries.of(63, 64, 65, -63, -64, -65, ReplayWindow.SIZE, -ReplayWindow.SIZE, 2048, -2048, 5000));
        return starts.flatMap(start -> steps.list().ofMaxSize(200).map(list -> walk(start, list)));
    }

    private static List<Long> walk(long start, List<Integer> steps) {
        long[] at = {start};
        return steps.stream().map(step -> at[0] = Math.max(0, at[0] + step)).toList();
    }
}
