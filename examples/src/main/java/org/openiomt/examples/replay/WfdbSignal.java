package org.openiomt.examples.replay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openiomt.examples.cli.BadInputException;

/**
 * One signal of a PhysioNet (WFDB) record, as its header line describes it.
 *
 * @param file the data file, in the folder of the header
 * @param format how samples are written: 16, 80 or 212
 * @param gain steps of the converter for one physical unit, above 0
 * @param baseline the sample that means 0 physical units
 * @param unit the physical unit; {@code mV} when the header names none
 * @param initialValue the first sample, when the header names it
 * @param checksum the 16-bit sum of all samples, when the header names it
 * @param description what the signal is
 * @see <a href="https://physionet.org/physiotools/wag/header-5.htm">WFDB header files</a>
 */
public record WfdbSignal(
        String file,
        int format,
        BigDecimal gain,
        int baseline,
        String unit,
        OptionalInt initialValue,
        OptionalInt checksum,
        String description) {
    /** The formats that can be read. */
    static final List<Integer> FORMATS = List.of(16, 80, 212);

    /** What format 16 writes for a sample that is not there. */
    public static final int MISSING_16 = -32_768;

    private static final BigDecimal DEFAULT_GAIN = BigDecimal.valueOf(200);
    private static final Pattern GAIN = Pattern.compile("([-+0-9.eE]+)(?:\\((-?\\d+)\\))?(?:/(\\S+))?");
    private static final int FIXED_FIELDS = 8;

    /**
     * Reads a signal line: {@code file format gain(baseline)/unit adc-bits adc-zero initial-value checksum block-size
     * description}; all behind the format may be missing, from the right.
     *
     * @throws BadInputException when the line is something else
     */
    static WfdbSignal parse(String line, String where) {
        String[] field = line.strip().split("\\s+", FIXED_FIELDS + 1);
        if (field.length < 2) {
            throw new BadInputException(where + ": expected 'file format ...', but got " + field.length + " field");
        }
        if (field[0].contains("/") || field[0].contains("\\") || field[0].startsWith(".")) {
            throw new BadInputException(
                    where + ": the data file must be in the header's folder, but is '" + field[0] + "'");
        }
        int format = integer(field[1], "format", where);
        if (!FORMATS.contains(format)) {
            throw new BadInputException(where + ": format " + field[1] + " is not known; known are " + FORMATS);
        }
        BigDecimal gain = DEFAULT_GAIN;
        OptionalInt baseline = OptionalInt.empty();
        String unit = "mV";
        if (field.length > 2) {
            Matcher matcher = GAIN.matcher(field[2]);
            if (!matcher.matches()) {
                throw new BadInputException(where + ": gain: expected a number, but got '" + field[2] + "'");
            }
            BigDecimal written = decimal(matcher.group(1), "gain", where);
            gain = written.signum() == 0 ? DEFAULT_GAIN : written;
            if (matcher.group(2) != null) {
                baseline = OptionalInt.of(integer(matcher.group(2), "baseline", where));
            }
            unit = matcher.group(3) == null ? unit : matcher.group(3);
        }
        if (gain.signum() < 0) {
            throw new BadInputException(where + ": gain: expected a number above 0, but got " + gain);
        }
        int adcZero = field.length > 4 ? integer(field[4], "adc-zero", where) : 0;
        return new WfdbSignal(
                field[0],
                format,
                gain,
                baseline.orElse(adcZero),
                unit,
                field.length > 5 ? OptionalInt.of(integer(field[5], "initial-value", where)) : OptionalInt.empty(),
                field.length > 6 ? OptionalInt.of(integer(field[6], "checksum", where)) : OptionalInt.empty(),
                field.length > FIXED_FIELDS ? field[FIXED_FIELDS] : "");
    }

    /** Whether {@code sample} stands for a value that is not there. */
    public boolean isMissing(int sample) {
        return switch (format) {
            case 16 -> sample == MISSING_16;
            case 80 -> sample == -128;
            case 212 -> sample == -2_048;
            default -> throw new IllegalStateException("format " + format);
        };
    }

    /**
     * Returns the physical value of a sample; with a gain of 1, 10, 100 ... at the resolution of one step.
     *
     * @throws IllegalArgumentException when the sample stands for a missing value
     */
    public BigDecimal physical(int sample) {
        if (isMissing(sample)) {
            throw new IllegalArgumentException("a missing sample of " + description + " has no value");
        }
        BigDecimal value = BigDecimal.valueOf((long) sample - baseline).divide(gain, MathContext.DECIMAL64);
        BigDecimal step = gain.stripTrailingZeros();
        boolean isPowerOfTen = step.unscaledValue().equals(BigInteger.ONE);
        return isPowerOfTen ? value.setScale(Math.max(0, -step.scale()), RoundingMode.UNNECESSARY) : value;
    }

    /** Whether the signal is called {@code name}, in any case. */
    public boolean isCalled(String name) {
        return description.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
    }

    private static int integer(String text, String field, String where) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": " + field + ": expected a whole number, but got '" + text + "'", e);
        }
    }

    private static BigDecimal decimal(String text, String field, String where) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": " + field + ": expected a number, but got '" + text + "'", e);
        }
    }
}
