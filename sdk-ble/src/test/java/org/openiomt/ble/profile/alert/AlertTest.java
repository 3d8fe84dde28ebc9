package org.openiomt.ble.profile.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class AlertTest {
    @Test
    void aCategoryIsTheSameAsACodeAndAsABit() {
        assertThat(AlertCategory.of(9)).contains(AlertCategory.INSTANT_MESSAGE);
        assertThat(AlertCategory.INSTANT_MESSAGE.code()).isEqualTo(9);
        assertThat(AlertCategory.INSTANT_MESSAGE.mask()).isEqualTo(0x200);
        assertThat(AlertCategory.of(AlertCategory.ALL)).isEmpty();
    }

    @Test
    void aReservedCategoryIsReportedAndOneOfAServiceIsNot() {
        byte[] reserved = {(byte) 250};
        assertThat(AlertCategoryId.CODEC.decode(reserved, DecodeMode.LENIENT).warnings())
                .singleElement()
                .hasToString("category at octet 0: reserved code 250");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> AlertCategoryId.CODEC.decode(reserved, DecodeMode.STRICT));
        byte[] ofService = {(byte) 251};
        assertThat(AlertCategoryId.CODEC
                        .decode(ofService, DecodeMode.STRICT)
                        .value()
                        .category())
                .isEmpty();
    }

    @Test
    void categoriesMustFitTheirOctets() {
        Set<AlertCategory> chat = Set.of(AlertCategory.INSTANT_MESSAGE);
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertCategories(chat, 1, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertCategories(chat, 3, Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertCategories(Set.of(), 1, Remainder.of(0, new byte[] {1})));
    }

    @Test
    void theTextOfAnAlertIsNotShown() {
        assertThat(new NewAlert(3, 1, DeviceText.of("Ada")))
                .hasToString("NewAlert[categoryCode, category, count, text]");
    }
}
