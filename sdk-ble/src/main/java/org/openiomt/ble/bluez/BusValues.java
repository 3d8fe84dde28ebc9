package org.openiomt.ble.bluez;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** Values of messages as plain Java, and back; see {@link Bus}. */
final class BusValues {
    private static final String OCTETS = "ay";

    private BusValues() {}

    /** Returns the values of a message. */
    static List<Object> inwards(Message message) throws DBusException {
        String signature = message.getSig();
        if (signature == null || signature.isEmpty()) {
            return List.of();
        }
        Object[] values = message.getParameters();
        List<Object> plain = new ArrayList<>(values.length);
        int at = 0;
        for (Object value : values) {
            int end = end(signature, at);
            plain.add(signature.substring(at, end).equals(OCTETS) ? octets(value) : plain(value));
            at = end;
        }
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof Variant<?> variant) {
            return variant.getSig().equals(OCTETS) ? octets(variant.getValue()) : plain(variant.getValue());
        }
        if (value instanceof UInt16 number) {
            return number.intValue();
        }
        if (value instanceof UInt32 || value instanceof UInt64) {
            return ((Number) value).longValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(plain(key), plain(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(plain(each)));
            return copy;
        }
        if (value instanceof Object[] array) {
            return plain(Arrays.asList(array));
        }
        if (value instanceof DBusPath path) {
            return path.getPath();
        }
        return value;
    }

    private static byte[] octets(Object value) {
        if (value instanceof byte[] octets) {
            return octets;
        }
        List<?> list = value instanceof List<?> some ? some : Arrays.asList((Object[]) value);
        byte[] octets = new byte[list.size()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (Byte) list.get(i);
        }
        return octets;
    }

    /** Returns the values as dbus-java takes them; where the signature has a variant, the value's own type is written. */
    static Object[] outwards(String signature, List<Object> values) {
        Object[] out = new Object[values.size()];
        int at = 0;
        for (int i = 0; i < out.length; i++) {
            int end = end(signature, at);
            out[i] = outwards(signature.substring(at, end), values.get(i));
            at = end;
        }
        return out;
    }

    private static Object outwards(String type, Object value) {
        if (type.equals("v")) {
            return variant(value);
        }
        if (!type.startsWith("a{")) {
            return value;
        }
        String valueType = type.substring(3, type.length() - 1);
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, each) -> map.put(key, outwards(valueType, each)));
        return map;
    }

    /** Returns where the complete type that begins at {@code at} ends. */
    private static int end(String signature, int at) {
        int depth = 0;
        for (int i = at; i < signature.length(); i++) {
            char c = signature.charAt(i);
            depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
            if (depth == 0 && c != 'a') {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("not a signature: " + signature);
    }

    private static Variant<?> variant(Object value) {
        if (value instanceof byte[]) {
            return new Variant<>(value, OCTETS);
        }
        if (value instanceof List<?>) {
            return new Variant<>(value, "as");
        }
        if (value instanceof Integer number) {
            return new Variant<>(new UInt16(number), "q");
        }
        if (value instanceof Map<?, ?> map) {
            boolean isNumbered = map.keySet().stream().allMatch(Integer.class::isInstance);
            Map<Object, Object> inner = new LinkedHashMap<>();
            map.forEach(
                    (key, each) -> inner.put(key instanceof Integer number ? new UInt16(number) : key, variant(each)));
            return new Variant<>(inner, isNumbered ? "a{qv}" : "a{sv}");
        }
        return new Variant<>(value);
    }
}
