package org.openiomt.ble.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs the fuzzer: {@code Fuzz together|each SECONDS PART/PARTS FILTER FOLDER}, with Jazzer on the class path. {@code together} is
 * one run over all targets; {@code each} gives every target whose name fits the regular expression {@code FILTER} a process and
 * {@code SECONDS} of its own, one after the other; several parts can run beside each other. Prints what each run did, and the totals
 * on the last line; ends with 1 when anything was found. The inputs of a finding and the output of each run are left in
 * {@code FOLDER}.
 */
public final class Fuzz {
    private static final String MAX_HEAP = "-Xmx128m"; // the least in which Jazzer itself starts
    private static final int SECONDS_AN_INPUT = 10; // of the wall, not of the processor, which others may use
    private static final int MAX_OCTETS = 1024;
    private static final Pattern NEEDED = Pattern.compile("openiomt|jazzer|jackson|slf4j-api|jspecify|dbus");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");
    private static final Pattern FINDING =
            Pattern.compile("(?m)^(== Java Exception: .*|==.*ERROR: .*|Exception in thread .*|\\s*Caused by: .*)$");

    private final Path folder;
    private final int seconds;
    private final PrintStream out;

    private Fuzz(Path folder, int seconds, PrintStream out) {
        this.folder = folder;
        this.seconds = seconds;
        this.out = out;
    }

    /**
     * What a run did.
     *
     * @param inputs how many inputs it tried
     * @param seconds how long, as the fuzzer says
     * @param processorSeconds how long it computed, its start included; less on a machine that has other work
     * @param coverage the edges that it reached
     * @param findings what it found, in words
     */
    private record Run(long inputs, long seconds, long processorSeconds, long coverage, List<String> findings) {}

    /** Runs the fuzzer. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5) {
            System.err.println("expected: together|each SECONDS PART/PARTS FILTER FOLDER");
            System.exit(2);
        }
        Fuzz fuzz = new Fuzz(
                Path.of(arguments[4]),
                Integer.parseInt(arguments[1]),
                new PrintStream(System.out, true, StandardCharsets.UTF_8));
        boolean isClean = arguments[0].equals("together") ? fuzz.together() : fuzz.each(arguments[2], arguments[3]);
        System.exit(isClean ? 0 : 1);
    }

    private boolean together() throws IOException, InterruptedException {
        List<FuzzTarget> targets = FuzzTargets.all();
        Stream<byte[]> seeds = IntStream.range(0, targets.size())
                .boxed()
                .flatMap(which -> targets.get(which).seeds().map(seed -> selecting(which, seed)));
        Run run = run("together", "", seeds);
        return total(Map.of("all " + targets.size() + " targets together", run));
    }

    private static byte[] selecting(int which, byte[] seed) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(which);
        input.write(which >> Byte.SIZE);
        input.writeBytes(seed);
        return input.toByteArray();
    }

    private boolean each(String part, String filter) throws IOException, InterruptedException {
        int parts = Integer.parseInt(part.replaceFirst(".*/", ""));
        int mine = Integer.parseInt(part.replaceFirst("/.*", "")) - 1;
        List<FuzzTarget> all = FuzzTargets.all();
        List<FuzzTarget> chosen = IntStream.range(0, all.size())
                .filter(which -> which % parts == mine)
                .mapToObj(all::get)
                .filter(target -> Pattern.compile(filter).matcher(target.name()).find())
                .toList();
        out.printf("%d of %d targets, %d s each:%n", chosen.size(), all.size(), seconds);
        for (FuzzTarget target : chosen) {
            out.printf("  %s: %s%n", shortName(target), described(target.members()));
        }
        Map<String, Run> runs = new TreeMap<>();
        for (FuzzTarget target : chosen) {
            runs.put(target.name(), run(shortName(target), target.name(), target.seeds()));
        }
        return !chosen.isEmpty() && total(runs);
    }

    private static String shortName(FuzzTarget target) {
        return target.name().replaceFirst("org\\.openiomt\\.ble\\.(profile\\.)?", "");
    }

    private static String described(List<String> members) {
        int most = 12;
        return members.size() <= most
                ? String.join(", ", members)
                : String.join(", ", members.subList(0, most)) + " and " + (members.size() - most) + " more";
    }

    private Run run(String label, String target, Stream<byte[]> seeds) throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(label.replaceAll("[^\\w.]", "_")));
        Path corpus = Files.createDirectories(own.resolve("corpus"));
        List<byte[]> inputs = seeds.toList();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(corpus.resolve("vector-" + i), inputs.get(i));
        }
        Path log = own.resolve("log");
        Process process = new ProcessBuilder(command(target, own, corpus))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        Duration processor = Duration.ZERO;
        while (!process.waitFor(1, TimeUnit.SECONDS)) {
            processor = process.info().totalCpuDuration().orElse(processor);
        }
        Run run = read(Files.readString(log, StandardCharsets.ISO_8859_1), process.exitValue(), processor.toSeconds());
        out.printf(
                "%s: %d s (%d s of processor), %d inputs, %d edges, %d findings%n",
                label, run.seconds, run.processorSeconds, run.inputs, run.coverage, run.findings.size());
        run.findings.forEach(finding -> out.printf("  FOUND %s (see %s)%n", finding, log));
        return run;
    }

    private List<String> command(String target, Path own, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                MAX_HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // a minute is too short for more
                "-D" + FuzzEntry.PROPERTY + "=" + target,
                "-D" + FuzzEntry.SEEDS + "=" + corpus,
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=org.openiomt.**",
                "--instrumentation_excludes=" + FuzzEntry.class.getPackageName() + ".**",
                "--reproducer_path=" + own,
                "-artifact_prefix=" + own + "/",
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_AN_INPUT,
                "-max_len=" + MAX_OCTETS,
                "-print_final_stats=1",
                corpus.toString());
    }

    /** Returns the class path without what only tests need, through which the fuzzer would look for long. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry ->
                        !entry.endsWith(".jar") || NEEDED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Run read(String log, int exit, long processorSeconds) {
        long inputs = 0;
        long lasted = 0;
        long coverage = 0;
        Matcher done = DONE.matcher(log);
        while (done.find()) {
            inputs = Long.parseLong(done.group(1));
            lasted = Long.parseLong(done.group(2));
        }
        Matcher covered = COVERAGE.matcher(log);
        while (covered.find()) {
            coverage = Long.parseLong(covered.group(1));
        }
        List<String> findings = new ArrayList<>();
        if (exit != 0 || lasted == 0) {
            Matcher finding = FINDING.matcher(log);
            findings.add(finding.find() ? finding.group(1) : "the fuzzer ended with " + exit);
        }
        return new Run(inputs, lasted, processorSeconds, coverage, findings);
    }

    private boolean total(Map<String, Run> runs) {
        long findings =
                runs.values().stream().mapToLong(run -> run.findings.size()).sum();
        long inputs = runs.values().stream().mapToLong(Run::inputs).sum();
        long shortest = runs.values().stream().mapToLong(Run::seconds).min().orElse(0);
        long sum = runs.values().stream().mapToLong(Run::seconds).sum();
        long processor = runs.values().stream().mapToLong(Run::processorSeconds).sum();
        out.printf(
                Locale.ROOT,
                "TOTAL: %d targets, %d s (%d s of processor), at least %d s each, %d inputs, %d findings%n",
                runs.size(),
                sum,
                processor,
                shortest,
                inputs,
                findings);
        return findings == 0;
    }
}
