package org.openiomt.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.core.spi.Channel;

class TranscriptTest {
    private static final List<String> WHOLE = """
        # a strap
        transcript 1
        begins 2026-01-01T00:00:00Z

        0        -     > scan
        0.5      strap < seen "C0:FF:EE" name "A \\"strap\\" \\u00e4" service 180d service "a b" data manufacturer:004c 02FF data x - signal -61
        0.5      strap > open
        0.6      strap < not-opened "no room"
        0.7      strap > open
        0.8      strap < opened 244 180d/2a37 "a b"
        0.9      strap > subscribe 1 180d/2a37
        0.9      strap > read 2 "a b"
        1        strap < answer 1
        1        strap < value 180d/2a37 16 4800 04
        1.1      strap < answer 2
        1.2      strap > write 4 180d/2a39 01
        1.3      strap < refused 4 0x80 "no"
        1.4      strap > send 5 180d/2a39
        1.4      strap < answer 5
        1.5      strap > unsubscribe 6 180d/2a37
        2        strap > close
        2        strap < failed 6 "closed"
        2        strap < closed "by us"
        3        -     > rest
        """.lines().toList();

    @Test
    void everyEventKeepsWhatItSays() {
        Transcript transcript = Transcript.parse(WHOLE);

        assertThat(transcript.begins()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(transcript.devices()).containsExactly("strap");
        assertThat(transcript.isValuesOnly()).isFalse();
        Transcript.Entry seen = transcript.entries().get(1);
        assertThat(seen.line()).isEqualTo(6);
        assertThat(seen.at()).isEqualTo(Duration.ofMillis(500));
        assertThat(seen.event())
                .isEqualTo(new Event.Seen(
                        "C0:FF:EE",
                        Optional.of("A \"strap\" \u00e4"),
                        Set.of("180d", "a b"),
                        Map.of("manufacturer:004c", "02ff", "x", ""),
                        OptionalInt.of(-61)));
        assertThat(transcript.entries().get(9).event()).isEqualTo(new Event.Value(Channel.of("180d/2a37"), "16480004"));
        assertThat(transcript.entries().get(12).event()).isEqualTo(new Event.Refusal(4, 0x80, "no"));
    }

    @Test
    void theTextOfEveryEventIsReadAsTheSameEvent() {
        Transcript transcript = Transcript.parse(WHOLE);
        StringBuilder again = new StringBuilder("transcript 1\n");
        transcript
                .entries()
                .forEach(entry -> again.append("0 ")
                        .append(entry.device())
                        .append(entry.event().isRequest() ? " > " : " < ")
                        .append(entry.event())
                        .append('\n'));

        assertThat(Transcript.parse(again.toString().lines().toList()).entries())
                .extracting(Transcript.Entry::event)
                .containsExactlyElementsOf(transcript.entries().stream()
                        .map(Transcript.Entry::event)
                        .toList());
    }

    @Test
    void entriesDoNotShowWhatWasMeasured() {
        assertThat(Transcript.parse(WHOLE).entries().toString())
                .contains("line 14: strap Value")
                .doesNotContain("16480004");
    }

    @Test
    void valuesAloneNeedNoLink() {
        Transcript transcript =
                Transcript.parse(List.of("transcript 1", "0 cuff < value 1810/2a35 16", "1 cuff < value 180f/2a19 57"));

        assertThat(transcript.isValuesOnly()).isTrue();
        assertThat(transcript.begins()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0 | device: expected a word, but the line ends",
                "x a > open | seconds: expected a number, but got 'x'",
                "-1 a > open | seconds: expected 0 to",
                "1e99 a > open | seconds: expected 0 to",
                "0.0000000001 a > open | seconds: expected 0 to",
                "0 a/b > open | device: expected 1 to 64",
                "0 a open | direction: expected > (to the device) or < (from it), but got 'open'",
                "0 a < open | direction: expected > before open, but got <",
                "0 a > value 1/2 00 | direction: expected < before value, but got >",
                "0 a > jump | event: expected scan, rest",
                "0 a > open now | expected the end of the line, but 'now' follows",
                "0 a > scan | device: - stands with scan and rest",
                "0 - > open | device: - stands with scan and rest",
                "0 - > rest | this cannot follow what is before it: no scan goes on",
                "0 a < seen \"x | address: expected a closing \"",
                "0 a < seen \"\\x\" | address: expected \\\", \\\\ or \\u",
                "0 a < seen x colour | seen: expected name, service, data or signal, but got 'colour'",
                "0 a < seen x signal loud | signal: expected a whole number, but got 'loud'",
                "0 a < seen x signal 99999 | signal: expected -32768..32767, but got 99999",
                "0 a < seen x data y 0 | data: expected two hexadecimal digits an octet",
                "0 a > open | this cannot follow what is before it: the device has not been seen",
                "0 d > open | this cannot follow what is before it: a link is open",
                "0 d < opened 20 | this cannot follow what is before it: nobody asked for a link",
                "0 d < seen y | this cannot follow what is before it: the device had another address",
                "0 d > read 1 c | number: expected more than 2",
                "0 d > read 0 c | number: expected 1..",
                "0 d > write 3 c 0g | octets: expected two hexadecimal digits an octet",
                "0 d < answer 3 | no request 3 of this device waits",
                "0 d < answer 2 00 | only the answer to a read has octets",
                "0 d < refused 1 no why | code: expected a whole number",
                "0 d < value e 00 | nobody has subscribed to e",
                "0 e < value c 00 | some devices are seen and others only announce",
                "begins 2026-01-01T00:00:00Z | 'begins' stands once",
            })
    void faultNamesLineFieldAndWhatWasExpected(String line, String message) {
        List<String> text =
                List.of("transcript 1", "0 d < seen x", "0 d > open", "0 d < opened 20 c", "0 d > subscribe 2 c", line);

        assertThatThrownBy(() -> Transcript.parse(text))
                .isInstanceOf(TranscriptException.class)
                .hasMessageStartingWith("line 6: ")
                .hasMessageContaining(message);
    }

    @Test
    void secondsThatGoBackAndAbsentLinesAreRefused() {
        assertThatThrownBy(() -> Transcript.parse(List.of("transcript 1", "2 - > scan", "1 - > rest")))
                .hasMessage("line 3: the seconds go back");
        assertThatThrownBy(() -> Transcript.parse(List.of("0 - > scan")))
                .hasMessage("line 1: expected 'transcript 1', but got something else");
        assertThatThrownBy(() -> Transcript.parse(List.of("# nothing")))
                .hasMessageContaining("line 1: expected 'transcript 1'")
                .hasMessageContaining("but the text ends");
        assertThatThrownBy(() -> Transcript.parse(List.of("transcript 1", "0 c < value c " + "00".repeat(65_536))))
                .hasMessage("line 2: octets: expected at most 65535 octets, but got 65536");
    }
}
