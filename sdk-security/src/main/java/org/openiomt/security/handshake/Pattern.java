package org.openiomt.security.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * A handshake pattern: who knows which key before, and what each message carries (Noise rev 34, sections 7 to 10).
 *
 * @param name with its modifiers: {@code XX}, {@code XXpsk3}, {@code XXhfs}
 * @param initiatorKnown whether the responder knows the initiator's static key beforehand
 * @param responderKnown whether the initiator knows the responder's static key beforehand
 * @param messages the tokens of each message, the initiator's first
 */
public record Pattern(String name, boolean initiatorKnown, boolean responderKnown, List<List<Token>> messages) {
    /** {@code ->} before the colon: the initiator's key is known; {@code <-}: the responder's. Messages part at a bar. */
    private static final Map<String, String> TABLE = Map.ofEntries(
            Map.entry("N", "<-: e es"),
            Map.entry("K", "-> <-: e es ss"),
            Map.entry("X", "<-: e es s ss"),
            Map.entry("NN", ": e | e ee"),
            Map.entry("NK", "<-: e es | e ee"),
            Map.entry("NX", ": e | e ee s es"),
            Map.entry("KN", "->: e | e ee se"),
            Map.entry("KK", "-> <-: e es ss | e ee se"),
            Map.entry("KX", "->: e | e ee se s es"),
            Map.entry("XN", ": e | e ee | s se"),
            Map.entry("XK", "<-: e es | e ee | s se"),
            Map.entry("XX", ": e | e ee s es | s se"),
            Map.entry("IN", ": e s | e ee se"),
            Map.entry("IK", "<-: e es s ss | e ee se"),
            Map.entry("IX", ": e s | e ee se s es"),
            Map.entry("NK1", "<-: e | e ee es"),
            Map.entry("NX1", ": e | e ee s | es"),
            Map.entry("X1N", ": e | e ee | s | se"),
            Map.entry("X1K", "<-: e es | e ee | s | se"),
            Map.entry("XK1", "<-: e | e ee es | s se"),
            Map.entry("X1K1", "<-: e | e ee es | s | se"),
            Map.entry("X1X", ": e | e ee s es | s | se"),
            Map.entry("XX1", ": e | e ee s | es s se"),
            Map.entry("X1X1", ": e | e ee s | es s | se"),
            Map.entry("K1N", "->: e | e ee | se"),
            Map.entry("K1K", "-> <-: e es | e ee | se"),
            Map.entry("KK1", "-> <-: e | e ee se es"),
            Map.entry("K1K1", "-> <-: e | e ee es | se"),
            Map.entry("K1X", "->: e | e ee s es | se"),
            Map.entry("KX1", "->: e | e ee se s | es"),
            Map.entry("K1X1", "->: e | e ee s | se es"),
            Map.entry("I1N", ": e s | e ee | se"),
            Map.entry("I1K", "<-: e es s | e ee | se"),
            Map.entry("IK1", "<-: e s | e ee se es"),
            Map.entry("I1K1", "<-: e s | e ee es | se"),
            Map.entry("I1X", ": e s | e ee s es | se"),
            Map.entry("IX1", ": e s | e ee se s | es"),
            Map.entry("I1X1", ": e s | e ee s | se es"));

    /** Copies the lists. */
    public Pattern {
        messages = messages.stream().map(List::copyOf).toList();
    }

    /**
     * Returns the pattern of a name: a fundamental or deferred one, then {@code hfs} or {@code pskN}, parted by {@code +}.
     *
     * @throws IllegalArgumentException when there is no such pattern or modifier
     */
    public static Pattern parse(String name) {
        int end = 0;
        while (end < name.length() && (Character.isUpperCase(name.charAt(end)) || name.charAt(end) == '1')) {
            end++;
        }
        String row = TABLE.get(name.substring(0, end));
        if (row == null) {
            throw new IllegalArgumentException("no handshake pattern is named \"" + name + "\"; those known: "
                    + String.join(" ", new TreeSet<>(TABLE.keySet())));
        }
        String[] parts = row.split(":", -1);
        List<List<Token>> messages = new ArrayList<>();
        for (String message : parts[1].split("\\|", -1)) {
            List<Token> tokens = new ArrayList<>();
            for (String token : message.strip().split(" ", -1)) {
                tokens.add(Token.valueOf(token.toUpperCase(Locale.ROOT)));
            }
            messages.add(tokens);
        }
        String modifiers = name.substring(end);
        if (!modifiers.isEmpty()) {
            for (String modifier : modifiers.split("\\+", -1)) {
                modify(messages, name, modifier);
            }
        }
        return new Pattern(name, parts[0].contains("->"), parts[0].contains("<-"), messages);
    }

    /** Returns whether only the initiator speaks. */
    public boolean isOneWay() {
        return messages.size() == 1;
    }

    /** Returns how many pre-shared keys it takes. */
    public int preSharedKeys() {
        return count(Token.PSK);
    }

    /** Returns whether a key encapsulation joins the ephemeral agreement. */
    public boolean isHybrid() {
        return count(Token.E1) > 0;
    }

    /** Returns whether the end of that role has a static key. */
    boolean hasStatic(boolean initiator) {
        return initiator ? initiatorKnown || sends(Token.S, 0) : responderKnown || sends(Token.S, 1);
    }

    /** Returns whether the end of that role sends its static key in a message. */
    boolean sendsStatic(boolean initiator) {
        return sends(Token.S, initiator ? 0 : 1);
    }

    /** Returns whether both ends prove who they are: by a static key or by a key that both share. */
    public boolean isMutual() {
        return preSharedKeys() > 0 || (hasStatic(true) && hasStatic(false));
    }

    private boolean sends(Token token, int parity) {
        for (int i = parity; i < messages.size(); i += 2) {
            if (messages.get(i).contains(token)) {
                return true;
            }
        }
        return false;
    }

    private int count(Token token) {
        int count = 0;
        for (List<Token> message : messages) {
            for (Token each : message) {
                count += each == token ? 1 : 0;
            }
        }
        return count;
    }

    private static void modify(List<List<Token>> messages, String name, String modifier) {
        if (modifier.equals("hfs")) {
            for (List<Token> message : messages) {
                follow(message, Token.E, Token.E1, messages);
                follow(message, Token.EE, Token.EKEM1, messages);
            }
        } else if (modifier.matches("psk[0-9]") && modifier.charAt(3) - '0' <= messages.size()) {
            int number = modifier.charAt(3) - '0';
            if (number == 0) {
                messages.get(0).add(0, Token.PSK);
            } else {
                messages.get(number - 1).add(Token.PSK);
            }
        } else {
            throw new IllegalArgumentException("the handshake pattern \"" + name + "\" has no modifier \"" + modifier
                    + "\"; known are hfs and psk0 to psk" + messages.size());
        }
    }

    /** Puts {@code added} behind the first {@code token} of the handshake, once. */
    private static void follow(List<Token> message, Token token, Token added, List<List<Token>> messages) {
        int at = message.indexOf(token);
        if (at >= 0 && messages.stream().noneMatch(other -> other.contains(added))) {
            message.add(at + 1, added);
        }
    }
}
