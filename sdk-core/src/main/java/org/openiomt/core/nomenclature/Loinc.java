package org.openiomt.core.nomenclature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openiomt.core.model.Code;

/**
 * The LOINC codes of the FHIR vital signs, each beside the MDC terms that it stands for: the one table of them. Part of them
 * is unverified against a second source, see {@code docs/nomenclature.md}.
 *
 * <p>This material contains content from LOINC (<a href="https://loinc.org">loinc.org</a>). LOINC is copyright &copy;
 * Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at
 * no cost under the license at <a href="https://loinc.org/license">loinc.org/license</a>. LOINC&reg; is a registered United
 * States trademark of Regenstrief Institute, Inc.
 */
public final class Loinc {
    private static final Map<Code, String> BY_TERM = new LinkedHashMap<>();

    /** The panel of all vital signs; no single term stands for it. */
    public static final String VITAL_SIGNS_PANEL = "85353-1";

    /** Blood pressure with its parts. */
    public static final String BLOOD_PRESSURE_PANEL = loinc("85354-9", Mdc.MDC_PRESS_BLD_NONINV);

    /** Systolic blood pressure. */
    public static final String SYSTOLIC = loinc("8480-6", Mdc.MDC_PRESS_BLD_NONINV_SYS);

    /** Diastolic blood pressure. */
    public static final String DIASTOLIC = loinc("8462-4", Mdc.MDC_PRESS_BLD_NONINV_DIA);

    /** Mean blood pressure. */
    public static final String MEAN_PRESSURE = loinc("8478-0", Mdc.MDC_PRESS_BLD_NONINV_MEAN);

    /** Heart rate, by whatever method. */
    public static final String HEART_RATE =
            loinc("8867-4", Mdc.MDC_ECG_HEART_RATE, Mdc.MDC_PULS_OXIM_PULS_RATE, Mdc.MDC_PULS_RATE_NON_INV);

    /** Respiratory rate. */
    public static final String RESPIRATORY_RATE = loinc("9279-1", Mdc.MDC_RESP_RATE);

    /** Body temperature, at whatever site. */
    public static final String BODY_TEMPERATURE = loinc(
            "8310-5",
            Mdc.MDC_TEMP_BODY,
            Mdc.MDC_TEMP_TYMP,
            Mdc.MDC_TEMP_RECT,
            Mdc.MDC_TEMP_ORAL,
            Mdc.MDC_TEMP_EAR,
            Mdc.MDC_TEMP_FINGER,
            Mdc.MDC_TEMP_TOE,
            Mdc.MDC_TEMP_AXILLA,
            Mdc.MDC_TEMP_GIT);

    /** Oxygen saturation in arterial blood by pulse oximetry. */
    public static final String OXYGEN_SATURATION_BY_PULSE_OXIMETRY = loinc("59408-5", Mdc.MDC_PULS_OXIM_SAT_O2);

    /** Oxygen saturation in arterial blood; FHIR wants it beside {@link #OXYGEN_SATURATION_BY_PULSE_OXIMETRY}. */
    public static final String OXYGEN_SATURATION = "2708-6";

    /** Body weight. */
    public static final String BODY_WEIGHT = loinc("29463-7", Mdc.MDC_MASS_BODY_ACTUAL);

    /** Body height. */
    public static final String BODY_HEIGHT = loinc("8302-2", Mdc.MDC_LEN_BODY_ACTUAL);

    /** Body mass index. */
    public static final String BODY_MASS_INDEX = loinc("39156-5", Mdc.MDC_RATIO_MASS_BODY_LEN_SQ);

    private Loinc() {}

    /** Returns the LOINC code of an MDC term, or empty when it is no vital sign of this table. */
    public static Optional<String> of(Code term) {
        return Optional.ofNullable(BY_TERM.get(term));
    }

    private static String loinc(String loinc, Code... terms) {
        for (Code term : terms) {
            if (BY_TERM.put(term, loinc) != null) {
                throw new AssertionError("two LOINC codes for " + term);
            }
        }
        return loinc;
    }
}
