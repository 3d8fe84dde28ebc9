package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openiomt.core.model.Ids;
import org.openiomt.testkit.NotTested;
import org.slf4j.Logger;

/** Keys in a real PKCS#11 token: SoftHSM 2, with a token of its own in a temporary folder. */
class Pkcs11TokenTest {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));
    private static final Path UTILITY = Path.of("/usr/bin/softhsm2-util");

    @TempDir
    private Path folder;

    @Test
    void tokenKeepsItsKeysAndSignsAndAgreesWithThem() throws Exception {
        Path library = softHsm();
        initialise();

        assertThat(scenario(library, "keyInTheTokenSignsForAnIdentity"))
                .containsExactly("done keyInTheTokenSignsForAnIdentity");
        assertThat(scenario(
                        library,
                        "keyOutlivesTheProcess",
                        "privateKeyDoesNotComeOut",
                        "staticKeyAgreesInTheToken",
                        "wrongPinSlotLibraryOrNameIsRefused",
                        "closedHandlesSignNoMore"))
                .containsExactly(
                        "done keyOutlivesTheProcess",
                        "done privateKeyDoesNotComeOut",
                        "done staticKeyAgreesInTheToken",
                        "done wrongPinSlotLibraryOrNameIsRefused",
                        "done closedHandlesSignNoMore");
    }

    private void initialise() throws IOException, InterruptedException {
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        List<String> said = run(
                UTILITY.toString(),
                "--init-token",
                "--free",
                "--label",
                "openiomt",
                "--so-pin",
                "5678",
                "--pin",
                "1234");
        assertThat(said).anyMatch(line -> line.contains("initialized"));
    }

    private List<String> scenario(Path library, String... steps) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Pkcs11Scenario.class.getName(),
                library.toString()));
        command.addAll(List.of(steps));
        List<String> lines = run(command.toArray(String[]::new));
        // A failure is shown with its trace; else what the JDK and its libraries say about themselves is left out.
        return lines.stream().anyMatch(line -> line.startsWith("failed "))
                ? lines
                : lines.stream().filter(line -> line.startsWith("done ")).toList();
    }

    /** The tests may run on a module path; the process of its own never does. */
    private static String classPath() {
        Stream<String> modules = Stream.of(
                        Pkcs11Token.class, // and what it stands on
                        Ids.class,
                        Logger.class,
                        Nullable.class,
                        X509CertificateHolder.class,
                        ASN1Primitive.class,
                        ContentInfo.class)
                .map(Pkcs11TokenTest::location);
        Stream<String> tests =
                Stream.of(Path.of("target", "test-classes").toAbsolutePath().toString());
        return Stream.of(Stream.of(System.getProperty("java.class.path")), modules, tests)
                .flatMap(paths -> paths)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Finds SoftHSM. Where a run must have a token its absence is a failure, elsewhere it is said loudly. */
    private static Path softHsm() {
        return LIBRARIES.stream()
                .filter(library -> Files.exists(library) && Files.isExecutable(UTILITY))
                .findFirst()
                .orElseThrow(() -> NotTested.because("softhsm", "keys in a PKCS#11 token; install softhsm2"));
    }
}
