package org.openiomt.security.privacy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Random tokens in the place of names: the same one for the same name, derived from nothing. With it goes the only way back, so it is a
 * re-identification code of 45 CFR 164.514(c) as long as the table is kept from whoever gets the data, and is used for nothing else.
 *
 * <p>In memory. Who needs the same tokens in the next run keeps {@link #entries()} where the names are kept, and protects it as them. Safe for use
 * by several threads.
 */
public final class TokenTable {
    private static final int TOKEN_LENGTH = 16;

    private final SecureRandom random = new SecureRandom();
    private final int maxEntries;
    private final Map<Name, String> tokens = new LinkedHashMap<>();

    /**
     * What a token stands for.
     *
     * @param type what the value is: {@code device}, {@code subject}
     * @param value the value
     */
    public record Name(String type, String value) {
        /** Hides the value. */
        @Override
        public String toString() {
            return "Name[type=" + type + "]";
        }
    }

    /**
     * Makes an empty table.
     *
     * @param maxEntries how many names it takes, at least 1
     */
    public TokenTable(int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("room for at least one name is needed, but got " + maxEntries);
        }
        this.maxEntries = maxEntries;
    }

    /** Makes a table of what {@link #entries()} of another gave. */
    public static TokenTable of(Map<Name, String> entries, int maxEntries) {
        TokenTable table = new TokenTable(Math.max(maxEntries, entries.size()));
        table.tokens.putAll(entries);
        return table;
    }

    /**
     * Returns the token of a value: 32 hexadecimal digits.
     *
     * @throws IllegalStateException when the table is full
     */
    public synchronized String token(String type, String value) {
        Name name = new Name(type, value);
        String token = tokens.get(name);
        if (token == null) {
            if (tokens.size() == maxEntries) {
                throw new IllegalStateException("the table of tokens has its " + maxEntries + " names");
            }
            byte[] octets = new byte[TOKEN_LENGTH];
            random.nextBytes(octets);
            token = HexFormat.of().formatHex(octets);
            tokens.put(name, token);
        }
        return token;
    }

    /** Returns a copy of the table: what each token stands for. As secret as the names themselves. */
    public synchronized Map<Name, String> entries() {
        return new LinkedHashMap<>(tokens);
    }

    /** Hides the table. */
    @Override
    public String toString() {
        return "TokenTable[hidden]";
    }
}
