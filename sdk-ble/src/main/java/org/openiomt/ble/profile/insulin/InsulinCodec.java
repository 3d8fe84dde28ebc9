package org.openiomt.ble.profile.insulin;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.E2e;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eLayout;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

/** What all values with their protection at the end share. */
final class InsulinCodec {
    private static final int FLAGS_WIDTH = 16;

    private InsulinCodec() {}

    static <T extends InsulinValue> Codec<T> of(InsulinContext context, Function<FieldReader, T> reader) {
        return Codec.of(in -> reader.apply(new FieldReader(in, context)), (value, out) -> {
            int start = out.size();
            value.write(
                    new FieldWriter(out, context.amounts(), value.remainder().unknownFlags()));
            value.remainder().writeTo(out);
            E2e.write(out, start, context.e2e(), E2eLayout.COUNTER_AND_CRC, value.check());
        });
    }

    /** Checks that all are there and that no unknown flag is a known one. */
    static void require(InsulinValue value) {
        Objects.requireNonNull(value.check(), "check");
        Bits.requireUnknown(value.remainder(), value.knownFlags());
    }

    /** Returns the fields of a value in order; amounts in whatever form they came. */
    static Map<String, Object> fields(InsulinValue value) {
        FieldWriter writer = new FieldWriter(
                new ByteWriter(),
                InsulinContext.AmountForm.FLOAT,
                value.remainder().unknownFlags());
        value.write(writer);
        Fields fields = writer.fields();
        E2eCheck check = value.check();
        if (!(check instanceof E2eCheck.None)) {
            fields.put("counter", check.counter()).put("crcValid", check.isTrusted());
        }
        return fields.remainder(value.remainder(), FLAGS_WIDTH).toMap();
    }
}
