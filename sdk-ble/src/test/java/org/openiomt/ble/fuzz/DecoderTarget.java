package org.openiomt.ble.fuzz;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.conformance.Vector;
import org.openiomt.ble.driver.Mappings;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

/**
 * The decoders of one class of the library: its constants of type {@link Codec}, and the codecs that it makes for every context. A
 * class whose constants each have a codec, which is one implementation with another table, gives one target for all of them.
 *
 * <pre>
 * input     octets  present when                 meaning
 * which     2       there are several codecs     chooses one, least significant octet first
 * repair    1       a codec is made for contexts  how a check sum is put right, see {@link #repaired}
 * value     rest    always                       what is decoded
 * </pre>
 */
final class DecoderTarget implements FuzzTarget {
    private static final String CONSTANTS = "#constants";
    private static final int MOST_SEEDED = 32;
    private static final int REPAIRS = 5;

    private final String name;
    private final List<Member> members;
    private final boolean hasContext;

    /** One codec, and how it is got. */
    private record Member(String label, Codec<?> codec) {}

    private DecoderTarget(String name, List<Member> members, boolean hasContext) {
        this.name = name;
        this.members = members;
        this.hasContext = hasContext;
    }

    /** Whether a class has codecs; it is not initialised. */
    static boolean has(Class<?> owner) {
        return codecFields(owner).findAny().isPresent()
                || factories(owner).findAny().isPresent()
                || accessors(owner).findAny().isPresent();
    }

    /** Returns the targets of a class. */
    static List<DecoderTarget> of(Class<?> owner) {
        List<DecoderTarget> targets = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        codecFields(owner).forEach(field -> members.add(new Member(field.getName(), (Codec<?>) read(field))));
        factories(owner).forEach(factory -> members.addAll(made(factory)));
        if (!members.isEmpty()) {
            targets.add(new DecoderTarget(
                    owner.getName(), members, factories(owner).findAny().isPresent()));
        }
        List<Member> ofConstants = accessors(owner)
                .flatMap(accessor -> staticFields(owner, owner).map(field -> member(accessor, field)))
                .toList();
        if (!ofConstants.isEmpty()) {
            targets.add(new DecoderTarget(owner.getName() + CONSTANTS, ofConstants, false));
        }
        return targets;
    }

    private static Member member(Method accessor, Field constant) {
        Object got = Reflection.call(() -> accessor.invoke(read(constant)));
        return new Member(
                constant.getName() + "." + accessor.getName(),
                got instanceof Profile<?> profile ? profile.codec() : (Codec<?>) got);
    }

    private static List<Member> made(Method factory) {
        return Contexts.arguments(factory.getParameterTypes()).stream()
                .map(context -> new Member(factory.getName() + Arrays.toString(context), (Codec<?>)
                        Reflection.call(() -> factory.invoke(null, context))))
                .toList();
    }

    private static Stream<Field> codecFields(Class<?> owner) {
        return staticFields(owner, Codec.class);
    }

    private static Stream<Field> staticFields(Class<?> owner, Class<?> type) {
        return Stream.of(owner.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers())
                        && field.getType().equals(type))
                .sorted(Comparator.comparing(Field::getName));
    }

    /** Returns the public methods that make a codec for a context. Those that make one of other codecs are generic. */
    private static Stream<Method> factories(Class<?> owner) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(method -> method.getReturnType().equals(Codec.class)
                        && Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && method.getTypeParameters().length == 0
                        && method.getParameterCount() > 0)
                .sorted(Comparator.comparing(Method::toString));
    }

    /** Returns the methods of a constant of a class that give its codec. */
    private static Stream<Method> accessors(Class<?> owner) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && method.getParameterCount() == 0
                        && (method.getReturnType().equals(Codec.class)
                                || method.getReturnType().equals(Profile.class)))
                .filter(method -> staticFields(owner, owner).findAny().isPresent())
                .sorted(Comparator.comparing(Method::getName));
    }

    private static Object read(Field field) {
        field.setAccessible(true); // within this module
        return Reflection.call(() -> field.get(null));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> members() {
        return members.stream().map(Member::label).toList();
    }

    /** Whether one of the codecs is this one. */
    boolean covers(Codec<?> codec) {
        return members.stream().anyMatch(member -> member.codec == codec);
    }

    @Override
    public void accept(byte[] input) {
        int selectors = (members.size() > 1 ? 2 : 0) + (hasContext ? 1 : 0);
        if (input.length < selectors) {
            return;
        }
        int which = members.size() > 1 ? (input[0] & 0xFF) | (input[1] & 0xFF) << Byte.SIZE : 0;
        byte[] octets = Arrays.copyOfRange(input, selectors, input.length);
        int repair = hasContext ? (input[selectors - 1] & 0xFF) % REPAIRS : 0;
        check(members.get(which % members.size()).codec, repaired(octets, repair));
    }

    /**
     * Returns octets with a check sum that is right, which a fuzzer does not find by itself.
     *
     * <pre>
     * repair  what is done
     * 0       nothing
     * 1, 2    the check sum of all octets is put behind them: MCRF4XX, CCITT-FALSE
     * 3       the check sum of all octets is put before them: MCRF4XX
     * 4       the octets are records that begin with their size, and the last two of each become its check sum: MCRF4XX
     * </pre>
     */
    private static byte[] repaired(byte[] octets, int repair) {
        if (repair == 0) {
            return octets;
        }
        if (repair == 4) {
            byte[] records = octets.clone();
            for (int at = 0; at < records.length && (records[at] & 0xFF) > 2; at += records[at] & 0xFF) {
                int size = records[at] & 0xFF;
                if (at + size > records.length) {
                    break;
                }
                int crc = Crc16.MCRF4XX.of(records, at, size - 2);
                records[at + size - 2] = (byte) crc;
                records[at + size - 1] = (byte) (crc >> Byte.SIZE);
            }
            return records;
        }
        ByteWriter out = new ByteWriter();
        int crc = (repair == 2 ? Crc16.CCITT_FALSE : Crc16.MCRF4XX).of(octets);
        if (repair == 3) {
            out.uint16("crc", crc);
        }
        out.octets(octets);
        if (repair != 3) {
            out.uint16("crc", crc);
        }
        return out.toByteArray();
    }

    private static <T> void check(Codec<T> codec, byte[] octets) {
        Optional<Decoded<T>> lenient = taken(codec, octets, DecodeMode.LENIENT);
        Optional<Decoded<T>> strict = taken(codec, octets, DecodeMode.STRICT);
        if (strict.isPresent() && lenient.isEmpty()) {
            throw new AssertionError("strict takes what lenient refuses");
        }
        if (lenient.isEmpty()) {
            return;
        }
        T value = lenient.get().value();
        if (strict.isEmpty() && lenient.get().warnings().isEmpty()) {
            throw new AssertionError("lenient does not report what strict refuses");
        }
        if (strict.isPresent()
                && (!strict.get().value().equals(value) || strict.get().value().hashCode() != value.hashCode())) {
            throw new AssertionError("strict reads another value than lenient");
        }
        Findings.requireSame("encoded back", codec.encode(value), octets);
        if (value instanceof Described described) {
            Fields.of(value);
            if (!value.toString().equals(Fields.names(described))) {
                throw new AssertionError("the text of a value shows more than names");
            }
        }
        Findings.observed(Mappings.observations(value, Findings.ARRIVAL));
    }

    private static <T> Optional<Decoded<T>> taken(Codec<T> codec, byte[] octets, DecodeMode mode) {
        try {
            return Optional.of(codec.decode(octets, mode));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Stream<byte[]> seeds() {
        return Stream.concat(Profiles.all().stream(), Advertisements.all().values().stream())
                .filter(profile -> covers(profile.codec()))
                .flatMap(profile -> Vector.octets(profile).flatMap(octets -> seeds(profile.codec(), octets)));
    }

    private Stream<byte[]> seeds(Codec<?> codec, byte[] octets) {
        return IntStream.range(0, members.size())
                .filter(which -> hasContext ? which < MOST_SEEDED : members.get(which).codec == codec)
                .mapToObj(which -> {
                    ByteArrayOutputStream input = new ByteArrayOutputStream();
                    if (members.size() > 1) {
                        input.write(which);
                        input.write(which >> Byte.SIZE);
                    }
                    if (hasContext) {
                        input.write(0);
                    }
                    input.writeBytes(octets);
                    return input.toByteArray();
                });
    }
}
