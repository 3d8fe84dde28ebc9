package org.openiomt.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Reads the tables of known answers: columns between spaces, comments behind {@code #}, {@code -} for no octets. */
public final class VectorTable {
    private VectorTable() {}

    public static List<String[]> read(String name) {
        try (InputStream in =
                        Objects.requireNonNull(VectorTable.class.getResourceAsStream("/test-vectors/" + name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    public static byte[] octets(String column) {
        return column.equals("-") ? new byte[0] : HexFormat.of().parseHex(column);
    }
}
