package org.openiomt.ble.profile.insulin;

import java.util.function.Function;

/**
 * What follows a code on the wire.
 *
 * @param type the record
 * @param reader what reads its fields
 */
record Layout<B extends InsulinBody>(Class<B> type, Function<FieldReader, B> reader) {
    /** Nothing follows. */
    static final Layout<Empty> NONE = new Layout<>(Empty.class, in -> new Empty());

    B read(FieldReader in) {
        return reader.apply(in);
    }

    /** Checks that a body is what follows a code. */
    void requireSuited(Coded<?> code, InsulinBody body) {
        if (!type.isInstance(body)) {
            throw new IllegalArgumentException(code + " needs " + type.getSimpleName());
        }
    }
}
