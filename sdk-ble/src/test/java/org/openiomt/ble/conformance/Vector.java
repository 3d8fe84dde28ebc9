package org.openiomt.ble.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinStatus;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Octets with the fields that they mean, or with the field for which they must be refused.
 *
 * <p>A vector file is a JSON array of objects:
 * <pre>
 * characteristic  the UUID, 4 upper-case hexadecimal digits; 181D-service-data and its like for what is announced
 * alsoFor         other UUIDs for which the vector holds (optional)
 * name            what it shows
 * hex             the octets
 * fields          what {@link Fields#of} gives; a medical float is text such as 3760e-2 or NaN
 * reject          words that name the field for which lenient mode refuses it, then a colon (optional; fields is then empty);
 *                 strict mode refuses it too, perhaps for an earlier field
 * quirk           of which device's own way the vector is; it is read with the codec for that (optional)
 * kind            real (a capture), synthetic (another project's test), constructed (made from the layout)
 * device          what sent it; for real vectors, and only for those
 * source          where the octets come from
 * </pre>
 */
public record Vector(
        Profile<?> profile,
        Codec<?> codec,
        String name,
        String hex,
        Map<?, ?> fields,
        Optional<String> reject,
        Set<String> ignored) {

    /** Our names of fields that the reference calls otherwise. */
    private static final Map<Object, Object> NAMES = Map.of("vendorOctets", "trailing");

    private static final InsulinContext WIDE_AMOUNTS =
            new InsulinContext(E2eContext.ABSENT, InsulinContext.AmountForm.FLOAT);

    /** How devices with a quirk are read, by characteristic; their vectors say {@code quirk}. */
    private static final Map<String, Codec<?>> QUIRKS = Map.of(
            "2B21", InsulinStatus.codec(WIDE_AMOUNTS),
            "2B24", StatusReaderMessage.codec(WIDE_AMOUNTS));

    /** Returns the vectors of a profile that lie beside the tests, fewer than one is a fault. */
    public static List<Vector> transcribed(Profile<?> profile) throws IOException {
        String file = "/test-vectors/" + profile.uuid() + ".json";
        try (InputStream in = Vector.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError(profile + " has no vectors; write them to src/test/resources" + file);
            }
            List<Vector> vectors = parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .filter(vector -> vector.profile.equals(profile))
                    .toList();
            assertThat(vectors).as(file).isNotEmpty();
            return vectors;
        }
    }

    /** Returns the octets of the vectors of a profile, also of those that must be refused. */
    public static Stream<byte[]> octets(Profile<?> profile) {
        try {
            return transcribed(profile).stream().map(vector -> HexFormat.of().parseHex(vector.hex));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the vectors of a file that are for a profile in {@link Profiles}. */
    static Stream<Vector> parse(String json) {
        return ((List<?>) Json.parse(json)).stream().flatMap(one -> from((Map<?, ?>) one));
    }

    private static Stream<Vector> from(Map<?, ?> json) {
        List<?> alsoFor = json.get("alsoFor") instanceof List<?> list ? list : List.of();
        return Stream.concat(Stream.of(text(json, "characteristic")), alsoFor.stream())
                .flatMap(name -> find((String) name).stream())
                .map(profile -> new Vector(
                        profile,
                        json.containsKey("quirk")
                                ? QUIRKS.getOrDefault(profile.uuid(), profile.codec())
                                : profile.codec(),
                        text(json, "name"),
                        text(json, "hex"),
                        (Map<?, ?>) part(json, "fields"),
                        json.containsKey("reject") ? Optional.of(text(json, "reject")) : Optional.empty(),
                        Set.of()));
    }

    /** Returns the same vector without fields that it does not name. */
    Vector ignoring(Set<String> notNamed) {
        return new Vector(profile, codec, name, hex, fields, reject, notNamed);
    }

    /** Returns a characteristic, or {@code 181D-service-data} and its like: what a device announces. */
    private static Optional<Profile<?>> find(String name) {
        for (Profile<?> announced : Advertisements.all().values()) {
            if (name.startsWith(announced.uuid() + "-")) {
                return Optional.of(announced);
            }
        }
        return Profiles.find(name);
    }

    /** Decodes the octets and compares every field, encodes them back; or sees them refused in both modes. */
    public void check() {
        byte[] octets = HexFormat.of().parseHex(hex);
        if (reject.isPresent()) {
            for (DecodeMode mode : DecodeMode.values()) {
                DecodeException refusal = catchThrowableOfType(DecodeException.class, () -> codec.decode(octets, mode));
                assertThat(refusal).as("refused in %s mode", mode).isNotNull();
                if (mode
                        == DecodeMode.LENIENT) { // strict may find an unknown flag or code before the field that is cut
                    String expected = letters(reject.get().replaceFirst(":.*", ""));
                    String field = letters(refusal.field());
                    assertThat(field.startsWith(expected) || expected.contains(field))
                            .as("%s, but %s was expected", refusal.getMessage(), reject.get())
                            .isTrue();
                }
            }
            return;
        }
        Decoded<?> decoded = codec.decode(octets, DecodeMode.LENIENT);
        Map<String, Object> actual = new LinkedHashMap<>(Fields.of(decoded.value()));
        assertThat(actual.keySet()).containsAll(ignored);
        actual.keySet().removeAll(ignored);
        assertThat(actual).isEqualTo(typed(fields, actual));
        assertThat(encode(codec, decoded.value())).as("encoded back").isEqualTo(octets);
        assertThat(decoded.value().toString()).as("shows names, no content").isEqualTo(Fields.names((Described)
                decoded.value()));
        if (actual.containsKey("unknownFlags") || actual.containsKey("trailing")) {
            assertThat(decoded.warnings()).isNotEmpty();
        }
    }

    @Override
    public String toString() {
        return profile.uuid() + " " + name;
    }

    @SuppressWarnings("unchecked") // the value comes from this codec
    private static <T> byte[] encode(Codec<T> codec, Object value) {
        return codec.encode((T) value);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static String text(Map<?, ?> json, String key) {
        return (String) part(json, key);
    }

    private static Object part(Map<?, ?> json, String key) {
        return Objects.requireNonNull(json.get(key), () -> key + " is missing in " + json);
    }

    /** Gives each expected value the type of the actual one, where JSON has no type of its own for it. */
    private static Object typed(Object expected, @Nullable Object actual) {
        if (actual instanceof MedicalFloat && expected instanceof String text) {
            return MedicalFloat.parse(text);
        }
        if (expected instanceof BigDecimal number) {
            return actual instanceof Long ? (Object) number.longValueExact() : (Object) number.intValueExact();
        }
        if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
            return typed(map, other);
        }
        if (expected instanceof List<?> list && actual instanceof List<?> other && list.size() == other.size()) {
            return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                    .map(i -> typed(list.get(i), other.get(i)))
                    .toList();
        }
        return expected;
    }

    private static Map<Object, Object> typed(Map<?, ?> expected, Map<?, ?> actual) {
        Map<Object, Object> typed = new LinkedHashMap<>();
        expected.forEach((name, value) -> typed.put(NAMES.getOrDefault(name, name), typed(value, actual.get(name))));
        return typed;
    }
}
