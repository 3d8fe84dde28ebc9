package org.openiomt.ble.gatt;

import java.util.Locale;
import java.util.regex.Pattern;
import org.openiomt.core.spi.Channel;

/**
 * Names of GATT channels: {@code service/characteristic} in lower case, a UUID on the Bluetooth base as 4 or 8 digits, any
 * other whole, {@code #n} behind the n-th of several equal characteristics.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/core-specification-5-4/">Core Specification 5.4, Vol 3, Part B,
 *     2.5.1</a>
 */
public final class Gatt {
    private static final String BASE = "-0000-1000-8000-00805f9b34fb";
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{4}|[0-9a-f]{8}");
    private static final Pattern WHOLE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Gatt() {}

    /**
     * Returns the channel of a characteristic: {@code channel("1810", "2A35")} is {@code 1810/2a35}.
     *
     * @param service the service's UUID in any form that {@link #uuid} takes
     * @param characteristic the characteristic's UUID in any form that {@link #uuid} takes
     */
    public static Channel channel(String service, String characteristic) {
        return Channel.of(uuid(service) + "/" + uuid(characteristic));
    }

    /**
     * Returns the channel of the n-th of several equal characteristics.
     *
     * @param number from 1; the first has no suffix
     */
    public static Channel channel(String service, String characteristic, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("characteristics are counted from 1, but got " + number);
        }
        Channel first = channel(service, characteristic);
        return number == 1 ? first : Channel.of(first.name() + "#" + number);
    }

    /** Returns the UUID of the service, or the whole name when it has no {@code /}. */
    public static String service(Channel channel) {
        int slash = channel.name().indexOf('/');
        return slash < 0 ? channel.name() : channel.name().substring(0, slash);
    }

    /** Returns the UUID of the characteristic without {@code #n}, or the whole name when it has no {@code /}. */
    public static String characteristic(Channel channel) {
        String name = channel.name().substring(channel.name().indexOf('/') + 1);
        int hash = name.indexOf('#');
        return hash < 0 ? name : name.substring(0, hash);
    }

    /**
     * Returns a UUID in the one form that names use: lower case, and as short as it goes.
     *
     * @param text 4 or 8 hexadecimal digits, with or without {@code 0x}, or a whole UUID
     * @throws IllegalArgumentException when it is none of these
     */
    public static String uuid(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = lower.startsWith("0x") ? lower.substring(2) : lower;
        if (WHOLE.matcher(lower).matches()) {
            return lower.endsWith(BASE) ? shorten(lower.substring(0, 8)) : lower;
        }
        if (SHORT.matcher(digits).matches()) {
            return shorten(digits);
        }
        throw new IllegalArgumentException("expected a UUID of 4, 8 or 32 hexadecimal digits, but got '" + text + "'");
    }

    private static String shorten(String digits) {
        return digits.length() == 8 && digits.startsWith("0000") ? digits.substring(4) : digits;
    }
}
