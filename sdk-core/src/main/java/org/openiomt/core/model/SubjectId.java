package org.openiomt.core.model;

/**
 * The person that was observed, by a pseudonym that is safe in topics and keys.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}
 */
public record SubjectId(String value) {
    /** Checks the characters. */
    public SubjectId {
        Ids.require("a subject id", value);
    }

    /** Returns the id of this name. */
    public static SubjectId of(String value) {
        return new SubjectId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
