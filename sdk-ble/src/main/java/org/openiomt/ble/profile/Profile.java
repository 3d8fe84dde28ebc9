package org.openiomt.ble.profile;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.openiomt.core.wire.Codec;

/**
 * A characteristic, or a descriptor of one, that this library understands.
 *
 * @param <T> the type of its values
 * @param uuid the assigned number as 4 upper-case hexadecimal digits, such as {@code 2A35}
 * @param name the name in the specification, such as {@code Blood Pressure Measurement}
 * @param codec reads and writes its values
 * @param type the type of its values
 */
public record Profile<T extends Described>(String uuid, String name, Codec<T> codec, Class<T> type) {
    private static final Pattern UUID_16 = Pattern.compile("[0-9A-F]{4}");

    /** Checks that all are there and that the UUID has its form. */
    public Profile {
        if (!UUID_16.matcher(uuid).matches()) {
            throw new IllegalArgumentException("expected 4 upper-case hexadecimal digits, but got \"" + uuid + "\"");
        }
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(type, "type");
    }

    /** Returns the whole UUID of 128 bits. */
    public UUID uuid128() {
        return UUID.fromString("0000" + uuid + "-0000-1000-8000-00805F9B34FB");
    }

    /**
     * Encodes a value whose type is not known at compile time.
     *
     * @throws ClassCastException when the value is not of this profile
     * @throws IllegalArgumentException when a number does not fit its field
     */
    public byte[] encode(Object value) {
        return codec.encode(type.cast(value));
    }

    @Override
    public String toString() {
        return uuid + " " + name;
    }
}
