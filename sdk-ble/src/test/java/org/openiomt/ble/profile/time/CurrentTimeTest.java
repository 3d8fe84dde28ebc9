package org.openiomt.ble.profile.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class CurrentTimeTest {
    private static CurrentTime time(String hex) {
        return CurrentTime.CODEC.decode(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000001040B262D030102", "E10700040B262D030102", "E10701000B262D030102"})
    void aYearMonthOrDayOf0IsNotKnownAndNeverADate(String hex) {
        assertThat(time(hex).dateTime().isComplete()).isFalse();
        assertThat(time(hex).dateTime().local()).isEmpty();
        assertThat(time(hex).exact().local()).isEmpty();
    }

    @Test
    void aYear0IsForeseen() {
        byte[] octets = HexFormat.of().parseHex("000001040B262D030102");
        assertThat(CurrentTime.CODEC.decode(octets, DecodeMode.STRICT).warnings())
                .isEmpty();
    }

    @Test
    void aFractionOfASecondCounts() {
        assertThat(time("E10701040B262D038002").exact().local())
                .contains(LocalDateTime.of(2017, 1, 4, 11, 38, 45, 500_000_000));
        ExactTime256 exact = ExactTime256.CODEC.decode(HexFormat.of().parseHex("E10701040B262D0340"));
        assertThat(exact.exact()).isEqualTo(new DeviceDateTime(2017, 1, 4, 11, 38, 45, 16_384));
    }

    @Test
    void aDayOfTheWeekAbove7IsKeptAndReportedOrInStrictModeRefused() {
        byte[] octets = HexFormat.of().parseHex("E10701040B262D080102");
        assertThat(CurrentTime.CODEC.decode(octets, DecodeMode.LENIENT).warnings())
                .singleElement()
                .hasToString("dayOfWeek at octet 7: reserved code 8");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CurrentTime.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @ParameterizedTest
    @CsvSource({"0404, 120", "D000, -720", "3808, 960", "1602, 360"})
    void localTimeIsZoneAndSummerTimeTogether(String hex, int minutes) {
        assertThat(LocalTimeInformation.CODEC
                        .decode(HexFormat.of().parseHex(hex))
                        .offsetMinutes())
                .hasValue(minutes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8004", "04FF", "80FF", "7F00", "0401"})
    void localTimeIsNotKnownWhenAPartIsNot(String hex) {
        assertThat(LocalTimeInformation.CODEC
                        .decode(HexFormat.of().parseHex(hex))
                        .offsetMinutes())
                .isEmpty();
    }

    @Test
    void aZoneIsAWholeNumberOfQuartersOfAnHour() {
        assertThat(TimeZone.ofMinutes(345)).isEqualTo(new TimeZone(23, Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> TimeZone.ofMinutes(10));
        assertThatIllegalArgumentException().isThrownBy(() -> TimeZone.ofMinutes(855));
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeZone(128, Remainder.NONE));
    }

    @Test
    void aClockThatWasSetLongAgoDoesNotSayWhen() {
        assertThat(reference("01080003").sinceUpdate()).contains(Duration.ofHours(3));
        assertThat(reference("01080203").sinceUpdate()).contains(Duration.ofHours(51));
        assertThat(reference("0108FFFF").sinceUpdate()).isEmpty();
        assertThat(reference("01080018").sinceUpdate()).isEmpty();
        assertThat(reference("01080003").source()).contains(TimeSource.Source.NETWORK_TIME_PROTOCOL);
    }

    private static ReferenceTimeInformation reference(String hex) {
        return ReferenceTimeInformation.CODEC.decode(HexFormat.of().parseHex(hex));
    }
}
