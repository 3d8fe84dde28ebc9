package org.openiomt.ble.profile.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

class ActivityDataTest {
    private static final ActivityLayout HEART = ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS;

    @Test
    void aSignedFieldKeepsItsSign() {
        ActivityData data = data(ActivityLayout.GENERAL_INSTANTANEOUS, Map.of("elevation", -5L));
        byte[] octets = ActivityLayout.GENERAL_INSTANTANEOUS.codec().encode(data);
        assertThat(HexFormat.of().withUpperCase().formatHex(octets)).endsWith("FBFFFF");
        assertThat(ActivityLayout.GENERAL_INSTANTANEOUS.codec().decode(octets).value("elevation"))
                .hasValue(-5);
    }

    @ParameterizedTest
    @CsvSource({
        "'', flags at octet 0: cut short",
        "0200, sessionId at octet 2: cut short",
        "02000300010000000000, sequenceNumber at octet 10: cut short",
        "02000300010000000000 00000000, heartRate at octet 14: cut short",
    })
    void aCutFieldIsNamedWithItsOctet(String hex, String message) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> HEART.codec().decode(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .withMessageStartingWith(message);
    }

    @Test
    void anUnknownSleepStageIsReportedOrInStrictModeRefused() {
        byte[] octets = HexFormat.of().parseHex("0800030001000000000000000000000040");
        assertThat(ActivityLayout.SLEEP_INSTANTANEOUS
                        .codec()
                        .decode(octets, DecodeMode.LENIENT)
                        .warnings())
                .hasSize(1);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> ActivityLayout.SLEEP_INSTANTANEOUS.codec().decode(octets, DecodeMode.STRICT));
    }

    @Test
    void theCallerCannotMakeAValueThatHasNoOctets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data(HEART, Map.of("sleepStage", 1L)))
                .withMessageContaining("has no field sleepStage");
        assertThatIllegalArgumentException().isThrownBy(() -> data(HEART, Map.of("heartRate", 256L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data(ActivityLayout.GENERAL_INSTANTANEOUS, Map.of("elevation", 0x800000L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActivityData(
                        ActivityLayout.STEP_COUNTER_SUMMARY, 1, 1, 0, 0, true, Map.of(), Remainder.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ActivityControlPoint.of(ActivityControlPoint.Operation.ENQUIRE_SUB_SESSIONS, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ActivityControlPoint.of(ActivityControlPoint.Operation.STOP_SESSION, Map.of("sessionId", 1L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionDescriptor(
                        Set.of(), 1, OptionalInt.empty(), new SessionMoment(0, 0), Optional.empty(), Remainder.NONE));
    }

    private static ActivityData data(ActivityLayout layout, Map<String, Long> values) {
        return new ActivityData(layout, 3, 1, 60, 9, false, values, Remainder.NONE);
    }
}
