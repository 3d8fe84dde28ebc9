package org.openiomt.core.nomenclature;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.Code;

/**
 * The units of ISO/IEEE 11073-10101 (partition 4) with their UCUM counterparts: the one table of them.
 *
 * <p>A term is a base unit (a multiple of 32) plus an SI prefix in its low 5 bits, so that the table holds the base units and
 * the rule makes the rest: gram 1728 + kilo 3 = kilogram 1731. A prefix of a quotient belongs to the numerator. INR, 6608, is
 * the one base unit that is no multiple of 32.
 */
public final class Units {
    private static final int PARTITION = 4;
    private static final int PREFIX_MASK = 0x1F;
    private static final Map<Integer, Unit> BASES = new LinkedHashMap<>();
    private static final Map<Integer, Prefix> PREFIXES = new HashMap<>();

    /**
     * A unit of measure.
     *
     * @param code the MDC unit
     * @param referenceId its reference id
     * @param ucum its UCUM code; braces hold annotations without meaning
     * @param isPrefixed whether SI prefixes can stand before it
     */
    public record Unit(Code code, String referenceId, String ucum, boolean isPrefixed) {}

    private record Prefix(String name, String symbol) {}

    static {
        PREFIXES.put(1, new Prefix("DECA_", "da"));
        PREFIXES.put(2, new Prefix("HECTO_", "h"));
        PREFIXES.put(3, new Prefix("KILO_", "k"));
        PREFIXES.put(4, new Prefix("MEGA_", "M"));
        PREFIXES.put(5, new Prefix("GIGA_", "G"));
        PREFIXES.put(6, new Prefix("TERA_", "T"));
        PREFIXES.put(16, new Prefix("DECI_", "d"));
        PREFIXES.put(17, new Prefix("CENTI_", "c"));
        PREFIXES.put(18, new Prefix("MILLI_", "m"));
        PREFIXES.put(19, new Prefix("MICRO_", "u"));
        PREFIXES.put(20, new Prefix("NANO_", "n"));
        PREFIXES.put(21, new Prefix("PICO_", "p"));
        PREFIXES.put(22, new Prefix("FEMTO_", "f"));
        PREFIXES.put(23, new Prefix("ATTO_", "a"));
    }

    /** {@code 1}. */
    public static final Code MDC_DIM_DIMLESS = plain(512, "MDC_DIM_DIMLESS", "1");

    /** {@code %}. */
    public static final Code MDC_DIM_PERCENT = plain(544, "MDC_DIM_PERCENT", "%");

    /** {@code [ppth]}. */
    public static final Code MDC_DIM_PARTS_PER_THOUSAND = plain(576, "MDC_DIM_PARTS_PER_THOUSAND", "[ppth]");

    /** {@code [ppm]}. */
    public static final Code MDC_DIM_PARTS_PER_MILLION = plain(608, "MDC_DIM_PARTS_PER_MILLION", "[ppm]");

    /** {@code deg}. */
    public static final Code MDC_DIM_ANG_DEG = plain(736, "MDC_DIM_ANG_DEG", "deg");

    /** {@code rad}. */
    public static final Code MDC_DIM_ANG_RAD = prefixed(768, "MDC_DIM_ANG_RAD", "rad");

    /** {@code [pH]}. */
    public static final Code MDC_DIM_PH = plain(992, "MDC_DIM_PH", "[pH]");

    /** {@code (beat)}. */
    public static final Code MDC_DIM_BEAT = plain(1088, "MDC_DIM_BEAT", "{beat}");

    /** {@code (breath)}. */
    public static final Code MDC_DIM_BREATH = plain(1120, "MDC_DIM_BREATH", "{breath}");

    /** {@code m}. */
    public static final Code MDC_DIM_M = prefixed(1280, "MDC_DIM_M", "m");

    /** {@code [ft_i]}. */
    public static final Code MDC_DIM_FOOT = plain(1344, "MDC_DIM_FOOT", "[ft_i]");

    /** {@code [in_i]}. */
    public static final Code MDC_DIM_INCH = plain(1376, "MDC_DIM_INCH", "[in_i]");

    /** {@code m2}. */
    public static final Code MDC_DIM_SQ_M = plain(1472, "MDC_DIM_SQ_M", "m2");

    /** {@code L}. */
    public static final Code MDC_DIM_L = prefixed(1600, "MDC_DIM_L", "L");

    /** {@code g}. */
    public static final Code MDC_DIM_G = prefixed(1728, "MDC_DIM_G", "g");

    /** {@code [lb_av]}. */
    public static final Code MDC_DIM_LB = plain(1760, "MDC_DIM_LB", "[lb_av]");

    /** {@code [oz_av]}. */
    public static final Code MDC_DIM_OZ = plain(1792, "MDC_DIM_OZ", "[oz_av]");

    /** {@code kg/m2}. */
    public static final Code MDC_DIM_KG_PER_M_SQ = plain(1952, "MDC_DIM_KG_PER_M_SQ", "kg/m2");

    /** {@code g/L}. */
    public static final Code MDC_DIM_G_PER_L = prefixed(2048, "MDC_DIM_G_PER_L", "g/L");

    /** {@code g/dL}. */
    public static final Code MDC_DIM_G_PER_DL = prefixed(2112, "MDC_DIM_G_PER_DL", "g/dL");

    /** {@code g/mL}. */
    public static final Code MDC_DIM_G_PER_ML = prefixed(2144, "MDC_DIM_G_PER_ML", "g/mL");

    /** {@code s}. */
    public static final Code MDC_DIM_SEC = prefixed(2176, "MDC_DIM_SEC", "s");

    /** {@code min}. */
    public static final Code MDC_DIM_MIN = plain(2208, "MDC_DIM_MIN", "min");

    /** {@code h}. */
    public static final Code MDC_DIM_HR = plain(2240, "MDC_DIM_HR", "h");

    /** {@code d}. */
    public static final Code MDC_DIM_DAY = plain(2272, "MDC_DIM_DAY", "d");

    /** {@code wk}. */
    public static final Code MDC_DIM_WEEK = plain(2304, "MDC_DIM_WEEK", "wk");

    /** {@code mo}. */
    public static final Code MDC_DIM_MON = plain(2336, "MDC_DIM_MON", "mo");

    /** {@code a}. */
    public static final Code MDC_DIM_YR = plain(2368, "MDC_DIM_YR", "a");

    /** {@code /s}. */
    public static final Code MDC_DIM_PER_SEC = plain(2464, "MDC_DIM_PER_SEC", "/s");

    /** {@code Hz}. */
    public static final Code MDC_DIM_HZ = prefixed(2496, "MDC_DIM_HZ", "Hz");

    /** {@code /min}. */
    public static final Code MDC_DIM_PER_MIN = plain(2528, "MDC_DIM_PER_MIN", "/min");

    /** {@code (beat)/min}. */
    public static final Code MDC_DIM_BEAT_PER_MIN = plain(2720, "MDC_DIM_BEAT_PER_MIN", "{beat}/min");

    /** {@code (pulse)/min}. */
    public static final Code MDC_DIM_PULS_PER_MIN = plain(2752, "MDC_DIM_PULS_PER_MIN", "{pulse}/min");

    /** {@code (resp)/min}. */
    public static final Code MDC_DIM_RESP_PER_MIN = plain(2784, "MDC_DIM_RESP_PER_MIN", "{resp}/min");

    /** {@code m/s}. */
    public static final Code MDC_DIM_M_PER_SEC = prefixed(2816, "MDC_DIM_M_PER_SEC", "m/s");

    /** {@code L/min/m2}. */
    public static final Code MDC_DIM_L_PER_MIN_PER_M_SQ = prefixed(2848, "MDC_DIM_L_PER_MIN_PER_M_SQ", "L/min/m2");

    /** {@code L/s}. */
    public static final Code MDC_DIM_L_PER_SEC = prefixed(3040, "MDC_DIM_L_PER_SEC", "L/s");

    /** {@code L/min}. */
    public static final Code MDC_DIM_L_PER_MIN = prefixed(3072, "MDC_DIM_L_PER_MIN", "L/min");

    /** {@code L/h}. */
    public static final Code MDC_DIM_L_PER_HR = prefixed(3104, "MDC_DIM_L_PER_HR", "L/h");

    /** {@code L/d}. */
    public static final Code MDC_DIM_L_PER_DAY = prefixed(3136, "MDC_DIM_L_PER_DAY", "L/d");

    /** {@code g/min}. */
    public static final Code MDC_DIM_G_PER_MIN = prefixed(3328, "MDC_DIM_G_PER_MIN", "g/min");

    /** {@code g/h}. */
    public static final Code MDC_DIM_G_PER_HR = prefixed(3360, "MDC_DIM_G_PER_HR", "g/h");

    /** {@code g/kg/min}. */
    public static final Code MDC_DIM_G_PER_KG_PER_MIN = prefixed(3456, "MDC_DIM_G_PER_KG_PER_MIN", "g/kg/min");

    /** {@code g/kg/h}. */
    public static final Code MDC_DIM_G_PER_KG_PER_HR = prefixed(3488, "MDC_DIM_G_PER_KG_PER_HR", "g/kg/h");

    /** {@code Pa}. */
    public static final Code MDC_DIM_PASCAL = prefixed(3840, "MDC_DIM_PASCAL", "Pa");

    /** {@code mm[Hg]}. */
    public static final Code MDC_DIM_MMHG = plain(3872, "MDC_DIM_MMHG", "mm[Hg]");

    /** {@code cm[H2O]}. */
    public static final Code MDC_DIM_CM_H2O = plain(3904, "MDC_DIM_CM_H2O", "cm[H2O]");

    /** {@code bar}. */
    public static final Code MDC_DIM_BAR = prefixed(3936, "MDC_DIM_BAR", "bar");

    /** {@code J}. */
    public static final Code MDC_DIM_JOULES = prefixed(3968, "MDC_DIM_JOULES", "J");

    /** {@code eV}. */
    public static final Code MDC_DIM_EVOLT = prefixed(4000, "MDC_DIM_EVOLT", "eV");

    /** {@code W}. */
    public static final Code MDC_DIM_WATT = prefixed(4032, "MDC_DIM_WATT", "W");

    /** {@code A}. */
    public static final Code MDC_DIM_AMP = prefixed(4160, "MDC_DIM_AMP", "A");

    /** {@code V}. */
    public static final Code MDC_DIM_VOLT = prefixed(4256, "MDC_DIM_VOLT", "V");

    /** {@code Ohm}. */
    public static final Code MDC_DIM_OHM = prefixed(4288, "MDC_DIM_OHM", "Ohm");

    /** {@code F}. */
    public static final Code MDC_DIM_FARAD = prefixed(4352, "MDC_DIM_FARAD", "F");

    /** {@code K}. */
    public static final Code MDC_DIM_KELVIN = plain(4384, "MDC_DIM_KELVIN", "K");

    /** {@code [degF]}. */
    public static final Code MDC_DIM_FAHR = plain(4416, "MDC_DIM_FAHR", "[degF]");

    /** {@code mol}. */
    public static final Code MDC_DIM_MOLE = prefixed(4544, "MDC_DIM_MOLE", "mol");

    /** {@code mol/L}. */
    public static final Code MDC_DIM_MOLE_PER_L = prefixed(4704, "MDC_DIM_MOLE_PER_L", "mol/L");

    /** {@code mol/mL}. */
    public static final Code MDC_DIM_MOLE_PER_ML = prefixed(4736, "MDC_DIM_MOLE_PER_ML", "mol/mL");

    /** {@code [iU]}. */
    public static final Code MDC_DIM_INTL_UNIT = prefixed(5472, "MDC_DIM_INTL_UNIT", "[iU]");

    /** {@code [iU]/mL}. */
    public static final Code MDC_DIM_INTL_UNIT_PER_ML = prefixed(5600, "MDC_DIM_INTL_UNIT_PER_ML", "[iU]/mL");

    /** {@code [iU]/h}. */
    public static final Code MDC_DIM_INTL_UNIT_PER_HR = prefixed(5696, "MDC_DIM_INTL_UNIT_PER_HR", "[iU]/h");

    /** {@code Cel}. */
    public static final Code MDC_DIM_DEGC = plain(6048, "MDC_DIM_DEGC", "Cel");

    /** {@code dB}. */
    public static final Code MDC_DIM_DECIBEL = plain(6432, "MDC_DIM_DECIBEL", "dB");

    /** {@code m/min}. */
    public static final Code MDC_DIM_M_PER_MIN = prefixed(6560, "MDC_DIM_M_PER_MIN", "m/min");

    /** {@code (INR)}. */
    public static final Code MDC_DIM_INR = plain(6608, "MDC_DIM_INR", "{INR}");

    /** {@code m/s2}. */
    public static final Code MDC_DIM_M_PER_SEC_SQ = prefixed(6624, "MDC_DIM_M_PER_SEC_SQ", "m/s2");

    /** {@code (step)}. */
    public static final Code MDC_DIM_STEP = plain(6656, "MDC_DIM_STEP", "{step}");

    /** {@code (step)/min}. */
    public static final Code MDC_DIM_STEP_PER_MIN = plain(6752, "MDC_DIM_STEP_PER_MIN", "{step}/min");

    /** {@code cal}. */
    public static final Code MDC_DIM_CAL = prefixed(6784, "MDC_DIM_CAL", "cal");

    /** {@code (rev)/min}. */
    public static final Code MDC_DIM_RPM = plain(6816, "MDC_DIM_RPM", "{rev}/min");

    /** {@code (tick)}. */
    public static final Code MDC_DIM_TICK = plain(6848, "MDC_DIM_TICK", "{tick}");

    /** {@code cm}. */
    public static final Code MDC_DIM_CENTI_M = Code.of(PARTITION, MDC_DIM_M.term() + 17);

    /** {@code kg}. */
    public static final Code MDC_DIM_KILO_G = Code.of(PARTITION, MDC_DIM_G.term() + 3);

    /** {@code kg/L}. */
    public static final Code MDC_DIM_KILO_G_PER_L = Code.of(PARTITION, MDC_DIM_G_PER_L.term() + 3);

    /** {@code mg/dL}. */
    public static final Code MDC_DIM_MILLI_G_PER_DL = Code.of(PARTITION, MDC_DIM_G_PER_DL.term() + 18);

    /** {@code ms}. */
    public static final Code MDC_DIM_MILLI_SEC = Code.of(PARTITION, MDC_DIM_SEC.term() + 18);

    /** {@code mg}. */
    public static final Code MDC_DIM_MILLI_G = Code.of(PARTITION, MDC_DIM_G.term() + 18);

    /** {@code mL}. */
    public static final Code MDC_DIM_MILLI_L = Code.of(PARTITION, MDC_DIM_L.term() + 18);

    /** {@code kJ}. */
    public static final Code MDC_DIM_KILO_JOULES = Code.of(PARTITION, MDC_DIM_JOULES.term() + 3);

    /** {@code kcal}. */
    public static final Code MDC_DIM_KILO_CAL = Code.of(PARTITION, MDC_DIM_CAL.term() + 3);

    /** {@code kPa}. */
    public static final Code MDC_DIM_KILO_PASCAL = Code.of(PARTITION, MDC_DIM_PASCAL.term() + 3);

    /** {@code mV}. */
    public static final Code MDC_DIM_MILLI_VOLT = Code.of(PARTITION, MDC_DIM_VOLT.term() + 18);

    /** {@code mmol/L}. */
    public static final Code MDC_DIM_MILLI_MOLE_PER_L = Code.of(PARTITION, MDC_DIM_MOLE_PER_L.term() + 18);

    private Units() {}

    /** Returns the unit of a code, or empty when it is none that this table knows. */
    public static Optional<Unit> unit(Code code) {
        if (code.partition() != PARTITION) {
            return Optional.empty();
        }
        Unit itself = BASES.get(code.term());
        if (itself != null) {
            return Optional.of(itself);
        }
        int prefixNumber = code.term() & PREFIX_MASK;
        Unit base = BASES.get(code.term() - prefixNumber);
        Prefix prefix = PREFIXES.get(prefixNumber);
        if (base == null || prefix == null || !base.isPrefixed()) {
            return Optional.empty();
        }
        String referenceId = "MDC_DIM_" + prefix.name() + base.referenceId().substring("MDC_DIM_".length());
        return Optional.of(new Unit(code, referenceId, prefix.symbol() + base.ucum(), true));
    }

    /** Returns the UCUM code of a unit, or empty when the table does not know it. */
    public static Optional<String> ucum(Code code) {
        return unit(code).map(Unit::ucum);
    }

    private static Code plain(int term, String referenceId, String ucum) {
        return base(term, referenceId, ucum, false);
    }

    private static Code prefixed(int term, String referenceId, String ucum) {
        return base(term, referenceId, ucum, true);
    }

    private static Code base(int term, String referenceId, String ucum, boolean isPrefixed) {
        Code code = Code.of(PARTITION, term);
        if (BASES.putIfAbsent(term, new Unit(code, referenceId, ucum, isPrefixed)) != null) {
            throw new AssertionError("written twice: " + referenceId);
        }
        return code;
    }
}
