package org.openiomt.ble.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of vector files: objects as Map, arrays as List, numbers as BigDecimal. Null does not occur there. */
final class Json {
    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.peek() != '\0') {
            throw json.fault("end of text");
        }
        return value;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        take('{');
        while (peek() != '}') {
            String key = string();
            take(':');
            if (object.put(key, value()) != null) {
                throw fault("another key than " + key);
            }
            separator('}');
        }
        take('}');
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        take('[');
        while (peek() != ']') {
            array.add(value());
            separator(']');
        }
        take(']');
        return array;
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(position++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u' -> {
                position += 4;
                yield (char) Integer.parseInt(text.substring(position - 4, position), 16);
            }
            default -> c;
        };
    }

    private Object literal(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw fault(word);
        }
        position += word.length();
        return value;
    }

    private BigDecimal number() {
        int start = position;
        while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (start == position) {
            throw fault("a value");
        }
        return new BigDecimal(text.substring(start, position));
    }

    private void separator(char end) {
        if (peek() != end) {
            take(',');
        }
    }

    private char peek() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw fault("'" + expected + "'");
        }
        position++;
    }

    private IllegalArgumentException fault(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + position);
    }
}
