package org.openiomt.testkit.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the main sources of all modules and says where a wall between rooms is crossed. It looks at every name with a package
 * in imports and in the code itself; comments and literals do not count.
 */
final class Walls {
    private static final String CORE = "org.openiomt.core";
    private static final String BLE = "org.openiomt.ble";

    /** Module folder to root package. Those that know everybody have no wall of their own. */
    private static final Map<String, String> PEERS = Map.of(
            "sdk-core", CORE,
            "sdk-ble", BLE,
            "sdk-mqtt", "org.openiomt.mqtt",
            "sdk-kafka", "org.openiomt.kafka",
            "sdk-security", "org.openiomt.security",
            "sdk-testkit", "org.openiomt.testkit");

    private static final List<String> MODULES = List.of(
            "sdk-core", "sdk-ble", "sdk-mqtt", "sdk-kafka", "sdk-security", "sdk-testkit", "examples", "benchmarks");

    /** A library that is too heavy for those who do not need it, and the one room below the top that may know it. */
    private static final Map<String, String> HEAVY = Map.of("org.apache.kafka", "sdk-kafka");

    /** What the core may know of the world outside. */
    private static final List<String> OUTSIDE_OF_CORE =
            List.of("java", "org.slf4j", "org.jspecify", "tools.jackson.core", "tools.jackson.dataformat.cbor");

    /** What each package of the core may know of the others; all of them know the root package. A new package needs a row. */
    private static final Map<String, Set<String>> INSIDE_OF_CORE = Map.ofEntries(
            Map.entry("wire", Set.of()),
            Map.entry("flow", Set.of()),
            Map.entry("model", Set.of("wire")),
            Map.entry("nomenclature", Set.of("model")),
            Map.entry("json", Set.of("wire", "model", "nomenclature")),
            Map.entry("fhir", Set.of("wire", "model", "nomenclature")),
            Map.entry("spi", Set.of("wire", "model", "flow")),
            Map.entry("outbox", Set.of("wire", "model", "flow", "spi")),
            Map.entry("alert", Set.of("wire", "model", "nomenclature", "flow", "spi")),
            Map.entry("sealing", Set.of("model", "spi", "outbox", "json")),
            Map.entry("gateway", Set.of("wire", "model", "flow", "spi", "outbox", "json")));

    /** What lies below the drivers' mapping to observations, and what it must not know. */
    private static final List<String> BELOW_THE_MAPPING = List.of("profile", "gatt", "procedure");

    private static final List<String> ABOVE_OR_BESIDE = List.of(
            CORE + ".nomenclature",
            CORE + ".json",
            CORE + ".fhir",
            CORE + ".gateway",
            CORE + ".outbox",
            BLE + ".driver",
            BLE + ".bluez",
            BLE + ".virtual");

    private static final Set<String> EMPTY_NAMES =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "internal", "misc");

    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\b((?:[a-z][a-z0-9_]*\\.)+)(?:[A-Z]|\\*;)");
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"[^\"\\\\\\n]*(?:\\\\.[^\"\\\\\\n]*)*\"|'(?:\\\\.|[^'\\\\])'",
            Pattern.DOTALL);

    private final Path root;
    private final List<String> crossings = new ArrayList<>();

    private Walls(Path root) {
        this.root = root;
    }

    /** Returns each crossing as {@code file:line: what is wrong}, or an empty list. */
    static List<String> crossings(Path root) {
        Walls walls = new Walls(root);
        for (String module : MODULES) {
            Map<Path, List<Path>> packages = packages(root.resolve(module).resolve("src/main/java"));
            packages.forEach((folder, files) -> walls.readPackage(module, folder, files));
        }
        return List.copyOf(walls.crossings);
    }

    private static Map<Path, List<Path>> packages(Path sources) {
        Map<Path, List<Path>> packages = new TreeMap<>();
        if (!Files.isDirectory(sources)) {
            return packages;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .sorted()
                    .forEach(file -> packages.computeIfAbsent(file.getParent(), folder -> new ArrayList<>())
                            .add(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages;
    }

    private void readPackage(String module, Path folder, List<Path> files) {
        String name = root.resolve(module)
                .resolve("src/main/java")
                .relativize(folder)
                .toString()
                .replace(folder.getFileSystem().getSeparator(), ".");
        for (String part : name.split("\\.", -1)) {
            if (EMPTY_NAMES.contains(part)) {
                report(folder, 0, "the package name '" + part + "' says nothing; name the thing");
            }
        }
        Path info = folder.resolve("package-info.java");
        if (!files.contains(info)) {
            report(info, 0, "missing");
        } else if (!code(info).contains("@NullMarked")) {
            report(info, 1, "has no @NullMarked");
        }
        files.forEach(file -> readFile(module, name, file));
    }

    private void readFile(String module, String inPackage, Path file) {
        String[] lines = code(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("package ")) {
                continue;
            }
            Matcher names = QUALIFIED_NAME.matcher(lines[i]);
            while (names.find()) {
                String known = names.group(1).substring(0, names.group(1).length() - 1);
                String wrong = wrong(module, inPackage, known);
                if (!wrong.isEmpty()) {
                    report(file, i + 1, wrong);
                }
            }
        }
    }

    /** Returns what is wrong when a package of a module knows another package, or an empty text. */
    private static String wrong(String module, String inPackage, String known) {
        String own = PEERS.get(module);
        if (own == null) {
            return "";
        }
        if (isIn(known, "org.openiomt") && !isIn(known, CORE) && !isIn(known, own)) {
            return module + " knows " + known + ", but only core is common ground";
        }
        for (Map.Entry<String, String> heavy : HEAVY.entrySet()) {
            if (isIn(known, heavy.getKey()) && !module.equals(heavy.getValue())) {
                return module + " knows " + known + ", but only " + heavy.getValue() + " may";
            }
        }
        if (module.equals("sdk-core")) {
            return wrongInCore(inPackage, known);
        }
        boolean isBelow = BELOW_THE_MAPPING.stream().anyMatch(room -> isIn(inPackage, BLE + "." + room));
        if (isBelow && ABOVE_OR_BESIDE.stream().anyMatch(room -> isIn(known, room))) {
            return inPackage + " is below the mapping to observations, but knows " + known;
        }
        return "";
    }

    private static String wrongInCore(String inPackage, String known) {
        if (!isIn(known, CORE)) {
            boolean isAllowed = !known.contains(".")
                    || known.startsWith("java.")
                    || OUTSIDE_OF_CORE.stream().anyMatch(library -> isIn(known, library));
            return isAllowed ? "" : "core knows " + known + ", but only " + OUTSIDE_OF_CORE;
        }
        String from = room(inPackage);
        String to = room(known);
        if (from.isEmpty() ? to.isEmpty() : to.isEmpty() || from.equals(to)) {
            return "";
        }
        Set<String> allowed = INSIDE_OF_CORE.get(from);
        if (allowed == null) {
            return from.isEmpty()
                    ? "the root package of core knows " + known
                    : "the package " + from + " of core has no row in the table of this test";
        }
        return allowed.contains(to) ? "" : "core." + from + " knows core." + to + ", but only " + allowed;
    }

    /** Returns the part of a core package's name after the root, up to the next dot. */
    private static String room(String corePackage) {
        return corePackage.length() == CORE.length()
                ? ""
                : corePackage.substring(CORE.length() + 1).split("\\.", 2)[0];
    }

    private static boolean isIn(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    /** Returns the source with comments and literals blanked, line ends kept. */
    private static String code(Path file) {
        try {
            return COMMENT_OR_LITERAL
                    .matcher(Files.readString(file))
                    .replaceAll(match -> match.group().replaceAll("[^\n]", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(Path file, int line, String what) {
        String place = root.relativize(file).toString();
        crossings.add((line == 0 ? place : place + ":" + line) + ": " + what);
    }
}
