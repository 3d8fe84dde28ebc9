package org.openiomt.examples.decode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decodes one value from the command line, or one a line from standard input. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        description = {
            "Says what is in the octets of a Bluetooth characteristic, as one JSON object.",
            "'decode -' reads '<characteristic> <hex>' lines from standard input and prints one object a line, with \"error\" "
                    + "for a line that cannot be decoded; it never stops at one and ends with exit code 0. Blank lines and lines "
                    + "that begin with # are passed over."
        },
        footer = {
            "",
            "Examples:",
            "  decode 2A35 167C0056006100E807060F11111B33000000",
            "  decode blood-pressure-measurement '16 7C 00 56 00 61 00 E8 07 06 0F 11 11 1B 33 00 00 00'",
            "  grep 2A35 capture.log | cut -d' ' -f3- | decode -",
            "",
            "Exit codes: 0 decoded, 2 malformed or unknown; the message names the field and the octet."
        })
public final class DecodeCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_LINE = 65_536;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CHARACTERISTIC",
            description = "2A35, 0x2A35, a whole UUID or a name; or - for standard input.")
    private Optional<String> characteristic = Optional.empty();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "HEX",
            description = "The octets; spaces, colons, dashes and 0x are passed over.")
    private List<String> hex = List.of();

    @Option(
            names = "--strict",
            description =
                    "Refuse what the specification does not foresee; without it that is kept and put into \"warnings\".")
    private boolean isStrict;

    @Option(names = "--list", description = "List the known characteristics and end.")
    private boolean isListing;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        DecodeMode mode = isStrict ? DecodeMode.STRICT : DecodeMode.LENIENT;
        if (isListing) {
            Profiles.all().forEach(out::println);
        } else if (characteristic.isEmpty()) {
            throw new BadInputException("expected a characteristic and its octets, or -; see 'decode --help'");
        } else if (characteristic.get().equals(STANDARD_INPUT) && hex.isEmpty()) {
            try (Reader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                decodeLines(in, out, mode);
            }
        } else if (hex.isEmpty()) {
            throw new BadInputException("expected the octets behind the characteristic, in hexadecimal digits");
        } else {
            try {
                out.println(DecodedJson.of(characteristic.get(), String.join(" ", hex), mode, Clock.systemUTC()));
            } catch (DecodeException e) {
                throw new BadInputException(String.valueOf(e.getMessage()), e);
            }
        }
        out.flush();
        return 0;
    }

    /** Decodes line by line; stops early only when nobody reads the answers any more. */
    static void decodeLines(Reader in, PrintWriter out, DecodeMode mode) throws IOException {
        StringBuilder line = new StringBuilder();
        long number = 0;
        boolean isEnd = false;
        while (!isEnd) {
            line.setLength(0);
            long length = 0;
            int c = in.read();
            for (; c >= 0 && c != '\n'; c = in.read()) {
                length++;
                if (length <= MAX_LINE) {
                    line.append((char) c);
                }
            }
            isEnd = c < 0;
            number++;
            String text = line.toString().strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                out.println(decodeLine(text, length, number, mode));
                if (out.checkError()) {
                    throw new CommandFailedException("standard output is closed");
                }
            }
        }
    }

    private static String decodeLine(String text, long length, long number, DecodeMode mode) {
        Map<String, Object> error = new LinkedHashMap<>();
        try {
            if (length > MAX_LINE) {
                throw new BadInputException("the line has more than " + MAX_LINE + " characters");
            }
            String[] parts = text.split("\\s+", 2);
            if (parts.length < 2) {
                throw new BadInputException("expected '<characteristic> <hex>'");
            }
            return DecodedJson.of(parts[0], parts[1], mode, Clock.systemUTC());
        } catch (DecodeException e) {
            error.put("error", e.getMessage());
            error.put("field", e.field());
            error.put("offset", e.offset());
        } catch (BadInputException e) {
            error.put("error", e.getMessage());
        }
        error.put("line", number);
        return JsonText.of(error);
    }
}
