package org.openiomt.examples.dashboard;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.Code;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;

/** What measurements and units are called at a bed. */
final class Vitals {
    /** The order of the tiles of a bed. */
    private static final List<String> ORDER = List.of(
            "oxygen",
            "heart",
            "pulse",
            "pressure",
            "pulse-cuff",
            "temperature",
            "glucose",
            "glucose-control",
            "weight",
            "perfusion");

    /** Of use to a program; at a bed they would hide the rest. */
    private static final Set<Code> NOT_SHOWN = Set.of(Mdc.MDC_ECG_TIME_PD_RR_GL, Mdc.MDC_PRESS_CUFF);

    private static final Map<Code, Vital> KNOWN = Map.ofEntries(
            entry(Mdc.MDC_PULS_OXIM_SAT_O2, new Vital("oxygen", "Oxygen SpO₂", true)),
            entry(Mdc.MDC_PULS_OXIM_PULS_RATE, new Vital("pulse", "Pulse", true)),
            entry(Mdc.MDC_PULS_RATE_NON_INV, new Vital("pulse-cuff", "Pulse (cuff)", false)),
            entry(Mdc.MDC_ECG_HEART_RATE, new Vital("heart", "Heart rate", true)),
            entry(Mdc.MDC_PRESS_BLD_NONINV, new Vital("pressure", "Blood pressure", false)),
            entry(Mdc.MDC_TEMP_BODY, new Vital("temperature", "Temperature", false)),
            entry(Mdc.MDC_TEMP_TYMP, new Vital("temperature", "Temperature (ear drum)", false)),
            entry(Mdc.MDC_TEMP_EAR, new Vital("temperature", "Temperature (ear)", false)),
            entry(Mdc.MDC_TEMP_ORAL, new Vital("temperature", "Temperature (mouth)", false)),
            entry(Mdc.MDC_TEMP_RECT, new Vital("temperature", "Temperature (rectum)", false)),
            entry(Mdc.MDC_TEMP_AXILLA, new Vital("temperature", "Temperature (armpit)", false)),
            entry(Mdc.MDC_TEMP_FINGER, new Vital("temperature", "Temperature (finger)", false)),
            entry(Mdc.MDC_TEMP_TOE, new Vital("temperature", "Temperature (toe)", false)),
            entry(Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD, new Vital("glucose", "Blood sugar", false)),
            entry(Mdc.MDC_CONC_GLU_CAPILLARY_PLASMA, new Vital("glucose", "Blood sugar", false)),
            entry(Mdc.MDC_CONC_GLU_VENOUS_WHOLEBLOOD, new Vital("glucose", "Blood sugar (vein)", false)),
            entry(Mdc.MDC_CONC_GLU_VENOUS_PLASMA, new Vital("glucose", "Blood sugar (vein)", false)),
            entry(Mdc.MDC_CONC_GLU_CONTROL, new Vital("glucose-control", "Control solution", false)),
            entry(Mdc.MDC_MASS_BODY_ACTUAL, new Vital("weight", "Weight", false)),
            entry(Mdc.MDC_PULS_OXIM_PERF_REL, new Vital("perfusion", "Pulse strength", true)));

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            entry("1", ""),
            entry("Cel", "°C"),
            entry("[degF]", "°F"),
            entry("mm[Hg]", "mmHg"),
            entry("{beat}/min", "beats/min"),
            entry("{pulse}/min", "beats/min"),
            entry("{resp}/min", "breaths/min"),
            entry("[lb_av]", "lb"),
            entry("[in_i]", "in"));

    /**
     * A kind of measurement.
     *
     * @param key names its tile
     * @param label for a person
     * @param isContinuous whether a new value is due every few seconds, so that an old one is no longer true
     */
    record Vital(String key, String label, boolean isContinuous) {
        /** Returns the place of its tile; unknown kinds come last. */
        int order() {
            int order = ORDER.indexOf(key);
            return order < 0 ? ORDER.size() : order;
        }
    }

    private Vitals() {}

    /** Whether a kind of measurement has a tile. */
    static boolean isShown(Code type) {
        return !NOT_SHOWN.contains(type);
    }

    /** Returns the kind of a term; one that is not at most beds keeps its own name. */
    static Vital of(Code type) {
        Vital known = KNOWN.get(type);
        return known != null ? known : new Vital("other-" + type, nameOf(type), false);
    }

    /** Returns the symbol of a unit as it stands on a chart. */
    static String unit(Code unit) {
        String ucum = Units.ucum(unit).orElse("unit " + unit);
        return SYMBOLS.getOrDefault(ucum, ucum);
    }

    /** Returns the name of a term for a person. */
    static String nameOf(Code type) {
        return ObservationText.name(type);
    }
}
