package org.openiomt.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.SampleRate;
import org.openiomt.examples.Reference;
import org.openiomt.examples.cli.BadInputException;

class WfdbRecordTest {
    @TempDir
    private Path folder;

    @Test
    void ecgOfFormat212MatchesItsInitialValuesAndChecksums() {
        WfdbRecord record = WfdbRecord.read(Reference.file("replay/100.hea"));
        WfdbSignal lead = record.signal("mlii").orElseThrow();

        assertThat(record.rate()).isEqualTo(SampleRate.hertz(360));
        assertThat(record.length()).isEqualTo(650_000);
        assertThat(record.signals()).extracting(WfdbSignal::description).containsExactly("MLII", "V5");
        assertThat(record.samples(lead, 0, 3)).containsExactly(995, 995, 995);
        assertThat(lead.unit()).isEqualTo("mV");
        assertThat(lead.physical(995)).isEqualByComparingTo("-0.145");
    }

    @Test
    void numericsOfFormat16MatchTheirChecksumsAndCounts() {
        WfdbRecord record = WfdbRecord.read(Reference.file("replay/s00001-2896-10-10-00-31n.hea"));
        WfdbSignal saturation = record.signal("SpO2").orElseThrow();
        WfdbSignal systolic = record.signal("NBPSys").orElseThrow();
        int off = 0;
        int absent = 0;
        for (int i = 0; i < record.length(); i++) {
            off += record.sample(saturation, i) == 0 ? 1 : 0;
            absent += systolic.isMissing(record.sample(systolic, i)) ? 1 : 0;
        }

        assertThat(record.rate()).isEqualTo(new SampleRate(1, Duration.ofMinutes(1)));
        assertThat(record.length()).isEqualTo(1_936);
        assertThat(off).isEqualTo(363);
        assertThat(absent).isEqualTo(1_784);
    }

    @Test
    void physicalValuesKeepTheResolutionOfTheGain() throws IOException {
        WfdbRecord record = WfdbRecord.read(write("a 1 1 2\na.dat 16 10/% 16 0 970 1945 0 SpO2", "CA03 CF03"));
        WfdbSignal signal = record.signals().get(0);

        assertThat(signal.physical(record.sample(signal, 0))).isEqualTo(new BigDecimal("97.0"));
        assertThat(signal.physical(record.sample(signal, 1))).isEqualTo(new BigDecimal("97.5"));
    }

    @Test
    void baselineShiftsThePhysicalValue() throws IOException {
        WfdbRecord record = WfdbRecord.read(write("a 1 1 1\na.dat 16 100(-5)/mmHg 16 0", "0000"));
        WfdbSignal signal = record.signals().get(0);

        assertThat(signal.physical(0)).isEqualTo(new BigDecimal("0.05"));
    }

    @Test
    void missingSampleHasNoValue() throws IOException {
        WfdbRecord record = WfdbRecord.read(write("a 1 1 1\na.dat 16 1/mmHg 16 0", "0080"));
        WfdbSignal signal = record.signals().get(0);

        assertThat(signal.isMissing(record.sample(signal, 0))).isTrue();
        assertThatThrownBy(() -> signal.physical(-32_768)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void format80IsTheOctetLess128() throws IOException {
        WfdbRecord record = WfdbRecord.read(write("a 2 1 2\na.dat 80\na.dat 80", "80 00 FF 7F"));

        assertThat(record.samples(record.signals().get(0), 0, 2)).containsExactly(0, 127);
        assertThat(record.samples(record.signals().get(1), 0, 2)).containsExactly(-128, -1);
    }

    @Test
    void format212SignExtendsItsTwelveBits() throws IOException {
        WfdbRecord record = WfdbRecord.read(write("a 2 1 1\na.dat 212\na.dat 212", "FF 8F 00"));

        assertThat(record.samples(record.signals().get(0), 0, 1)).containsExactly(-1);
        assertThat(record.samples(record.signals().get(1), 0, 1)).containsExactly(-2_048);
    }

    @Test
    void lengthComesFromTheFileWhenTheHeaderDoesNotSayIt() throws IOException {
        assertThat(WfdbRecord.read(write("a 1 1\na.dat 16", "0100 0200 0300")).length())
                .isEqualTo(3);
    }

    @Test
    void dataFileCutShortIsRefused() throws IOException {
        Path header = write("a 1 1 3\na.dat 16", "0100 0200");

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a.dat: cut short: 3 samples expected by the header, but only 2 there");
    }

    @Test
    void wrongChecksumIsRefused() throws IOException {
        Path header = write("a 1 1 2\na.dat 16 10/% 16 0 1 4 0 SpO2", "0100 0200");

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the checksum of SpO2 is 3, but the header says 4");
    }

    @Test
    void missingDataFileIsNamed() throws IOException {
        Path header = Files.writeString(folder.resolve("a.hea"), "a 1 1 3\nabsent.dat 16\n");

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("absent.dat: there is no such file");
    }

    @Test
    void dataFileOutsideTheFolderIsRefused() throws IOException {
        Path header = Files.writeString(folder.resolve("a.hea"), "a 1 1 3\n../secret.dat 16\n");

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("must be in the header's folder");
    }

    @Test
    void unknownFormatIsNamed() throws IOException {
        Path header = write("a 1 1 3\na.dat 311", "00");

        assertThatThrownBy(() -> WfdbRecord.read(header))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("signal 1: format 311 is not known; known are [16, 80, 212]");
    }

    @Test
    void textThatIsNoHeaderIsRefused() throws IOException {
        for (String text :
                new String[] {"", "# only\n", "hello world\n", "a 0 1 1\n", "a 2 1 1\na.dat 16\n", "a 1 x 1\nb 16\n"}) {
            Path header = Files.writeString(folder.resolve("bad.hea"), text);
            assertThatThrownBy(() -> WfdbRecord.read(header)).as(text).isInstanceOf(BadInputException.class);
        }
    }

    private Path write(String header, String hex) throws IOException {
        Files.write(folder.resolve("a.dat"), HexFormat.of().parseHex(hex.replace(" ", "")));
        return Files.writeString(folder.resolve("a.hea"), header + "\n");
    }
}
