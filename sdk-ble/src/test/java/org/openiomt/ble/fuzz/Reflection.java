package org.openiomt.ble.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openiomt.ble.Ble;

/** The classes of the library, and calls whose faults are the test's own. */
public final class Reflection {
    private static final String SUFFIX = ".class";

    private Reflection() {}

    /** A call by reflection. */
    interface Call<T> {
        T call() throws ReflectiveOperationException;
    }

    static <T> T call(Call<T> call) {
        try {
            return call.call();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Returns every class of this module that is there to be compiled against, in the order of their names; none is initialised. */
    public static List<Class<?>> classes() {
        try {
            Path root = Path.of(Ble.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(SUFFIX) && !file.contains("-info") && file.contains("openiomt"))
                        .map(file -> file.substring(0, file.length() - SUFFIX.length())
                                .replaceAll("[/\\\\]", "."))
                        .sorted()
                        .<Class<?>>map(Reflection::named)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a class, not initialised. */
    static Class<?> named(String name) {
        return call(() -> Class.forName(name, false, Reflection.class.getClassLoader()));
    }
}
