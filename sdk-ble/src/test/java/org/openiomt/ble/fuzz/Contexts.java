package org.openiomt.ble.fuzz;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature.Feature;

/** Every context that a codec can be made for. */
final class Contexts {
    private Contexts() {}

    /** Returns every list of arguments for parameters of these types. */
    static List<Object[]> arguments(Class<?>... types) {
        List<Object[]> all = List.<Object[]>of(new Object[0]);
        for (Class<?> type : types) {
            List<?> values = values(type);
            all = all.stream()
                    .flatMap(before -> values.stream().map(value -> append(before, value)))
                    .toList();
        }
        return all;
    }

    private static Object[] append(Object[] before, Object value) {
        Object[] longer = Arrays.copyOf(before, before.length + 1);
        longer[before.length] = value;
        return longer;
    }

    /** Returns every value of an enumeration, of a record of such values, and every set of features. */
    private static List<?> values(Class<?> type) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type.equals(DeviceTimeFeature.class)) {
            return IntStream.range(0, 1 << Feature.values().length)
                    .mapToObj(bits -> DeviceTimeFeature.of(features(bits)))
                    .toList();
        }
        if (type.isRecord()) {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            List<Object> values = new ArrayList<>();
            for (Object[] arguments : arguments(constructor.getParameterTypes())) {
                values.add(Reflection.call(() -> constructor.newInstance(arguments)));
            }
            return values;
        }
        throw new AssertionError("a codec needs a " + type.getName() + ", of which no values are known here");
    }

    private static Set<Feature> features(int bits) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        Stream.of(Feature.values())
                .filter(feature -> (bits & feature.mask()) != 0)
                .forEach(features::add);
        return features;
    }
}
