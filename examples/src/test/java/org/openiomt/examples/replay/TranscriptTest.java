package org.openiomt.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.examples.cli.BadInputException;

class TranscriptTest {
    @TempDir
    private Path folder;

    @Test
    void linesKeepTimeDeviceCharacteristicAndOctets() throws IOException {
        Transcript transcript = read("""
                # two devices

                0     cuff      2a35    16 7C:00-56 00
                1.25  oximeter  0x2A5F  0x0061004200
                1.25  cuff      2A49    0000
                """);

        assertThat(transcript.devices()).containsExactly("cuff", "oximeter");
        assertThat(transcript.characteristicsOf("cuff")).containsExactly("2a35", "2a49");
        assertThat(transcript.lines().get(0).octets()).containsExactly(0x16, 0x7C, 0, 0x56, 0);
        assertThat(transcript.lines().get(1).at()).isEqualTo(Duration.ofMillis(1_250));
        assertThat(transcript.lines().get(1).characteristic()).isEqualTo("2a5f");
        assertThat(transcript.lines().get(1).octets()).containsExactly(0, 0x61, 0, 0x42, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 cuff 2a35 | expected '<seconds> <device> <characteristic> <octets>'",
                "x cuff 2a35 00 | seconds: expected a number",
                "-1 cuff 2a35 00 | seconds: expected 0 to",
                "1e99 cuff 2a35 00 | seconds: expected 0 to",
                "0 c/f 2a35 00 | device: expected",
                "0 cuff 2a3 00 | characteristic: expected 4 hexadecimal digits",
                "0 cuff 2a35 0 | octets: expected two hexadecimal digits an octet",
                "0 cuff 2a35 0g | octets: expected hexadecimal digits, but character 2",
            })
    void faultNamesLineAndField(String line, String message) {
        assertThatThrownBy(() -> read("0 cuff 2a35 00\n" + line + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("line 2: " + message);
    }

    @Test
    void secondsThatGoBackAreRefused() {
        assertThatThrownBy(() -> read("2 cuff 2a35 00\n1 cuff 2a35 00\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("line 2: the seconds go back");
    }

    @Test
    void fileWithoutAnyLineIsRefused() {
        assertThatThrownBy(() -> read("# nothing\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no line has it");
    }

    @Test
    void fileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("noise"), new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF});

        assertThatThrownBy(() -> Transcript.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("expected a text file in UTF-8");
    }

    @Test
    void absentFileAndFolderAreRefused() {
        assertThatThrownBy(() -> Transcript.read(folder.resolve("absent")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Transcript.read(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("expected a file");
    }

    private Transcript read(String text) throws IOException {
        return Transcript.read(Files.writeString(folder.resolve("t.txt"), text));
    }
}
