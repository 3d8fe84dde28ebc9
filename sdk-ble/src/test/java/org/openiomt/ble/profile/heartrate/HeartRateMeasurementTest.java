package org.openiomt.ble.profile.heartrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.wire.Remainder;

class HeartRateMeasurementTest {
    @ParameterizedTest
    @CsvSource({"60, 003C", "255, 00FF", "256, 010001", "65535, 01FFFF"})
    void aRateTakesAsFewOctetsAsItNeeds(int rate, String hex) {
        assertThat(HeartRateMeasurement.CODEC.encode(HeartRateMeasurement.of(rate)))
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void aRateThatDoesNotFitItsWidthIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> HeartRateMeasurement.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> HeartRateMeasurement.of(65_536));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartRateMeasurement(
                        256,
                        HeartRateMeasurement.Width.UINT8,
                        HeartRateMeasurement.Contact.DETECTED,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Remainder.NONE));
    }

    @Test
    void aPacketHoldsMoreThanNineIntervals() {
        String nine = "0003".repeat(9);
        assertThat(HeartRateMeasurement.CODEC
                        .decode(HexFormat.of().parseHex("103C" + nine + nine))
                        .rrIntervals1024())
                .hasValueSatisfying(
                        intervals -> assertThat(intervals).hasSize(18).containsOnly(768));
    }

    @Test
    void intervalsThatAreAnnouncedAndDoNotComeAreAnEmptyList() {
        assertThat(HeartRateMeasurement.CODEC.decode(new byte[] {0x10, 60}).rrIntervals1024())
                .hasValueSatisfying(intervals -> assertThat(intervals).isEmpty());
        assertThat(HeartRateMeasurement.CODEC.decode(new byte[] {0, 60}).rrIntervals1024())
                .isEmpty();
    }
}
