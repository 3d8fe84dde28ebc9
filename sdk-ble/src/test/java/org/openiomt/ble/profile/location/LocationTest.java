package org.openiomt.ble.profile.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Response;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.location.LocationControlPoint.Content;
import org.openiomt.ble.profile.location.LocationControlPoint.Steering;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

class LocationTest {
    @Test
    void aFlaggedFieldThatIsCutShortIsRefused() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> LocationAndSpeed.CODEC.decode(octets("0400000000000000")))
                .withMessage("longitude7 at octet 6: cut short, 2 octets missing");
    }

    @Test
    void anArrivalOnADayThatDoesNotExistIsKeptAndReported() {
        byte[] octets = octets("040000000000E8070230000000");
        assertThat(Navigation.CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .isNotEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> Navigation.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @Test
    void aPlaceIsNotShown() {
        LocationAndSpeed value = LocationAndSpeed.CODEC.decode(octets("840000E1F51C003E4905"));
        assertThat(value).hasToString("LocationAndSpeed[flags, latitude7, longitude7, positionStatus]");
        assertThat(value.location().orElseThrow()).hasToString("Place[]");
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(LocationControlPoint.setCumulativeDistance(1000))).isEqualTo("01E80300");
        assertThat(hex(LocationControlPoint.leaveOut(EnumSet.of(Content.SPEED, Content.UTC_TIME))))
                .isEqualTo("024100");
        assertThat(hex(LocationControlPoint.steer(Steering.SKIP_WAYPOINT))).isEqualTo("0304");
        assertThat(hex(LocationControlPoint.requestNumberOfRoutes())).isEqualTo("04");
        assertThat(hex(LocationControlPoint.requestRouteName(2))).isEqualTo("050200");
        assertThat(hex(LocationControlPoint.selectRoute(2))).isEqualTo("060200");
        assertThat(hex(LocationControlPoint.setFixRate(1))).isEqualTo("0701");
        assertThat(hex(LocationControlPoint.setElevation(-1000))).isEqualTo("0818FCFF");
        assertThatIllegalArgumentException().isThrownBy(() -> LocationControlPoint.setCumulativeDistance(1 << 24));
    }

    @Test
    void anAnswerNamesARoute() {
        Response answer = LocationControlPoint.POINT.response(
                LocationControlPoint.REQUEST_ROUTE_NAME, ControlPointResult.SUCCESS, DeviceText.of("Weg"));
        assertThat(hex(answer)).isEqualTo("200501576567");
        assertThat(LocationControlPoint.CODEC.decode(octets("200501576567"))).isEqualTo(answer);
        assertThat(answer).hasToString("Response[opCode, requestOpCode, responseCode, routeName]");
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ControlPointMessage message) {
        return HexFormat.of().withUpperCase().formatHex(LocationControlPoint.CODEC.encode(message));
    }
}
