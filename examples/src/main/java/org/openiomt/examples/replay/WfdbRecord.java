package org.openiomt.examples.replay;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.model.SampleRate;
import org.openiomt.examples.cli.BadInputException;

/**
 * A PhysioNet (WFDB) record: a text header {@code .hea} and its data files, in formats 16, 80 and 212.
 * <pre>
 * format  octets         sample
 * 16      2              signed, least significant octet first; -32768 = missing
 * 80      1              the octet - 128
 * 212     3 for 2        first = b0 | (b1 &amp; 0F) &lt;&lt; 8, second = b2 | (b1 &amp; F0) &lt;&lt; 4, each signed of 12 bits
 * </pre>
 * Signals of one file are interleaved. The sum of a signal's samples, as a signed 16-bit number, is its checksum.
 */
public final class WfdbRecord {
    private static final long MAX_SAMPLES = 20_000_000;

    private final String name;
    private final SampleRate rate;
    private final Optional<LocalDateTime> start;
    private final List<WfdbSignal> signals;
    private final int[][] samples;

    private WfdbRecord(
            String name, SampleRate rate, Optional<LocalDateTime> start, List<WfdbSignal> signals, int[][] samples) {
        this.name = name;
        this.rate = rate;
        this.start = start;
        this.signals = List.copyOf(signals);
        this.samples = samples;
    }

    /**
     * Reads a record and checks its initial values and checksums.
     *
     * @param header the {@code .hea} file
     * @throws BadInputException when a file is missing, is of another format, is cut short or does not match its checksum
     */
    public static WfdbRecord read(Path header) {
        List<String> lines = new ArrayList<>();
        for (String line : Recordings.lines(header)) {
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(line.strip());
            }
        }
        if (lines.isEmpty()) {
            throw new BadInputException(header + ": expected a WFDB header, but the file has no record line");
        }
        String where = header + ": record line";
        String[] record = lines.get(0).split("\\s+", -1);
        if (record.length < 2 || record[0].contains("/")) {
            throw new BadInputException(where + ": expected 'name signals frequency samples' of a single segment");
        }
        int count = whole(record[1], "signals", where, 1, 64);
        if (lines.size() - 1 < count) {
            throw new BadInputException(
                    header + ": " + count + " signal lines expected, but only " + (lines.size() - 1) + " found");
        }
        List<WfdbSignal> signals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            signals.add(WfdbSignal.parse(lines.get(i + 1), header + ": signal " + (i + 1)));
        }
        SampleRate rate = rate(record.length > 2 ? record[2] : "250", where);
        int length = record.length > 3 ? whole(record[3], "samples", where, 0, (int) (MAX_SAMPLES / count)) : 0;
        int[][] samples = new int[count][];
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && signals.get(to).file().equals(signals.get(from).file())) {
                to++;
            }
            readFile(header, signals.subList(from, to), length, samples, from);
            from = to;
        }
        return new WfdbRecord(record[0], rate, start(record, where), signals, samples);
    }

    /** Returns the record's name. */
    public String name() {
        return name;
    }

    /** Returns how many samples of each signal there are in how much time. */
    public SampleRate rate() {
        return rate;
    }

    /** Returns when it begins, when the header names both the time and the day. */
    public Optional<LocalDateTime> start() {
        return start;
    }

    /** Returns the signals in the order of the header. */
    public List<WfdbSignal> signals() {
        return signals;
    }

    /** Returns how many samples each signal has. */
    public int length() {
        return samples[0].length;
    }

    /** Returns the signal of this name, in any case. */
    public Optional<WfdbSignal> signal(String called) {
        return signals.stream().filter(signal -> signal.isCalled(called)).findFirst();
    }

    /** Returns a copy of samples {@code from} to {@code to} (without it) of one signal, as they were written. */
    public int[] samples(WfdbSignal signal, int from, int to) {
        return Arrays.copyOfRange(of(signal), from, to);
    }

    /** Returns one sample, as it was written. */
    public int sample(WfdbSignal signal, int index) {
        return of(signal)[index];
    }

    /** Finds a signal by identity: two lines of a header may be equal. */
    @SuppressWarnings("ReferenceEquality") // two equal lines are two signals
    private int[] of(WfdbSignal signal) {
        for (int i = 0; i < samples.length; i++) {
            if (signals.get(i) == signal) {
                return samples[i];
            }
        }
        throw new IllegalArgumentException("record " + name + " has no such signal: " + signal.description());
    }

    private static void readFile(Path header, List<WfdbSignal> group, int length, int[][] samples, int first) {
        WfdbSignal one = group.get(0);
        Path file = header.resolveSibling(one.file());
        int format = one.format();
        if (group.stream().anyMatch(signal -> signal.format() != format)) {
            throw new BadInputException(header + ": signals of one file must have one format: " + one.file());
        }
        byte[] octets = Recordings.octets(file, 3 * MAX_SAMPLES);
        long available = format == 16 ? octets.length / 2 : format == 80 ? octets.length : octets.length / 3 * 2L;
        long frames = length == 0 ? available / group.size() : length;
        if (frames == 0 || available < frames * group.size()) {
            throw new BadInputException(file + ": cut short: " + frames * group.size()
                    + " samples expected by the header, but only " + available + " there");
        }
        for (int s = 0; s < group.size(); s++) {
            WfdbSignal signal = group.get(s);
            int[] values = new int[(int) frames];
            for (int i = 0; i < values.length; i++) {
                values[i] = sample(octets, format, i * group.size() + s);
            }
            check(file, signal, values);
            samples[first + s] = values;
        }
    }

    private static int sample(byte[] octets, int format, int index) {
        return switch (format) {
            case 16 -> (short) ((octets[2 * index] & 0xFF) | (octets[2 * index + 1] << 8));
            case 80 -> (octets[index] & 0xFF) - 128;
            case 212 -> sample212(octets, index);
            default -> throw new IllegalStateException("format " + format);
        };
    }

    private static int sample212(byte[] octets, int index) {
        int at = index / 2 * 3;
        int middle = octets[at + 1];
        int value = index % 2 == 0
                ? (octets[at] & 0xFF) | ((middle & 0x0F) << 8)
                : (octets[at + 2] & 0xFF) | ((middle & 0xF0) << 4);
        return (value << 20) >> 20;
    }

    private static void check(Path file, WfdbSignal signal, int[] values) {
        if (signal.initialValue().isPresent() && signal.initialValue().getAsInt() != values[0]) {
            throw new BadInputException(file + ": the first sample of " + signal.description() + " is " + values[0]
                    + ", but the header says " + signal.initialValue().getAsInt());
        }
        short sum = 0;
        for (int value : values) {
            sum += (short) value;
        }
        if (signal.checksum().isPresent() && (short) signal.checksum().getAsInt() != sum) {
            throw new BadInputException(file + ": the checksum of " + signal.description() + " is " + sum
                    + ", but the header says " + signal.checksum().getAsInt());
        }
    }

    /** Reads {@code 360}, {@code 0.0166666666667/125} or {@code 360/360(0)}: samples in a second, and a counter's rate. */
    private static SampleRate rate(String text, String where) {
        String number = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
        double hertz;
        try {
            hertz = Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": frequency: expected a number, but got '" + text + "'", e);
        }
        if (!(hertz > 1e-6 && hertz <= 1e6)) {
            throw new BadInputException(where + ": frequency: expected 0.000001 to 1000000, but got '" + text + "'");
        }
        return hertz == Math.rint(hertz)
                ? SampleRate.hertz((int) hertz)
                : new SampleRate(1, Duration.ofNanos(Math.round(1e9 / hertz)));
    }

    /** Reads {@code hh:mm:ss.sss}, of which hours and minutes may be missing, and {@code day/month/year}. */
    private static Optional<LocalDateTime> start(String[] record, String where) {
        if (record.length < 6) {
            return Optional.empty();
        }
        double seconds = 0;
        try {
            for (String part : record[4].split(":", -1)) {
                seconds = seconds * 60 + Double.parseDouble(part);
            }
            String[] date = record[5].split("/", -1);
            LocalDate day =
                    LocalDate.of(Integer.parseInt(date[2]), Integer.parseInt(date[1]), Integer.parseInt(date[0]));
            return Optional.of(day.atStartOfDay().plusSeconds((long) seconds));
        } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new BadInputException(
                    where + ": expected a time and a day as 12:30:00 31/12/2001, but got '" + record[4] + " "
                            + record[5] + "'",
                    e);
        }
    }

    private static int whole(String text, String field, String where, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": " + field + ": expected a whole number, but got '" + text + "'", e);
        }
        throw new BadInputException(where + ": " + field + ": expected " + min + ".." + max + ", but got " + text);
    }
}
