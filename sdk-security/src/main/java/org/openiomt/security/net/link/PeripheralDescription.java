package org.openiomt.security.net.link;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * What a device says of itself, as {@link org.openiomt.core.spi.Discovery} and {@link org.openiomt.core.spi.Link} have it: a claim,
 * made by somebody whose identity was verified. In {@code DESCRIBE} it stands behind the version, uint8, that the device has chosen:
 * <pre>
 * field           type    octets  present when  meaning
 * maxValueLength  uint16  2       always        20 or more, and no more than the gateway has said
 * name length     uint8   1       always        0 for none
 * name            UTF-8   length  length &gt; 0    no control characters
 * services        uint8   1       always        how many; each: length uint8, 1 to 64 of '!' to '~', none twice
 * data            uint8   1       always        how many; each: kind like a service, length uint16, octets; no kind twice
 * channels        uint16  2       always        how many, 0 to 1,024; each: length uint8, 1 to 255 of '!' to '~', none twice
 * </pre>
 *
 * @param maxValueLength the longest value that it writes or announces, in octets, 20 or more
 * @param name what it calls itself
 * @param services what it offers
 * @param data what it announces, by kind: {@code service:} or {@code manufacturer:} and more
 * @param channels its channels; their places are their numbers on the wire
 */
public record PeripheralDescription(
        int maxValueLength,
        Optional<String> name,
        Set<String> services,
        Map<String, byte[]> data,
        List<Channel> channels) {
    private static final int MAX_TEXT = 64;
    private static final int MAX_NAME = 255;
    private static final int MAX_CHANNELS = 1024;
    private static final Set<String> KINDS = Set.of("service:", "manufacturer:");

    /** Checks everything and copies the collections; they keep their order. */
    public PeripheralDescription {
        if (maxValueLength < LinkSettings.LEAST_VALUE_LENGTH || maxValueLength > 0xFFFF) {
            throw new IllegalArgumentException("maxValueLength is 20 to 65535, but got " + maxValueLength);
        }
        name.ifPresent(text -> require(isName(text), "a name has 1 to 255 octets and no control characters"));
        services = Collections.unmodifiableSet(new LinkedHashSet<>(services));
        data = copy(data);
        channels = List.copyOf(channels);
        require(services.size() <= 0xFF, "there are at most 255 services");
        services.forEach(text -> require(isText(text, MAX_TEXT), "a service has 1 to 64 characters of '!' to '~'"));
        require(data.size() <= 0xFF, "there are at most 255 kinds of data");
        data.forEach((kind, octets) -> {
            require(isKind(kind), "a kind of data is service: or manufacturer: and more");
            require(octets.length <= 0xFFFF, "data of a kind has at most 65,535 octets");
        });
        require(channels.size() <= MAX_CHANNELS, "there are at most 1,024 channels");
        require(Set.copyOf(channels).size() == channels.size(), "no channel is there twice");
        channels.forEach(channel ->
                require(isText(channel.name(), MAX_NAME), "a channel has 1 to 255 characters of '!' to '~'"));
    }

    /** Returns a copy of what is announced. */
    @Override
    public Map<String, byte[]> data() {
        return copy(data);
    }

    /** Returns whether the device may announce data of this kind; other kinds are the transport's own. */
    static boolean isKind(String kind) {
        return isText(kind, MAX_TEXT) && KINDS.stream().anyMatch(kind::startsWith);
    }

    /** Returns the same with values of at most {@code most} octets. */
    PeripheralDescription within(int most) {
        return new PeripheralDescription(Math.min(most, maxValueLength), name, services, data, channels);
    }

    /**
     * Reads it behind the version, up to the end.
     *
     * @throws DecodeException when it is cut short or breaks a rule
     */
    static PeripheralDescription decode(byte[] octets) {
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int version = Greeting.version(in);
        if (version != Greeting.VERSION) {
            throw new DecodeException("version", 0, "asked for 1, but got " + version);
        }
        int maxValueLength = Greeting.maxValueLength(in);
        int nameLength = in.uint8("name length");
        Optional<String> name = nameLength == 0
                ? Optional.empty()
                : Optional.of(in.part("name", nameLength).utf8("name"));
        Set<String> services = new LinkedHashSet<>();
        for (int left = in.uint8("services"); left > 0; left--) {
            unique(services.add(text(in, "service")), "service", in);
        }
        Map<String, byte[]> data = new LinkedHashMap<>();
        for (int left = in.uint8("data"); left > 0; left--) {
            String kind = text(in, "kind");
            byte[] announced = in.octets("data", in.uint16("data length"));
            unique(data.put(kind, announced) == null, "kind", in);
        }
        List<Channel> channels = new ArrayList<>();
        for (int left = in.uint16("channels"); left > 0; left--) {
            channels.add(Channel.of(text(in, "channel")));
        }
        in.remainder(0);
        try {
            return new PeripheralDescription(maxValueLength, name, services, data, channels);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("description", 0, String.valueOf(e.getMessage()));
        }
    }

    /** Writes the whole body of {@code DESCRIBE}. */
    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", Greeting.VERSION);
        out.uint16("maxValueLength", maxValueLength);
        text(out, name.orElse(""));
        out.uint8("services", services.size());
        services.forEach(service -> text(out, service));
        out.uint8("data", data.size());
        data.forEach((kind, octets) -> {
            text(out, kind);
            out.uint16("data length", octets.length);
            out.octets(octets);
        });
        out.uint16("channels", channels.size());
        channels.forEach(channel -> text(out, channel.name()));
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeripheralDescription that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return channels.hashCode();
    }

    /** Hides what is announced: it may be a reading. */
    @Override
    public String toString() {
        return "PeripheralDescription[services=" + services + ", " + channels.size() + " channels]";
    }

    private static String text(ByteReader in, String field) {
        int length = in.uint8(field + " length");
        if (length == 0) {
            throw new DecodeException(field + " length", in.offset() - 1, "at least 1 is needed, but got 0");
        }
        return new String(in.octets(field, length), StandardCharsets.ISO_8859_1);
    }

    private static void text(ByteWriter out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.uint8("length", octets.length);
        out.octets(octets);
    }

    private static void unique(boolean isNew, String field, ByteReader in) {
        if (!isNew) {
            throw new DecodeException(field, in.offset(), "is there twice");
        }
    }

    private static boolean isName(String name) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        return octets > 0 && octets <= MAX_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isText(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c >= '!' && c <= '~');
    }

    private static void require(boolean isRight, String rule) {
        if (!isRight) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static Map<String, byte[]> copy(Map<String, byte[]> data) {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        data.forEach((kind, octets) -> copy.put(kind, octets.clone()));
        return Collections.unmodifiableMap(copy);
    }
}
