package org.openiomt.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls between the rooms stand, and the test that says so would notice if they did not. */
class WallsTest {
    @TempDir
    Path house;

    @Test
    void noWallIsCrossed() {
        Path root = Path.of(System.getProperty("openiomt.root", ".."));
        assertThat(root.resolve("sdk-core/src/main/java"))
                .as("the sources, by -Dopeniomt.root")
                .isDirectory();

        assertThat(Walls.crossings(root)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a peer,          sdk-mqtt,     org.openiomt.mqtt.uplink,   org.openiomt.ble.Ble,                   only core is common ground",
        "a newer peer,    sdk-kafka,    org.openiomt.kafka,         org.openiomt.mqtt.topic.Topic,          only core is common ground",
        "a heavy library, sdk-mqtt,     org.openiomt.mqtt.uplink,   org.apache.kafka.common.TopicPartition, only sdk-kafka may",
        "the test kit,    sdk-ble,      org.openiomt.ble.driver,    org.openiomt.testkit.ManualClock,       only core is common ground",
        "another room,    sdk-core,     org.openiomt.core.model,    org.openiomt.examples.Demo,             only core is common ground",
        "a library,       sdk-core,     org.openiomt.core.gateway,  io.netty.buffer.ByteBuf,                but only [java",
        "a databinder,    sdk-core,     org.openiomt.core.json,     tools.jackson.databind.ObjectMapper,    but only [java",
        "a desktop,       sdk-core,     org.openiomt.core.json,     javax.swing.JFrame,                     but only [java",
        "the model,       sdk-core,     org.openiomt.core.wire,     org.openiomt.core.model.Observation,    core.wire knows core.model",
        "a transport,     sdk-core,     org.openiomt.core.json,     org.openiomt.core.spi.Link,             core.json knows core.spi",
        "the gateway,     sdk-core,     org.openiomt.core.outbox,   org.openiomt.core.gateway.Gateway,      core.outbox knows core.gateway",
        "a room,          sdk-core,     org.openiomt.core,          org.openiomt.core.wire.ByteReader,      the root package of core knows",
        "a new room,      sdk-core,     org.openiomt.core.novelty,  org.openiomt.core.wire.ByteReader,      has no row in the table",
        "MDC in a codec,  sdk-ble,      org.openiomt.ble.profile.x, org.openiomt.core.nomenclature.Mdc,     below the mapping",
        "MDC in GATT,     sdk-ble,      org.openiomt.ble.gatt,      org.openiomt.core.nomenclature.Units,   below the mapping",
        "MDC in RACP,     sdk-ble,      org.openiomt.ble.procedure, org.openiomt.core.nomenclature.Loinc,   below the mapping",
        "a driver,        sdk-ble,      org.openiomt.ble.profile,   org.openiomt.ble.driver.GlucoseDriver,  below the mapping",
    })
    void aCrossingIsReportedWithFileAndLine(String what, String module, String from, String to, String report)
            throws IOException {
        Path folder = givenPackage(module, from, "@NullMarked");
        Files.writeString(folder.resolve("Imports.java"), "package " + from + ";\n\nimport " + to + ";\n");
        Files.writeString(folder.resolve("Names.java"), "package " + from + ";\nclass Names {\n    " + to + " x;\n}\n");
        Files.writeString(
                folder.resolve("Static.java"), "package " + from + ";\n\n\nimport static " + to + ".CONSTANT;\n");

        String place = house.relativize(folder).toString();
        assertThat(Walls.crossings(house))
                .as(what)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(report));
        assertThat(Walls.crossings(house))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(place + "/Imports.java:3", place + "/Names.java:3", place + "/Static.java:4");
    }

    @Test
    void commentsAndTextsAreNoCrossing() throws IOException {
        Path folder = givenPackage("sdk-ble", "org.openiomt.ble.profile", "@NullMarked");
        Files.writeString(folder.resolve("Clean.java"), """
                package org.openiomt.ble.profile;
                /** See {@link org.openiomt.core.nomenclature.Mdc}. */
                class Clean {
                    // org.openiomt.ble.driver.Driver
                    String text = "a \\" org.openiomt.mqtt.Mqtt";
                    char quote = '"';
                    org.openiomt.core.wire.ByteReader in;
                }
                """);

        assertThat(Walls.crossings(house)).isEmpty();
    }

    @Test
    void whoKnowsEverybodyMay() throws IOException {
        Path folder = givenPackage("examples", "org.openiomt.examples", "@NullMarked");
        Files.writeString(
                folder.resolve("Demo.java"),
                "package org.openiomt.examples;\nimport org.openiomt.ble.Ble;\nimport org.openiomt.mqtt.Mqtt;\n");

        assertThat(Walls.crossings(house)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"util", "common", "impl", "helper", "internal"})
    void aPackageNameThatSaysNothingIsReported(String name) throws IOException {
        givenPackage("sdk-mqtt", "org.openiomt.mqtt." + name, "@NullMarked");

        assertThat(Walls.crossings(house))
                .containsExactly("sdk-mqtt/src/main/java/org/openiomt/mqtt/" + name + ": the package name '" + name
                        + "' says nothing; name the thing");
    }

    @Test
    void aPackageWithoutNullMarksIsReported() throws IOException {
        givenPackage("sdk-mqtt", "org.openiomt.mqtt", "/* @NullMarked */");
        Path folder = Files.createDirectories(house.resolve("benchmarks/src/main/java/org/openiomt/benchmarks"));
        Files.writeString(folder.resolve("Bench.java"), "package org.openiomt.benchmarks;\n");

        assertThat(Walls.crossings(house))
                .containsExactly(
                        "sdk-mqtt/src/main/java/org/openiomt/mqtt/package-info.java:1: has no @NullMarked",
                        "benchmarks/src/main/java/org/openiomt/benchmarks/package-info.java: missing");
    }

    private Path givenPackage(String module, String name, String annotation) throws IOException {
        Path folder = Files.createDirectories(
                house.resolve(module).resolve("src/main/java").resolve(name.replace('.', '/')));
        Files.writeString(folder.resolve("package-info.java"), annotation + "\npackage " + name + ";\n");
        return folder;
    }
}
