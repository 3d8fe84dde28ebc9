package org.openiomt.ble.profile.controlpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * The values of the parameters of one message, in the order of its table; there may be fewer values than the table has
 * parameters, never more.
 *
 * @param table what the message can hold
 * @param values what it holds
 */
public record Parameters(List<Parameter<?>> table, List<Object> values) {
    /** None. */
    public static final Parameters NONE = new Parameters(List.of(), List.of());

    /** Copies both and checks each value. */
    public Parameters {
        table = List.copyOf(table);
        values = List.copyOf(values);
        if (values.size() > table.size()) {
            throw new IllegalArgumentException(
                    "expected at most " + table.size() + " values, but got " + values.size());
        }
        ByteWriter check = new ByteWriter();
        for (int i = 0; i < values.size(); i++) {
            table.get(i).write(check, values.get(i));
        }
    }

    /** Returns the value of a parameter, or empty when the message does not hold it. */
    public <T> Optional<T> get(Parameter<T> parameter) {
        int index = table.indexOf(parameter);
        return index < 0 || index >= values.size() ? Optional.empty() : Optional.of(parameter.cast(values.get(index)));
    }

    /** Whether each parameter that the table demands has its value. */
    public boolean isComplete() {
        return table.stream().skip(values.size()).allMatch(Parameter::isOptional);
    }

    /** Reads all values of the table; one that may be left out ends it where nothing is left. */
    public static Parameters read(ByteReader in, List<Parameter<?>> table) {
        List<Object> values = new ArrayList<>(table.size());
        for (Parameter<?> parameter : table) {
            if (parameter.isOptional() && in.remaining() == 0) {
                break;
            }
            values.add(parameter.read(in));
        }
        return new Parameters(table, values);
    }

    /** Writes the values. */
    public void writeTo(ByteWriter out) {
        for (int i = 0; i < values.size(); i++) {
            table.get(i).write(out, values.get(i));
        }
    }

    /** Adds the values to the fields of a message. */
    public void describe(Fields fields) {
        for (int i = 0; i < values.size(); i++) {
            table.get(i).describe(fields, values.get(i));
        }
    }

    /** Returns the names, not the values. */
    @Override
    public String toString() {
        return "Parameters" + table.subList(0, values.size());
    }
}
