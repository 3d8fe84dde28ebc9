package org.openiomt.ble.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;

/** The fuzzing targets with the inputs that the fuzzer begins with, and that none is forgotten. */
class FuzzTest {
    private static final List<FuzzTarget> TARGETS = FuzzTargets.all();

    @Test
    void everyVectorPassesItsTarget() {
        for (FuzzTarget target : TARGETS) {
            List<byte[]> seeds = target.seeds().toList();
            seeds.forEach(target::accept);
        }
    }

    @Test
    void everyProfileHasATargetWithItsVectors() {
        List<String> missing = new ArrayList<>();
        Stream.concat(Profiles.all().stream(), Advertisements.all().values().stream())
                .filter(profile -> decoders().noneMatch(target -> target.covers(profile.codec())))
                .map(Profile::toString)
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassThatTakesValuesOneByOneHasATarget() {
        assertThat(Reflection.classes().stream()
                        .filter(type -> Modifier.isPublic(type.getModifiers())
                                && !type.isInterface()
                                && !type.getPackageName().endsWith(".virtual"))
                        .filter(type -> Stream.of(type.getMethods())
                                .anyMatch(method -> Set.of("accept", "split").contains(method.getName())))
                        .map(type -> type.getSimpleName()
                                .replaceAll("([a-z])([A-Z])", "$1_$2")
                                .toUpperCase(Locale.ROOT)))
                .isNotEmpty()
                .isSubsetOf(TARGETS.stream().map(FuzzTarget::name).toList());
    }

    @Test
    void everyTargetIsFoundByItsName() {
        for (FuzzTarget target : TARGETS) {
            assertThat(FuzzTargets.named(target.name()).members()).isEqualTo(target.members());
        }
    }

    private static Stream<DecoderTarget> decoders() {
        return TARGETS.stream().filter(DecoderTarget.class::isInstance).map(DecoderTarget.class::cast);
    }
}
