package org.openiomt.ble.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class FieldsTest {
    private enum Contact {
        NOT_DETECTED
    }

    @Test
    void eachFieldHasItsFormAndTheOrderIsKept() {
        Map<String, Object> fields = Fields.start()
                .bits("status", 0x27, 16)
                .put("number", 7)
                .put("float", Optional.of(MedicalFloat.of(3760, -2)))
                .put("time", DeviceDateTime.of(2024, 0, 0, 7, 8, 9))
                .put("contact", Contact.NOT_DETECTED)
                .put("list", List.of(1, Contact.NOT_DETECTED))
                .put("nested", BatteryLevel.of(3))
                .put("absent", Optional.empty())
                .put("absentToo", OptionalInt.empty())
                .remainder(Remainder.of(0x40, new byte[] {0, (byte) 0xAB}), 8)
                .toMap();
        assertThat(fields)
                .containsExactly(
                        entry("status", "0x0027"),
                        entry("number", 7),
                        entry("float", MedicalFloat.of(3760, -2)),
                        entry("time", "2024-00-00T07:08:09"),
                        entry("contact", "not detected"),
                        entry("list", List.of(1, "not detected")),
                        entry("nested", Map.of("percent", 3)),
                        entry("unknownFlags", "0x40"),
                        entry("trailing", "00AB"));
    }

    @Test
    void nothingIsSaidOfAnEmptyRemainder() {
        assertThat(Fields.start().remainder(Remainder.NONE, 8).toMap()).isEmpty();
    }

    @Test
    void theFieldsCannotBeChanged() {
        Map<String, Object> fields = BatteryLevel.of(3).fields();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(fields::clear);
    }

    @Test
    void aFieldNamedTwiceOrOfAStrangeTypeIsRefused() {
        Fields fields = Fields.start().put("one", 1);
        assertThatIllegalArgumentException().isThrownBy(() -> fields.put("one", 2));
        assertThatIllegalArgumentException().isThrownBy(() -> fields.put("other", new Object()));
        assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("no profile"));
    }
}
