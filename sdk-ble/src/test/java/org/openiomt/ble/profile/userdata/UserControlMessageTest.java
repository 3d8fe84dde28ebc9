package org.openiomt.ble.profile.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.userdata.UserControlMessage.Consent;
import org.openiomt.ble.profile.userdata.UserControlMessage.Outcome;
import org.openiomt.ble.profile.userdata.UserControlMessage.Register;
import org.openiomt.ble.profile.userdata.UserControlMessage.Response;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class UserControlMessageTest {
    private static String hex(UserControlMessage message) {
        return HexFormat.of().withUpperCase().formatHex(UserControlMessage.CODEC.encode(message));
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(Register.of(9999))).isEqualTo("010F27");
        assertThat(hex(Consent.of(2, 1234))).isEqualTo("0202D204");
        assertThat(hex(new UserControlMessage.DeleteData(Remainder.NONE))).isEqualTo("03");
        assertThat(hex(new UserControlMessage.ListUsers(Remainder.NONE))).isEqualTo("04");
        assertThat(hex(UserControlMessage.DeleteUser.of(2))).isEqualTo("0502");
    }

    @Test
    void answersAreWrittenAsTheStandardSays() {
        assertThat(hex(Response.done(UserControlMessage.REGISTER, 2))).isEqualTo("20010102");
        assertThat(hex(Response.of(UserControlMessage.CONSENT, Outcome.SUCCESS)))
                .isEqualTo("200201");
        assertThat(hex(Response.of(UserControlMessage.CONSENT, Outcome.USER_NOT_AUTHORIZED)))
                .isEqualTo("200205");
    }

    @Test
    void aConsentCodeIsNotShown() {
        assertThat(Register.of(1234)).hasToString("Register[opCode, consentCode]");
        assertThat(Consent.of(2, 1234)).hasToString("Consent[opCode, userIndex, consentCode]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"011027", "02021027", "00", "06", "21", "200200", "200206", "030000", "20010102FF"})
    void whatTheStandardReservesIsKeptAndReportedOrRefused(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        Decoded<UserControlMessage> kept = UserControlMessage.CODEC.decode(octets, DecodeMode.LENIENT);
        assertThat(kept.warnings()).isNotEmpty();
        assertThat(UserControlMessage.CODEC.encode(kept.value())).isEqualTo(octets);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> UserControlMessage.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @Test
    void partsThatDoNotSuitEachOtherAreRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Response.of(UserControlMessage.REGISTER, Outcome.SUCCESS));
        assertThatIllegalArgumentException().isThrownBy(() -> Response.done(UserControlMessage.CONSENT, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Response(UserControlMessage.REGISTER, 4, OptionalInt.of(2), Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Register.of(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> Consent.of(256, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserControlMessage.Unknown(UserControlMessage.RESPONSE, Remainder.NONE));
    }

    @Test
    void theIndexOfAnUnknownUserIsNoNumber() {
        UserNumber index = UserNumber.Kind.USER_INDEX.profile().codec().decode(new byte[] {(byte) 0xFF});
        assertThat(index.value()).isEqualTo(MedicalFloat.NAN);
        assertThat(index).hasToString("UserNumber[userIndex]");
    }

    @Test
    void zonesNeedAsManyLimitsAsTheirCharacteristicHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartRateZones.FIVE.encode(HeartRateZones.of(100, 120)))
                .withMessage("expected 4 limits, but got 2");
    }
}
