package org.openiomt.examples.replay;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.HexText;

/**
 * A recording of characteristic values, one a line:
 * <pre>
 * # seconds  device    characteristic  octets
 * 0.0        cuff      2a35            16 7C 00 56 00 61 00 E8 07 06 0F 11 11 1B 33 00 00 00
 * 1.5        oximeter  2A5F            0061004200
 * </pre>
 * Seconds count from the beginning and never go back; a device is any name of {@code A-Z a-z 0-9 _ -}; a characteristic is 4
 * hexadecimal digits; octets are hexadecimal, with or without spaces, colons or dashes. Blank lines and lines that begin
 * with {@code #} are passed over.
 *
 * @param lines the values in order
 */
public record Transcript(List<Line> lines) {
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CHARACTERISTIC = Pattern.compile("(?i)(0x)?[0-9a-f]{4}");
    private static final BigDecimal MAX_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(366).toSeconds());
    private static final int MAX_OCTETS = 512;

    /** One value that a device announced. */
    public static final class Line {
        private final int number;
        private final Duration at;
        private final String device;
        private final String characteristic;
        private final byte[] octets;

        Line(int number, Duration at, String device, String characteristic, byte[] octets) {
            this.number = number;
            this.at = at;
            this.device = device;
            this.characteristic = characteristic;
            this.octets = octets;
        }

        /** Returns the number of the line in its file, from 1. */
        public int number() {
            return number;
        }

        /** Returns when, from the beginning. */
        public Duration at() {
            return at;
        }

        /** Returns the device's name. */
        public String device() {
            return device;
        }

        /** Returns the characteristic as 4 lower-case hexadecimal digits. */
        public String characteristic() {
            return characteristic;
        }

        /** Returns a copy of the value. */
        public byte[] octets() {
            return octets.clone();
        }

        /** Hides the octets. */
        @Override
        public String toString() {
            return at + " " + device + " " + characteristic + " " + octets.length + " octets";
        }
    }

    /** Copies the list. */
    public Transcript {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a transcript.
     *
     * @throws BadInputException when the file cannot be read or a line is something else; names the line
     */
    public static Transcript read(Path file) {
        List<String> text = Recordings.lines(file);
        List<Line> lines = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Line parsed = parse(line, i + 1, file + ": line " + (i + 1));
            if (parsed.at().compareTo(last) < 0) {
                throw new BadInputException(file + ": line " + (i + 1) + ": the seconds go back");
            }
            last = parsed.at();
            lines.add(parsed);
        }
        if (lines.isEmpty()) {
            throw new BadInputException(
                    file + ": expected '<seconds> <device> <characteristic> <octets>', but no line has it");
        }
        return new Transcript(lines);
    }

    /** Returns the devices in the order in which they first speak. */
    public Set<String> devices() {
        Set<String> devices = new LinkedHashSet<>();
        lines.forEach(line -> devices.add(line.device()));
        return devices;
    }

    /** Returns the characteristics of a device in the order in which they first come. */
    public Set<String> characteristicsOf(String device) {
        Set<String> characteristics = new LinkedHashSet<>();
        lines.stream()
                .filter(line -> line.device().equals(device))
                .forEach(line -> characteristics.add(line.characteristic()));
        return characteristics;
    }

    private static Line parse(String line, int number, String where) {
        String[] field = line.split("\\s+", 4);
        if (field.length < 4) {
            throw new BadInputException(where + ": expected '<seconds> <device> <characteristic> <octets>', but got "
                    + field.length + " field(s)");
        }
        if (!DEVICE.matcher(field[1]).matches()) {
            throw new BadInputException(
                    where + ": device: expected 1 to 64 of A-Z a-z 0-9 _ -, but got '" + field[1] + "'");
        }
        if (!CHARACTERISTIC.matcher(field[2]).matches()) {
            throw new BadInputException(
                    where + ": characteristic: expected 4 hexadecimal digits, but got '" + field[2] + "'");
        }
        String characteristic = field[2].substring(field[2].length() - 4).toLowerCase(Locale.ROOT);
        byte[] octets;
        try {
            octets = HexText.parse(field[3]);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(where + ": octets: " + e.getMessage(), e);
        }
        if (octets.length > MAX_OCTETS) {
            throw new BadInputException(
                    where + ": octets: at most " + MAX_OCTETS + " fit a value, but got " + octets.length);
        }
        return new Line(number, seconds(field[0], where), field[1], characteristic, octets);
    }

    private static Duration seconds(String text, String where) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() >= 0 && seconds.compareTo(MAX_SECONDS) <= 0 && seconds.scale() <= 9) {
                return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
            }
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": seconds: expected a number, but got '" + text + "'", e);
        }
        throw new BadInputException(
                where + ": seconds: expected 0 to " + MAX_SECONDS + " with at most 9 decimals, but got '" + text + "'");
    }
}
