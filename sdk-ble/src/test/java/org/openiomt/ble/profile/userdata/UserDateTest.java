package org.openiomt.ble.profile.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class UserDateTest {
    private static UserDate date(String hex) {
        return UserDate.CODEC
                .decode(HexFormat.of().parseHex(hex), DecodeMode.STRICT)
                .value();
    }

    @Test
    void aYear0IsNotKnownAndNeverADate() {
        assertThat(date("00000511").year()).isZero();
        assertThat(date("00000511").date()).isEmpty();
    }

    @Test
    void aMonth0IsNotKnownAndNeverADate() {
        assertThat(date("BC070011").date()).isEmpty();
    }

    @Test
    void aDay0IsNotKnownAndNeverADate() {
        assertThat(date("BC070500").date()).isEmpty();
    }

    @Test
    void nothingKnownIsNeverADate() {
        assertThat(date("00000000").date()).isEmpty();
    }

    @Test
    void aWholeDateIsADate() {
        assertThat(date("BC070511").date()).contains(LocalDate.of(1980, 5, 17));
        assertThat(UserDate.from(LocalDate.of(1980, 5, 17))).isEqualTo(date("BC070511"));
        assertThat(date("BC070511")).hasToString("UserDate[date]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BC07041F", "BC070D01", "BC07051F20", "BC07001F01", "2D060101", "E9071D02", "BC070520"})
    void aDateThatDoesNotExistIsKeptAndReportedOrInStrictModeRefused(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(UserDate.CODEC.decode(octets, DecodeMode.LENIENT).warnings()).isNotEmpty();
        assertThat(UserDate.CODEC.encode(UserDate.CODEC.decode(octets))).isEqualTo(octets);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> UserDate.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @Test
    void partsThatDoNotFitTheirOctetsAreRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserDate(65_536, 1, 1, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserDate(1980, -1, 1, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserDate(1980, 1, 256, Remainder.NONE));
    }
}
