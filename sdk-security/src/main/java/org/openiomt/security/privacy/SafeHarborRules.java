package org.openiomt.security.privacy;

import java.util.Set;
import java.util.stream.Collectors;
import org.openiomt.core.model.Code;
import org.openiomt.core.nomenclature.Mdc;

/**
 * Which values may stay: a list of what is allowed, never of what is forbidden. Whoever adds a term answers for it being none of the 18 kinds of
 * identifiers of 45 CFR 164.514(b)(2)(i).
 *
 * @param terms the terms of observations, of their parts and of what qualifies them
 * @param keepsWaveForms whether wave forms of those terms stay; an ECG can tell a person
 */
public record SafeHarborRules(Set<Code> terms, boolean keepsWaveForms) {
    private static final int PHYSIOLOGY = 2;
    private static final int DISEASE_MANAGEMENT = 128;

    /** Copies the set. */
    public SafeHarborRules {
        terms = Set.copyOf(terms);
    }

    /**
     * Returns the terms of physiology (partition 2) and of disease management (partition 128) that {@link Mdc} knows, and the age; no
     * wave forms. Positions, attributes of devices and private terms are not among them.
     */
    public static SafeHarborRules clinical() {
        Set<Code> terms = Mdc.all().stream()
                .filter(term -> term.partition() == PHYSIOLOGY || term.partition() == DISEASE_MANAGEMENT)
                .collect(Collectors.toSet());
        terms.add(Mdc.MDC_ATTR_PT_AGE);
        return new SafeHarborRules(terms, false);
    }

    /** Returns these rules with wave forms. */
    public SafeHarborRules withWaveForms() {
        return new SafeHarborRules(terms, true);
    }

    /** Returns these rules for fewer or other terms. */
    public SafeHarborRules withTerms(Set<Code> others) {
        return new SafeHarborRules(others, keepsWaveForms);
    }

    boolean isListed(Code term) {
        return terms.contains(term);
    }
}
