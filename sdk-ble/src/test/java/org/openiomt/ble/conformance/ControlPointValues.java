package org.openiomt.ble.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws.Law;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.CompanyData;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.controlpoint.SizedNumber;
import org.openiomt.core.model.DeviceDateTime;

/** The laws of a control point: every request and every answer of its table, with whatever fits. */
public final class ControlPointValues {
    private ControlPointValues() {}

    /** Returns a law for the messages that end with their table, and one for those that go on to the end, if any. */
    public static List<Law<?>> laws(ControlPoint point) {
        List<Arbitrary<ControlPointMessage>> closed = new ArrayList<>();
        List<Arbitrary<ControlPointMessage>> open = new ArrayList<>();
        for (Operation operation : point.operations()) {
            add(closed, open, operation.request(), values -> point.request(operation, values));
            for (ControlPointResult result : point.results()) {
                List<Parameter<?>> table = point.answerTable(operation.code(), result.code());
                add(closed, open, table, values -> point.response(operation, result, values));
            }
        }
        List<Law<?>> laws = new ArrayList<>();
        laws.add(new Law<>(point.codec(), Arbitraries.oneOf(closed), true));
        if (!open.isEmpty()) {
            laws.add(new Law<>(point.codec(), Arbitraries.oneOf(open), false));
        }
        return laws;
    }

    private static void add(
            List<Arbitrary<ControlPointMessage>> closed,
            List<Arbitrary<ControlPointMessage>> open,
            List<Parameter<?>> table,
            Function<Object[], ControlPointMessage> message) {
        boolean isClosed = table.stream().allMatch(Parameter::isDemanded);
        (isClosed ? closed : open).add(values(table).map(values -> message.apply(values.toArray())));
    }

    /** Returns a value for each parameter of a table. */
    public static Arbitrary<List<Object>> values(List<Parameter<?>> table) {
        return table.isEmpty()
                ? Arbitraries.just(List.of())
                : Combinators.combine(
                                table.stream().map(ControlPointValues::value).toList())
                        .as(values -> values);
    }

    private static Arbitrary<Object> value(Parameter<?> parameter) {
        Class<?> type = parameter.type();
        if (type == Long.class) {
            IntegerForm form = parameter.form().orElseThrow();
            return Arbitraries.longs().between(form.min(), form.max()).map(number -> number);
        }
        if (type == SizedNumber.class) {
            IntegerForm form = parameter.form().orElseThrow();
            return Arbitraries.longs().between(form.min(), form.max()).map(number -> new SizedNumber(number, form));
        }
        if (type == DeviceText.class) {
            return Arbitraries.strings().alpha().ofMaxLength(20).map(DeviceText::of);
        }
        if (type == Parameter.Codes.class) {
            return Arbitraries.integers().between(0, 0xFF).list().ofMaxSize(20).map(Parameter.Codes::new);
        }
        if (type == CompanyData.class) {
            return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(octets -> CompanyData.of(0x1234, octets));
        }
        if (type == DeviceDateTime.class) {
            return ProfileValues.dateTimes().map(time -> time);
        }
        throw new AssertionError(parameter);
    }
}
