package org.openiomt.ble.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * A fuzzing target over every decoder: the first octet of the input chooses the codec, the rest is its value. Jazzer calls it
 * (see CONTRIBUTING.md), looking for anything but a {@link DecodeException}, for inputs that take long, and for inputs that
 * need much memory. The property {@code openiomt.fuzz} keeps it to one characteristic ({@code 2AA7}) or to one package below
 * {@code org.openiomt.ble.profile} ({@code glucose}).
 */
public final class DecoderFuzz {
    private static final String PROPERTY = "openiomt.fuzz";
    private static final List<Profile<?>> PROFILES = profiles(System.getProperty(PROPERTY, ""));

    private DecoderFuzz() {}

    /** Returns the codecs that a filter leaves. */
    private static List<Profile<?>> profiles(String filter) {
        List<Profile<?>> chosen = Stream.concat(Profiles.all().stream(), Advertisements.all().values().stream())
                .<Profile<?>>map(profile -> profile)
                .filter(profile -> filter.isEmpty()
                        || profile.uuid().equals(filter)
                        || profile.type().getPackageName().endsWith("." + filter))
                .toList();
        if (chosen.isEmpty() || chosen.size() > 256) {
            throw new IllegalArgumentException(chosen.size() + " codecs for " + PROPERTY + "=" + filter);
        }
        return chosen;
    }

    /** Is called once before, so that the time limit of the first input is not spent on loading hundreds of classes. */
    public static void fuzzerInitialize() {
        seeds().forEach(DecoderFuzz::fuzzerTestOneInput);
    }

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            Profile<?> profile = PROFILES.get((input[0] & 0xFF) % PROFILES.size());
            check(profile.codec(), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static <T> void check(Codec<T> codec, byte[] octets) {
        boolean isStrict = isTaken(codec, octets, DecodeMode.STRICT);
        boolean isLenient = isTaken(codec, octets, DecodeMode.LENIENT);
        if (isStrict && !isLenient) {
            throw new AssertionError("strict takes what lenient refuses");
        }
    }

    private static <T> boolean isTaken(Codec<T> codec, byte[] octets, DecodeMode mode) {
        T value;
        try {
            value = codec.decode(octets, mode).value();
        } catch (DecodeException e) {
            return false;
        }
        if (!Arrays.equals(codec.encode(value), octets)) {
            throw new AssertionError("encoded back as " + HexFormat.of().formatHex(codec.encode(value)));
        }
        Fields.of(value);
        return true;
    }

    /** Returns inputs to begin with: every vector of the chosen codecs. */
    static Stream<byte[]> seeds() {
        return IntStream.range(0, PROFILES.size()).boxed().flatMap(DecoderFuzz::seeds);
    }

    private static Stream<byte[]> seeds(int index) {
        return Vector.octets(PROFILES.get(index)).map(octets -> {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.write(index);
            input.writeBytes(octets);
            return input.toByteArray();
        });
    }
}
