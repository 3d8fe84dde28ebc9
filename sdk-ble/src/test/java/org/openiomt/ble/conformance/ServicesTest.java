package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;

/** Every characteristic of every service that this library promises is in {@link Profiles}, and thus in docs/coverage.md. */
class ServicesTest {
    private static final String TABLE = "/test-vectors/services.txt";

    /** Services of the reference that are not promised: an industrial one, and one that finds distances. */
    private static final Set<String> NOT_PROMISED = Set.of("185A", "185B");

    /** Characteristics without a codec, with the reason, which docs/coverage.md tells too. */
    private static final Map<String, String> WITHOUT_CODEC =
            Map.of("2B92", "the layout of its records was not at hand");

    @Test
    void everyCharacteristicOfEveryServiceHasACodec() throws IOException {
        List<String> missing = new ArrayList<>();
        transcribed()
                .forEach((service, characteristics) -> characteristics.stream()
                        .filter(uuid -> Profiles.find(uuid).isPresent() == WITHOUT_CODEC.containsKey(uuid))
                        .forEach(uuid -> missing.add(uuid + " of " + service)));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyCodecBelongsToAService() throws IOException {
        Set<String> known = new TreeSet<>();
        transcribed().values().forEach(known::addAll);
        assertThat(Profiles.all().stream().map(Profile::uuid)).allMatch(known::contains);
    }

    @Test
    void whatHasNoCodecIsToldInTheDocument() throws IOException {
        String document = Files.readString(
                Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "docs", "coverage.md"));
        assertThat(WITHOUT_CODEC.keySet())
                .allMatch(uuid -> document.lines()
                        .anyMatch(line -> line.startsWith("| " + uuid + " ") && line.contains("| no codec: ")));
    }

    @Test
    void theTableHoldsWhatTheReferenceHolds() throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getProperty("openiomt.reference")), "ble-services.json");
        if (!Files.exists(file)) {
            System.err.println("NOT TESTED: the list of services against " + file + ", which is not there");
            return;
        }
        Set<String> known = new TreeSet<>();
        transcribed().values().forEach(known::addAll);
        List<String> missing = new ArrayList<>();
        Map<?, ?> reference = (Map<?, ?>) Json.parse(Files.readString(file));
        for (Object service : (List<?>) Objects.requireNonNull(reference.get("services"))) {
            Map<?, ?> one = (Map<?, ?>) service;
            if (!NOT_PROMISED.contains(String.valueOf(one.get("uuid")))) {
                for (Object characteristic : (List<?>) Objects.requireNonNull(one.get("characteristics"))) {
                    expanded(String.valueOf(((Map<?, ?>) characteristic).get("uuid")))
                            .filter(uuid -> !known.contains(uuid))
                            .forEach(uuid -> missing.add(uuid + " of " + one.get("name")));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Returns the characteristics of each service. */
    private static Map<String, List<String>> transcribed() throws IOException {
        Map<String, List<String>> services = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ServicesTest.class.getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(":", 2);
                services.put(parts[0], expanded(parts[1].strip()).toList());
            });
        }
        assertThat(services).hasSizeGreaterThan(30);
        return services;
    }

    /** Returns the numbers of {@code 2A7E..2A98}, and of several such parts with blanks, commas or slashes between them. */
    private static Stream<String> expanded(String uuids) {
        return Stream.of(uuids.split("[ ,/]+")).flatMap(part -> {
            int first = Integer.parseInt(part.substring(0, 4), 16);
            int last = part.contains("..") ? Integer.parseInt(part.substring(6), 16) : first;
            return IntStream.rangeClosed(first, last).mapToObj(number -> String.format("%04X", number));
        });
    }
}
