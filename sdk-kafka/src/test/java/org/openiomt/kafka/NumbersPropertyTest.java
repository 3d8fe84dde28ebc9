package org.openiomt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What has come is remembered as a set would, whatever the order. */
class NumbersPropertyTest {
    record Place(long epoch, long number) {}

    @Provide
    Arbitrary<List<Place>> places() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 4), Arbitraries.longs().between(1, 40))
                .as(Place::new)
                .list()
                .ofMaxSize(200);
    }

    @Property
    void aNumberIsDoneWithExactlyWhenItHasCome(@ForAll("places") List<Place> places) {
        Numbers numbers = new Numbers();
        Set<Place> model = new HashSet<>();
        for (Place place : places) {
            assertThat(numbers.isDone(place.epoch(), place.number())).isEqualTo(model.contains(place));
            numbers.done(place.epoch(), place.number());
            model.add(place);
            assertThat(numbers.isDone(place.epoch(), place.number())).isTrue();
        }
    }

    @Property
    void whatIsMissingIsEveryNumberBetweenTheNewestAndTheNext(@ForAll("places") List<Place> places) {
        Numbers numbers = new Numbers();
        @Nullable Place newest = null;
        for (Place place : places) {
            boolean isLater = newest == null
                    || place.epoch() > newest.epoch()
                    || (place.epoch() == newest.epoch() && place.number() > newest.number());
            long expected = newest == null ? place.number() : place.epoch() == newest.epoch() ? newest.number() + 1 : 1;
            boolean isAhead = isLater && place.number() > expected;

            assertThat(numbers.isAhead(place.epoch(), place.number())).isEqualTo(isAhead);
            assertThat(numbers.see(place.epoch(), place.number()))
                    .isEqualTo(
                            isAhead
                                    ? Optional.of(new Numbers.Missing(expected, place.number() - 1))
                                    : Optional.empty());
            newest = isLater ? place : newest;
        }
    }

    @Property(tries = 1)
    void memoryIsBoundedAndWhatIsForgottenIsSaid() {
        Numbers numbers = new Numbers();
        for (long epoch = 1; epoch <= Numbers.MAX_EPOCHS + 1; epoch++) {
            numbers.done(epoch, 1);
        }
        for (long number = 1; number <= 2L * Numbers.MAX_RANGES + 2; number += 2) {
            numbers.done(100, number);
        }

        assertThat(numbers.isForgotten(1)).isTrue();
        assertThat(numbers.isForgotten(Numbers.MAX_EPOCHS)).isFalse();
        assertThat(numbers.isDone(100, 2))
                .as("the lowest gap counts as done with")
                .isTrue();
        assertThat(numbers.isDone(100, 4)).isFalse();
    }
}
