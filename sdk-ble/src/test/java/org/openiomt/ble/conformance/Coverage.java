package org.openiomt.ble.conformance;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;

/**
 * What stands behind one profile: its source file, its vectors, its laws; a row of the table in docs/coverage.md, and what
 * is missing.
 *
 * @param profile the profile
 * @param vectors the objects of its vector file, see {@link Vector}
 */
record Coverage(Profile<?> profile, List<Map<?, ?>> vectors) {
    static final String HEAD =
            "| characteristic | name | file below `ble/profile` | real | other | constructed | captured from |";

    private static final String PROFILES = "org.openiomt.ble.profile.";
    private static final String MAIN = "sdk-ble/src/main/java/";
    private static final String TESTS = "sdk-ble/src/test/java";

    /** Why a field gives octets and no value. */
    private enum Why {
        /** The standard says no more of them, or leaves them to a manufacturer. */
        OPAQUE,
        /** They are the value of another characteristic or of an attribute of a kind that the value names. */
        NAMED,
        /** They are a field of bits whose length the value says. */
        BITS,
        /** Only a code or a text that the standard does not foresee has them; see the layout table. */
        UNFORESEEN,
        /** The layout was not at hand; docs/coverage.md says so below its table. */
        UNKNOWN
    }

    /** The fields that give octets, by characteristic; whatever else does is a gap. Each must really be one. */
    private static final Map<String, Map<String, Why>> OCTETS = Map.ofEntries(
            Map.entry("290D", Map.of("operand", Why.UNFORESEEN)),
            Map.entry("2A29", Map.of("octets", Why.UNFORESEEN)),
            Map.entry("2A2A", Map.of("data", Why.UNKNOWN, "octets", Why.UNKNOWN)),
            Map.entry("2A52", Map.of("operand", Why.UNFORESEEN)),
            Map.entry("2A66", Map.of("octets", Why.OPAQUE)),
            Map.entry("2ABE", Map.of("octets", Why.UNFORESEEN)),
            Map.entry("2AC5", Map.of("answer", Why.OPAQUE, "parameter", Why.OPAQUE)),
            Map.entry("2B1D", Map.of("extension", Why.UNFORESEEN)),
            Map.entry("2B2B", Map.of("payload", Why.UNKNOWN)),
            Map.entry("2B2C", Map.of("payload", Why.UNKNOWN)),
            Map.entry("2B30", Map.of("content", Why.OPAQUE)),
            Map.entry("2B31", Map.of("content", Why.OPAQUE)),
            Map.entry("2B32", Map.of("content", Why.OPAQUE)),
            Map.entry("2B33", Map.of("operand", Why.UNKNOWN)),
            Map.entry("2B36", Map.of("recorded", Why.NAMED)),
            Map.entry("2B8B", Map.of("octets", Why.NAMED, "supported", Why.BITS, "events", Why.BITS, "bits", Why.BITS)),
            Map.entry("2B91", Map.of("operand", Why.UNKNOWN)));

    /** What stands for octets in every value that is split or has a tail, and is no field of it. */
    private static final Set<String> NO_FIELDS = Set.of("trailing", "part");

    /** Returns the coverage of a profile by the vector file in the source tree; no file is no vectors. */
    static Coverage of(Profile<?> profile, Path root) throws IOException {
        Path file = root.resolve("sdk-ble/src/test/resources/test-vectors/" + profile.uuid() + ".json");
        List<Map<?, ?>> vectors = new ArrayList<>();
        if (Files.exists(file)) {
            ((List<?>) Json.parse(Files.readString(file))).forEach(vector -> vectors.add((Map<?, ?>) vector));
        }
        return new Coverage(profile, vectors);
    }

    /** Returns the codecs of all classes {@code *PropertyTest} that extend {@link Laws}. */
    static Set<Codec<?>> codecsWithLaws(Path root) throws IOException {
        Set<Codec<?>> codecs = Collections.newSetFromMap(new IdentityHashMap<>());
        Path tests = root.resolve(TESTS);
        try (Stream<Path> files = Files.walk(tests)) {
            files.map(file -> tests.relativize(file).toString())
                    .filter(file -> file.endsWith("PropertyTest.java"))
                    .flatMap(file -> laws(file.replaceFirst("\\.java$", "").replaceAll("[/\\\\]", ".")))
                    .forEach(law -> codecs.add(law.codec()));
        }
        return codecs;
    }

    private static Stream<Laws.Law<?>> laws(String className) {
        try {
            Class<?> type = Class.forName(className);
            if (!Laws.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
                return Stream.of();
            }
            Constructor<? extends Laws> constructor =
                    type.asSubclass(Laws.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().laws().stream();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(className, e);
        }
    }

    /**
     * Returns the source file below the folder of the profiles: that of the class whose codec {@link Profiles} names for it,
     * where it names one beside the UUID, else that of its values.
     */
    String file(Path root) throws IOException {
        String table = Files.readString(root.resolve(MAIN + PROFILES.replace('.', '/') + "Profiles.java"));
        Matcher named = Pattern.compile("\"" + profile.uuid() + "\",\\s*\"[^\"]*\",\\s*(\\w+)\\.")
                .matcher(table);
        String type = type().getName();
        if (named.find()) {
            Matcher imported = Pattern.compile("import (" + PROFILES + "[\\w.]*\\b" + named.group(1) + ");")
                    .matcher(table);
            type = imported.find() ? imported.group(1) : type;
        }
        Matcher top = Pattern.compile("[a-z.]*[A-Z]\\w*").matcher(type.replace(PROFILES, ""));
        return top.lookingAt() ? top.group().replace('.', '/') + ".java" : type;
    }

    /** Returns the type of the values; of a value that is split over packets, the type of the whole. */
    private Class<?> type() {
        if (!profile.type().equals(Segmented.class)) {
            return profile.type();
        }
        return vectors.stream()
                .filter(vector -> !vector.containsKey("reject"))
                .map(vector -> profile.codec().decode(HexFormat.of().parseHex((String) vector.get("hex"))))
                .filter(Segmented.class::isInstance)
                .flatMap(value -> ((Segmented<?>) value).value().stream())
                .findFirst()
                .<Class<?>>map(Object::getClass)
                .orElse(profile.type());
    }

    /** Returns the row of the table. */
    String row(Path root) throws IOException {
        return String.format(
                Locale.ROOT,
                "| %s | %s | `%s` | %d | %d | %d | %s |",
                profile.uuid(),
                profile.name(),
                file(root),
                count("real"),
                count("synthetic"),
                count("constructed"),
                devices());
    }

    private long count(String kind) {
        return vectors.stream()
                .filter(vector -> kind.equals(vector.get("kind")))
                .count();
    }

    private String devices() {
        Map<String, Long> devices = vectors.stream()
                .filter(vector -> vector.get("device") instanceof String)
                .map(vector -> (String) vector.get("device"))
                .collect(Collectors.groupingBy(device -> device, TreeMap::new, Collectors.counting()));
        return devices.entrySet().stream()
                .map(device -> device.getKey() + (device.getValue() == 1 ? "" : " (" + device.getValue() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** Returns what is missing, in words; an empty list when nothing is. */
    List<String> gaps(Path root, Set<Codec<?>> codecsWithLaws) throws IOException {
        List<String> gaps = new ArrayList<>();
        if (!Files.exists(root.resolve(MAIN + PROFILES.replace('.', '/') + file(root)))) {
            gaps.add("has no source file " + file(root));
        }
        if (!codecsWithLaws.contains(profile.codec())) {
            gaps.add("has no laws: no *PropertyTest that extends Laws or CodecLaws has its codec");
        }
        for (Map<?, ?> vector : vectors) {
            if (!Set.of("real", "synthetic", "constructed").contains(String.valueOf(vector.get("kind")))) {
                gaps.add("has a vector of no known kind: " + vector.get("name"));
            }
            if ("real".equals(vector.get("kind")) != vector.containsKey("device")) {
                gaps.add("has a capture without its device, or a device without a capture: " + vector.get("name"));
            }
        }
        List<byte[]> values = vectors.stream()
                .filter(vector -> !vector.containsKey("reject"))
                .map(vector -> HexFormat.of().parseHex((String) vector.get("hex")))
                .toList();
        if (values.isEmpty()) {
            gaps.add("has no vector with values");
        }
        try {
            values.forEach(octets -> profile.encode(profile.codec().decode(octets)));
            Set<String> octets = octetFields(values);
            Map<String, Why> expected = OCTETS.getOrDefault(profile.uuid(), Map.of());
            octets.stream()
                    .filter(field -> !expected.containsKey(field))
                    .forEach(field -> gaps.add("gives octets in place of a value: " + field));
            expected.keySet().stream()
                    .filter(field -> !octets.contains(field))
                    .forEach(field -> gaps.add("is on the list of fields that give octets, but gives none: " + field));
            if (expected.containsValue(Why.UNKNOWN) && !doubts(root).contains(profile.uuid())) {
                gaps.add("has a layout that was not at hand, and docs/coverage.md does not say so");
            }
        } catch (DecodeException e) {
            gaps.add("refuses a vector: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            gaps.add("has one direction only");
        }
        return gaps.stream().map(gap -> profile + " " + gap).toList();
    }

    /** Returns the names of the fields that, in some vector, are octets of the value as they came. */
    private Set<String> octetFields(List<byte[]> values) {
        Set<String> names = new TreeSet<>();
        for (byte[] octets : values) {
            String hex = HexFormat.of().withUpperCase().formatHex(octets);
            collect("", Fields.of(profile.codec().decode(octets)), hex, names);
        }
        names.removeAll(NO_FIELDS);
        return names;
    }

    /** Returns what docs/coverage.md says of doubts. */
    private static String doubts(Path root) throws IOException {
        String document = Files.readString(root.resolve("docs/coverage.md"));
        return document.substring(document.indexOf("## Unverified or disputed"));
    }

    private static void collect(String name, Object value, String hex, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((inner, one) -> collect((String) inner, one, hex, names));
        } else if (value instanceof List<?> list) {
            list.forEach(one -> collect(name, one, hex, names));
        } else if (value instanceof String text && text.matches("([0-9A-F]{2})+") && hex.contains(text)) {
            names.add(name);
        }
    }

    /** Returns the text of docs/coverage.md with these rows in its table. */
    static String withTable(String document, List<String> rows) {
        List<String> lines = document.lines().toList();
        int head = lines.indexOf(HEAD);
        if (head < 0) {
            throw new AssertionError("docs/coverage.md has lost the head of its table: " + HEAD);
        }
        int end = head + 2;
        while (end < lines.size() && lines.get(end).matches("[|<=>].*")) {
            end++;
        }
        List<String> all = new ArrayList<>(lines.subList(0, head + 2));
        all.addAll(rows);
        all.addAll(lines.subList(end, lines.size()));
        return String.join("\n", all) + "\n";
    }
}
