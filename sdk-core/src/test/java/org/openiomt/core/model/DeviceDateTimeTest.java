package org.openiomt.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceDateTimeTest {
    @Test
    void aWholeReadingIsALocalTime() {
        DeviceDateTime reading = DeviceDateTime.of(2024, 6, 15, 17, 17, 27);

        assertThat(reading.isComplete()).isTrue();
        assertThat(reading.local()).hasValue(LocalDateTime.of(2024, 6, 15, 17, 17, 27));
        assertThat(new DeviceDateTime(2024, 6, 15, 17, 17, 27, 32_768).local())
                .hasValue(LocalDateTime.of(2024, 6, 15, 17, 17, 27, 500_000_000));
    }

    @ParameterizedTest
    @CsvSource({"0, 6, 15", "2024, 0, 15", "2024, 6, 0", "0, 0, 0"})
    void aPartThatIsNotKnownIsKeptAndNeverFilledIn(int year, int month, int day) {
        DeviceDateTime reading = DeviceDateTime.of(year, month, day, 17, 17, 27);

        assertThat(reading.isComplete()).isFalse();
        assertThat(reading.local()).isEmpty();
        assertThat(reading.month()).isEqualTo(month);
    }

    @ParameterizedTest
    @CsvSource({
        "2023, 2, 29, 0, 0, 0",
        "2024, 13, 1, 0, 0, 0",
        "2024, 6, 31, 0, 0, 0",
        "2024, 6, 15, 24, 0, 0",
        "2024, 6, 15, 0, 60, 0",
        "2024, 6, 15, 0, 0, 60",
        "65535, 255, 255, 255, 255, 255",
    })
    void aTimeThatDoesNotExistIsKeptButNoLocalTime(int year, int month, int day, int hour, int minute, int second) {
        DeviceDateTime reading = DeviceDateTime.of(year, month, day, hour, minute, second);

        assertThat(reading.local()).isEmpty();
        assertThat(reading.second()).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "65536, 0", "2024, -1", "2024, 256"})
    void whatDoesNotFitItsOctetsIsTheCallersFault(int year, int month) {
        assertThatThrownBy(() -> DeviceDateTime.of(year, month, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out of range");
    }

    @Test
    void theReadingOfAClockDropsFractions() {
        assertThat(DeviceDateTime.from(LocalDateTime.of(2024, 6, 15, 17, 17, 27, 999)))
                .isEqualTo(DeviceDateTime.of(2024, 6, 15, 17, 17, 27));
        assertThat(DeviceDateTime.from(OffsetDateTime.parse("2024-06-15T17:17:27+02:00")))
                .isEqualTo(DeviceDateTime.of(2024, 6, 15, 17, 17, 27));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-06-15T17:17:27",
                "0000-00-00T07:05:00",
                "65535-255-255T255:255:255",
                "2024-06-15T17:17:27+1/65536",
                "2024-06-15T17:17:27+65535/65536"
            })
    void aReadingReadsFromItsText(String text) {
        assertThat(DeviceDateTime.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-06-15",
                "2024-06-15T17:17:27Z",
                "2024-06-15 17:17:27",
                "65536-01-01T00:00:00",
                "2024-256-01T00:00:00",
                "2024-06-15T17:17:27+65536/65536"
            })
    void whatIsNoReadingIsNotParsed(String text) {
        assertThatThrownBy(() -> DeviceDateTime.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
