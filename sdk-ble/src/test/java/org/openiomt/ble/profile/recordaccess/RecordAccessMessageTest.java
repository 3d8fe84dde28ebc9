package org.openiomt.ble.profile.recordaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Count;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage.Request;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.Remainder;

class RecordAccessMessageTest {
    private static String hex(RecordAccessMessage message) {
        return HexFormat.of().withUpperCase().formatHex(RecordAccessMessage.CODEC.encode(message));
    }

    @Test
    void requestsAreWrittenAsTheStandardSays() {
        assertThat(hex(Request.reportAll())).isEqualTo("0101");
        assertThat(hex(Request.reportFrom(10))).isEqualTo("0103010A00");
        assertThat(hex(Request.reportLast())).isEqualTo("0106");
        assertThat(hex(Request.countAll())).isEqualTo("0401");
        assertThat(hex(Request.countFrom(0xFFFF))).isEqualTo("040301FFFF");
        assertThat(hex(Request.deleteAll())).isEqualTo("0201");
        assertThat(hex(Request.deleteUpTo(300))).isEqualTo("0202012C01");
        assertThat(hex(Request.abort())).isEqualTo("0300");
    }

    @Test
    void answersAreWrittenAsTheStandardSays() {
        assertThat(hex(Count.of(258))).isEqualTo("05000201");
        assertThat(hex(RecordAccessMessage.Response.of(1, ResponseCode.NO_RECORDS_FOUND)))
                .isEqualTo("06000106");
    }

    @Test
    void partsThatDoNotSuitEachOtherAreRefusedAtOnce() {
        Optional<RecordFilter> minimum = Optional.of(new RecordFilter.ByNumber(OptionalInt.of(1), OptionalInt.empty()));
        assertThatIllegalArgumentException()
                .as("a filter for all")
                .isThrownBy(() -> new Request(1, RecordAccessMessage.ALL, minimum, Remainder.NONE));
        assertThatIllegalArgumentException()
                .as("no filter for some")
                .isThrownBy(() -> new Request(1, RecordAccessMessage.AT_LEAST, Optional.empty(), Remainder.NONE));
        assertThatIllegalArgumentException()
                .as("a minimum for a maximum")
                .isThrownBy(() -> new Request(1, RecordAccessMessage.AT_MOST, minimum, Remainder.NONE));
        assertThatIllegalArgumentException()
                .as("an answer as a request")
                .isThrownBy(() -> new Request(6, RecordAccessMessage.ALL, Optional.empty(), Remainder.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Request.reportFrom(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> Request.reportFrom(-1));
        assertThatIllegalArgumentException().as("three octets").isThrownBy(() -> new Count(5, 0, 1, 3));
        assertThatIllegalArgumentException().as("too much for one").isThrownBy(() -> new Count(5, 0, 256, 1));
        assertThatIllegalArgumentException()
                .as("a known op code")
                .isThrownBy(() -> new RecordAccessMessage.Unknown(1, 0, Remainder.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2A01FF", "06000140", "0107", "0301", "01030501", "0501FF", "0600010100"})
    void whatTheStandardReservesIsKeptAndReportedOrRefused(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        Decoded<RecordAccessMessage> kept = RecordAccessMessage.CODEC.decode(octets, DecodeMode.LENIENT);
        assertThat(kept.warnings()).isNotEmpty();
        assertThat(RecordAccessMessage.CODEC.encode(kept.value())).isEqualTo(octets);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> RecordAccessMessage.CODEC.decode(octets, DecodeMode.STRICT));
    }

    @ParameterizedTest
    @CsvSource({"1, done", "6, no records found", "9, operand not supported"})
    void responseCodesHaveWords(int code, String words) {
        assertThat(ResponseCode.of(code).orElseThrow()).hasToString(words);
        assertThat(ResponseCode.of(code).orElseThrow().code()).isEqualTo(code);
    }

    @Test
    void reservedResponseCodesHaveNone() {
        assertThat(ResponseCode.of(0)).isEmpty();
        assertThat(ResponseCode.of(10)).isEmpty();
    }

    @Test
    void numbersOfFourOctetsHaveTheirOwnCodec() {
        RecordAccessMessage request = new RecordAccessMessage.Request(
                RecordAccessMessage.REPORT,
                RecordAccessMessage.WITHIN,
                Optional.of(new RecordFilter.ByLongNumber(OptionalLong.of(70_000), OptionalLong.of(0xFFFFFFFFL))),
                Remainder.NONE);
        byte[] octets = RecordAccessMessage.LONG_NUMBERS_CODEC.encode(request);

        assertThat(HexFormat.of().formatHex(octets)).isEqualTo("01040170110100ffffffff");
        assertThat(RecordAccessMessage.LONG_NUMBERS_CODEC
                        .decode(octets, DecodeMode.STRICT)
                        .value())
                .isEqualTo(request);
        assertThat(request.fields()).containsEntry("minimum", 70_000L);
        for (int length = 3; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatExceptionOfType(DecodeException.class)
                    .isThrownBy(() -> RecordAccessMessage.LONG_NUMBERS_CODEC.decode(cut));
        }
    }
}
