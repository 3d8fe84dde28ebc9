package org.openiomt.core.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks octets against the rules of a CDDL file: the part of RFC 8610 that the payload's file uses. Any other construct is an
 * error, never passed over.
 *
 * <p>Known are rules, type and group choices, ranges, literals, maps and arrays with occurrences, keys with and without cut,
 * bare groups, {@code &(...)}, tags, {@code #7.25}, and the operators {@code .size .bits .regexp .cbor .ge}. Entries of a map are
 * matched as section 3.5.4 says: a key with a colon that is there belongs to its entry, whatever a wildcard would take.
 */
final class Cddl {
    /** Whether a tree of {@link CborTree} is of a type. */
    private interface Type extends Predicate<Object> {}

    /** An entry of a map or an item of an array, or a group of such. */
    private interface Group {
        /** Returns the positions in an array from which the rest can go on; empty when nothing fits. */
        List<Integer> items(List<Object> items, int from);

        /** Returns whether entries of a map match; takes those that belong to it out of {@code left}. */
        boolean entries(List<Map.Entry<Object, Object>> left);
    }

    private static final Set<String> CLOSING = Set.of(")", "]", "}", "//");

    private final Map<String, Type> types = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final List<String> tokens;
    private int next;

    private Cddl(List<String> tokens) {
        this.tokens = tokens;
        types.put(
                "uint", item -> item instanceof BigInteger number && number.signum() >= 0 && number.bitLength() <= 64);
        types.put("nint", item -> item instanceof BigInteger number && number.signum() < 0);
        types.put("bytes", item -> item instanceof byte[]);
        types.put("text", item -> item instanceof String);
        types.put("any", item -> true);
        while (next < tokens.size()) {
            rule();
        }
    }

    /** Reads rules. */
    static Cddl parse(String text) {
        return new Cddl(CddlTokens.of(text));
    }

    /** Whether well-formed octets match a rule. */
    boolean matches(String rule, byte[] octets) {
        return type(rule).test(CborTree.read(octets));
    }

    private void rule() {
        String name = take();
        expect("=");
        // A group needs round brackets of its own; "(uint .ge 16) / nint" is a type that begins with one.
        if (peek().equals("(") && isGroup()) {
            groups.put(name, bracketed("(", ")"));
        } else {
            types.put(name, type());
        }
    }

    /** Whether the brackets that come next hold keys or a choice of groups. */
    private boolean isGroup() {
        int depth = 0;
        for (int i = next; i < tokens.size(); i++) {
            switch (tokens.get(i)) {
                case "(" -> depth++;
                case ")" -> depth--;
                case ":", "//", "," -> {
                    return true;
                }
                default -> {
                    // says nothing
                }
            }
            if (depth == 0) {
                return false;
            }
        }
        throw fault("a bracket that is not closed");
    }

    // Types.

    private Type type() {
        List<Type> choices = new ArrayList<>(List.of(restricted()));
        while (takeIf("/")) {
            choices.add(restricted());
        }
        return item -> choices.stream().anyMatch(choice -> choice.test(item));
    }

    private Type restricted() {
        Type base = simple();
        while (next < tokens.size() && peek().startsWith(".") && !peek().equals("..")) {
            base = and(base, control(take()));
        }
        return base;
    }

    private static Type and(Type one, Type other) {
        return item -> one.test(item) && other.test(item);
    }

    private Type control(String operator) {
        switch (operator) {
            case ".size" -> {
                Type size = simple();
                return item -> item instanceof byte[] octets && size.test(BigInteger.valueOf(octets.length));
            }
            case ".ge" -> {
                BigInteger least = new BigInteger(take());
                return item -> item instanceof BigInteger number && number.compareTo(least) >= 0;
            }
            case ".regexp" -> {
                String pattern = literal(take());
                return item -> item instanceof String text && text.matches(pattern);
            }
            case ".cbor" -> {
                Type content = simple();
                return item -> item instanceof byte[] octets && isContent(octets, content);
            }
            case ".bits" -> {
                Type bit = simple();
                return item -> item instanceof BigInteger number && areBits(number, bit);
            }
            default -> throw fault("the operator " + operator);
        }
    }

    private static boolean isContent(byte[] octets, Type content) {
        try {
            return content.test(CborTree.read(octets));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean areBits(BigInteger number, Type bit) {
        for (int i = 0; i < number.bitLength(); i++) {
            if (number.testBit(i) && !bit.test(BigInteger.valueOf(i))) {
                return false;
            }
        }
        return true;
    }

    private Type simple() {
        String token = peek();
        if (token.equals("{")) {
            Group group = bracketed("{", "}");
            return item -> {
                if (!(item instanceof CborTree.Entries map)) {
                    return false;
                }
                List<Map.Entry<Object, Object>> left = new ArrayList<>(map.entries());
                return group.entries(left) && left.isEmpty();
            };
        }
        if (token.equals("[")) {
            Group group = bracketed("[", "]");
            return item -> item instanceof CborTree.Items array
                    && group.items(array.items(), 0).contains(array.items().size());
        }
        take();
        if (token.equals("(")) {
            Type inner = type();
            expect(")");
            return inner;
        }
        if (token.equals("&")) {
            return enumeration();
        }
        if (token.startsWith("#")) {
            return major(token);
        }
        if (token.startsWith("\"")) {
            String text = literal(token);
            return text::equals;
        }
        if (CddlTokens.isNumber(token)) {
            BigInteger from = new BigInteger(token);
            BigInteger to = takeIf("..") ? new BigInteger(take()) : from;
            return item ->
                    item instanceof BigInteger number && number.compareTo(from) >= 0 && number.compareTo(to) <= 0;
        }
        return item -> type(token).test(item);
    }

    private Type enumeration() {
        expect("(");
        List<BigInteger> values = new ArrayList<>();
        do {
            take();
            expect(":");
            values.add(new BigInteger(take()));
        } while (takeIf(","));
        expect(")");
        return values::contains;
    }

    private Type major(String token) {
        if (token.equals("#7.25")) {
            return item -> item instanceof CborTree.Simple simple && simple.info() == 25;
        }
        if (!token.startsWith("#6.")) {
            throw fault("the type " + token);
        }
        long tag = Long.parseLong(token.substring(3));
        expect("(");
        Type inner = type();
        expect(")");
        return item -> item instanceof CborTree.Tagged tagged && tagged.tag() == tag && inner.test(tagged.item());
    }

    private Type type(String name) {
        return Optional.ofNullable(types.get(name)).orElseThrow(() -> fault("no rule for the type " + name));
    }

    // Groups.

    private Group bracketed(String open, String close) {
        expect(open);
        List<Group> choices = new ArrayList<>();
        do {
            List<Group> parts = new ArrayList<>();
            while (!peek().equals("//") && !peek().equals(close)) {
                parts.add(occurring());
                takeIf(",");
            }
            choices.add(new Sequence(parts));
        } while (takeIf("//"));
        expect(close);
        return choices.size() == 1 ? choices.get(0) : new Choice(choices);
    }

    private Group occurring() {
        int least = 1;
        int most = 1;
        switch (peek()) {
            case "?" -> least = 0;
            case "*" -> {
                least = 0;
                most = Integer.MAX_VALUE;
            }
            case "+" -> most = Integer.MAX_VALUE;
            default -> {
                return entry();
            }
        }
        take();
        return new Repeated(entry(), least, most);
    }

    private Group entry() {
        if (peek().equals("(")) {
            return bracketed("(", ")");
        }
        String first = peek();
        String second = tokens.get(next + 1);
        if (second.equals(":")) {
            next += 2;
            Type isKey = key -> CddlTokens.isNumber(first) ? key.equals(new BigInteger(first)) : key.equals(first);
            return new Entry(isKey, type(), true);
        }
        if (Character.isLetter(first.charAt(0)) && (second.equals(",") || CLOSING.contains(second))) {
            take();
            return new Named(
                    first, groups, new Entry(item -> false, item -> type(first).test(item), false));
        }
        Type value = type();
        if (takeIf("=>")) {
            Type key = value;
            return new Entry(key, type(), false);
        }
        return new Entry(item -> false, value, false);
    }

    /** A name that stands alone: of a group, which may come later in the file, or else of a type. */
    private record Named(String name, Map<String, Group> groups, Group type) implements Group {
        private Group group() {
            return groups.getOrDefault(name, type);
        }

        @Override
        public List<Integer> items(List<Object> items, int from) {
            return group().items(items, from);
        }

        @Override
        public boolean entries(List<Map.Entry<Object, Object>> left) {
            return group().entries(left);
        }
    }

    private record Entry(Type isKey, Type value, boolean isCut) implements Group {
        @Override
        public List<Integer> items(List<Object> items, int from) {
            boolean fits = from < items.size() && value.test(items.get(from));
            return fits ? List.of(from + 1) : List.of();
        }

        @Override
        public boolean entries(List<Map.Entry<Object, Object>> left) {
            for (Map.Entry<Object, Object> candidate : left) {
                if (isKey.test(candidate.getKey())) {
                    if (value.test(candidate.getValue())) {
                        left.remove(candidate);
                        return true;
                    }
                    if (isCut) {
                        // The entry is there and is wrong: it stays, and nothing else may take it.
                        return false;
                    }
                }
            }
            return false;
        }
    }

    private record Sequence(List<Group> parts) implements Group {
        @Override
        public List<Integer> items(List<Object> items, int from) {
            List<Integer> ends = List.of(from);
            for (Group part : parts) {
                ends = ends.stream()
                        .flatMap(end -> part.items(items, end).stream())
                        .distinct()
                        .toList();
            }
            return ends;
        }

        @Override
        public boolean entries(List<Map.Entry<Object, Object>> left) {
            return parts.stream().allMatch(part -> part.entries(left));
        }
    }

    private record Choice(List<Group> choices) implements Group {
        @Override
        public List<Integer> items(List<Object> items, int from) {
            return choices.stream()
                    .flatMap(choice -> choice.items(items, from).stream())
                    .distinct()
                    .toList();
        }

        @Override
        public boolean entries(List<Map.Entry<Object, Object>> left) {
            for (Group choice : choices) {
                List<Map.Entry<Object, Object>> rest = new ArrayList<>(left);
                if (choice.entries(rest)) {
                    left.retainAll(rest);
                    return true;
                }
            }
            return false;
        }
    }

    private record Repeated(Group group, int least, int most) implements Group {
        @Override
        public List<Integer> items(List<Object> items, int from) {
            List<Integer> all = new ArrayList<>();
            List<Integer> ends = List.of(from);
            for (int i = 0; !ends.isEmpty(); i++) {
                if (i >= least) {
                    all.addAll(ends);
                }
                if (i == most) {
                    break;
                }
                ends = ends.stream()
                        .flatMap(end -> group.items(items, end).stream().filter(after -> after > end))
                        .distinct()
                        .toList();
            }
            return all;
        }

        @Override
        public boolean entries(List<Map.Entry<Object, Object>> left) {
            int count = 0;
            while (count < most && group.entries(left)) {
                count++;
            }
            return count >= least;
        }
    }

    // Tokens.

    private String peek() {
        if (next == tokens.size()) {
            throw fault("the end");
        }
        return tokens.get(next);
    }

    private String take() {
        String token = peek();
        next++;
        return token;
    }

    private boolean takeIf(String token) {
        boolean isNext = next < tokens.size() && tokens.get(next).equals(token);
        if (isNext) {
            next++;
        }
        return isNext;
    }

    private void expect(String token) {
        String came = take();
        if (!came.equals(token)) {
            throw fault("expected " + token + ", but came " + came);
        }
    }

    private static String literal(String token) {
        return token.substring(1, token.length() - 1);
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("CDDL at token " + next + ": " + what);
    }
}
