package org.openiomt.examples.bluetooth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.examples.CommandRun;

class BluetoothCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    Path folder;

    @Test
    void scanListsEachDeviceOnceWithItsDriver() {
        CommandRun run = CommandRun.of("scan", "--simulated", "4", "--seconds", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList()).hasSize(5);
        assertThat(run.out())
                .containsOnlyOnce("cuff-0001")
                .contains("1810")
                .contains("4 devices")
                .doesNotContain("(no driver)");
    }

    @Test
    void readSaysWhatIsInAChannel() {
        CommandRun run = CommandRun.of("read", "--simulated", "1", "--device", "cuff-0001", "1810/2a49");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("1810/2a49  Blood Pressure Feature  ").contains("{");
    }

    @Test
    void readOfEverythingTellsWhatTheDeviceRefuses() {
        CommandRun run = CommandRun.of("read", "--simulated", "1", "--device", "cuff-0001");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1810/2a35  Blood Pressure Measurement  not read: ")
                .contains("1810/2a49  Blood Pressure Feature  ");
    }

    @Test
    void readOfWhatIsNotThereIsSaid() {
        CommandRun channel = CommandRun.of("read", "--simulated", "1", "--device", "cuff-0001", "180f/ffff");
        assertThat(channel.exitCode()).isEqualTo(2);
        assertThat(channel.err()).contains("no channel '180f/ffff'").contains("1810/2a35");

        CommandRun device = CommandRun.of("read", "--simulated", "1", "--device", "nobody", "--within", "1");
        assertThat(device.exitCode()).isEqualTo(1);
        assertThat(device.err()).contains("a sign of nobody did not come within 1 s");

        CommandRun none = CommandRun.of("read", "--simulated", "1");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("--device").contains("'scan' lists them");
    }

    @Test
    void watchPrintsWhatOneDeviceMeasures() {
        CommandRun run = CommandRun.of("watch", "--simulated", "4", "--device", "strap-0003", "--seconds", "4");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("strap-0003  "));
        assertThat(run.out()).contains("heart rate");
        assertThat(run.err()).contains("strap-0003  READY");
    }

    @Test
    void withoutABusItIsSaidWhatToDo() {
        String nowhere = "unix:path=" + folder.resolve("bus");
        for (String command : new String[] {"scan", "watch"}) {
            CommandRun run = CommandRun.of(command, "--bus", nowhere, "--seconds", "5");

            assertThat(run.exitCode()).as(command).isEqualTo(1);
            assertThat(run.err()).contains("D-Bus").doesNotContain("fault in");
        }
        CommandRun record = CommandRun.of("record", folder.resolve("new.txt").toString(), "--bus", nowhere);
        assertThat(record.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("new.txt")).doesNotExist();
    }

    @Test
    void badOptionsAreNamed() {
        assertThat(CommandRun.of("scan", "--bus", "nonsense").err()).startsWith("--bus: ");
        assertThat(CommandRun.of("scan", "--simulated", "0").err()).contains("--simulated: expected 1..100");
        assertThat(CommandRun.of("scan", "--simulated", "1", "--adapter", "hci0")
                        .err())
                .contains("need no --adapter");
        assertThat(CommandRun.of("watch", "--seconds", "0").err()).contains("--seconds");
        assertThat(CommandRun.of("watch", "--pair", "maybe").err()).contains("just_works");
    }
}
