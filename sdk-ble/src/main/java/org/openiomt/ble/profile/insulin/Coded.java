package org.openiomt.ble.profile.insulin;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;

/**
 * A code as it was sent, with the constant that it stands for, where the standard knows one.
 *
 * @param <E> the table of codes
 * @param table the table of codes
 * @param code the code on the wire, 0 to 65,535
 */
public record Coded<E extends Enum<E> & InsulinCode>(Class<E> table, int code) {
    /** Checks the range. */
    public Coded {
        Objects.requireNonNull(table, "table");
        Bits.requireUnsigned("code", code, Short.SIZE);
    }

    /** Returns a code that the standard knows. */
    public static <E extends Enum<E> & InsulinCode> Coded<E> of(E constant) {
        return new Coded<>(constant.getDeclaringClass(), constant.code());
    }

    /** Returns the constant, or empty when the standard reserves the code. */
    public Optional<E> known() {
        return Arrays.stream(table.getEnumConstants())
                .filter(constant -> constant.code() == code)
                .findFirst();
    }

    /** Whether the code stands for a constant. */
    public boolean is(E constant) {
        return constant.code() == code;
    }

    /** Returns the constant as words, or the code. */
    @Override
    public String toString() {
        return known().map(Fields::words).orElse("code " + code);
    }
}
