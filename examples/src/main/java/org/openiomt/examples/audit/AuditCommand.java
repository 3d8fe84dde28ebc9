package org.openiomt.examples.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.security.audit.AuditEntry;
import org.openiomt.security.audit.AuditException;
import org.openiomt.security.audit.AuditFile;
import org.openiomt.security.audit.SignedNote;
import org.openiomt.security.audit.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an auditor does with the log of a gateway or an application. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Checks an audit log, shows what is in it, and proves single entries.",
        footer = {
            "",
            "A gateway writes its log to audit.log in its folder, an application with --audit in that one; the newest checkpoint lies "
                    + "beside it in audit.log.checkpoint.",
            "",
            "Exit codes: 0 all is well, 2 the log was changed or is none; the message names the entry."
        })
public final class AuditCommand implements Callable<Integer> {
    private static final String FILE = "The log.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Shows the help when no command is named. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Says whether every entry is as it was written. */
    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Checks every entry, checkpoint and signature, and that nothing was cut off.",
                "Whoever can write the files could have put another key into them: give --key from elsewhere to be sure. A cut that "
                        + "took the newest checkpoint back too is found with a --checkpoint that was kept elsewhere."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Option(names = "--key", paramLabel = "KEY", description = "Who must have signed it: name+id+base64.")
                    Optional<String> key,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "NOTE",
                            description = "A signed checkpoint that the log must lead to; may be repeated.")
                    List<Path> checkpoints) {
        Optional<VerifierKey> expected = key.map(AuditCommand::key);
        AuditFile.Verification found = verify(
                new AuditFile(file),
                expected,
                checkpoints == null
                        ? List.of()
                        : checkpoints.stream().map(AuditCommand::note).toList());
        PrintWriter out = spec.commandLine().getOut();
        if (found instanceof AuditFile.Verification.Good good) {
            out.println(good.size() + " entries, root " + good.root());
            out.println("signed by " + good.key() + (expected.isPresent() ? "" : " (the log's own words)"));
            if (good.unsigned() > 0) {
                out.println("NOT SIGNED: the last " + good.unsigned()
                        + ", which anybody could have written; the next start of the gateway signs them");
            }
            out.flush();
            return ExitCode.OK;
        }
        if (found instanceof AuditFile.Verification.Bad bad) {
            throw new BadInputException(file + ": " + bad.message());
        }
        throw new AssertionError(found);
    }

    /** Shows the entries. */
    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Prints one line an entry: number, time, how good the clock was, type, and what it was about.",
                "Stops at the first bad entry with exit code 2. Checks less than 'audit verify'."
            })
    int show(@Parameters(paramLabel = "FILE", description = FILE) Path file) {
        PrintWriter out = spec.commandLine().getOut();
        Optional<AuditFile.Verification.Bad> bad = read(new AuditFile(file), out);
        out.flush();
        bad.ifPresent(fault -> {
            throw new BadInputException(file + ": " + fault.message());
        });
        return ExitCode.OK;
    }

    /** Proves an entry. */
    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints a proof (C2SP tlog-proof) that an entry is in the log, for whoever has only the key.")
    int prove(
            @Parameters(index = "0", paramLabel = "FILE", description = FILE) Path file,
            @Parameters(index = "1", paramLabel = "ENTRY", description = "The number of the entry, from 0.")
                    long entry) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.print(new AuditFile(file).prove(entry));
        } catch (AuditException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static AuditFile.Verification verify(AuditFile file, Optional<VerifierKey> key, List<SignedNote> notes) {
        try {
            return file.verify(key, notes);
        } catch (AuditException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<AuditFile.Verification.Bad> read(AuditFile file, PrintWriter out) {
        try {
            return file.read(entry -> out.println(line(entry)));
        } catch (AuditException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static VerifierKey key(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (DecodeException e) {
            throw new BadInputException("--key: " + e.getMessage(), e);
        }
    }

    private static SignedNote note(Path file) {
        try {
            return SignedNote.parse(Files.readAllBytes(file));
        } catch (IOException | DecodeException e) {
            throw new BadInputException("--checkpoint: " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns one line; what comes from others can bring no line end or colour into a terminal. */
    private static String line(AuditEntry entry) {
        List<String> parts = new ArrayList<>();
        parts.add(Long.toString(entry.sequence()));
        parts.add(entry.time().toString());
        parts.add(clock(entry.clock()));
        parts.add(entry.event().type().toString());
        entry.event().device().map(DeviceId::value).ifPresent(parts::add);
        add(parts, "about", entry.event().subject());
        add(parts, "by", entry.event().actor());
        add(parts, "detail", entry.event().detail());
        if (entry.count() > 1) {
            parts.add("count=" + entry.count());
        }
        return String.join("  ", parts);
    }

    private static void add(List<String> parts, String name, String text) {
        if (!text.isEmpty()) {
            parts.add(name + "=" + text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD"));
        }
    }

    private static String clock(ClockState clock) {
        String quality = switch (clock.synchronisation()) {
            case SYNCHRONISED -> "synchronised";
            case NOT_SYNCHRONISED -> "not synchronised";
            case UNKNOWN -> "clock unknown";
        };
        return clock.continuity() == ClockState.Continuity.JUMPED ? quality + ", jumped back" : quality;
    }
}
