package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.JsonText;
import org.openiomt.examples.cli.Open;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads what a device holds. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = {
            "Connects to one Bluetooth device, reads its characteristics and says what is in them: channel, name, octets, meaning.",
            "What can only be subscribed to is told by the device's refusal; 'watch' shows it."
        },
        footer = {
            "",
            "Example: read --device Strap 180f/2a19",
            "",
            "Exit codes: 0 read, 1 failed, 2 wrong options or no such channel."
        })
public final class ReadCommand implements Callable<Integer> {
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
    private static final Duration OPEN_WITHIN = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NearbyDevices devices = new NearbyDevices();

    @Mixin
    private ChosenDevice chosen = new ChosenDevice();

    @Parameters(
            paramLabel = "CHANNEL",
            arity = "0..*",
            description = "What to read, as service/characteristic: 180f/2a19. Default: everything.")
    private List<String> channels = List.of();

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description = "How long to look for the device. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int within;

    @Override
    public Integer call() {
        if (!chosen.isOne()) {
            throw new BadInputException("--device: expected the name or address of the device; 'scan' lists them");
        }
        if (within < 1) {
            throw new BadInputException("--within: expected at least 1, but got " + within);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("read", 2));
            Transport transport =
                    devices.open(open, scheduler, spec.commandLine().getErr());
            Link link = open.add(Answers.of(
                    transport.open(chosen.find(transport, Duration.ofSeconds(within))), OPEN_WITHIN, "the connection"));
            for (Channel channel : wanted(link)) {
                out.println(line(channel, link));
                out.flush();
            }
        }
        return 0;
    }

    private List<Channel> wanted(Link link) {
        List<Channel> all = link.channels().stream()
                .sorted(Comparator.comparing(Channel::name))
                .toList();
        if (channels.isEmpty()) {
            return all;
        }
        List<Channel> wanted = new ArrayList<>();
        for (String name : channels) {
            wanted.add(all.stream()
                    .filter(channel -> channel.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new BadInputException("the device has no channel '" + name + "'; it has " + all)));
        }
        return wanted;
    }

    private static String line(Channel channel, Link link) {
        Optional<Profile<?>> profile = Profiles.find(Gatt.characteristic(channel));
        String name = channel + "  " + profile.map(Profile::name).orElse("(not known)");
        try {
            byte[] octets = Answers.of(link.read(channel), ANSWER_WITHIN, "the value of " + channel);
            return name + "  " + HexFormat.of().formatHex(octets)
                    + profile.map(known -> "  " + meaning(known, octets)).orElse("");
        } catch (RefusedException e) {
            return name + "  not read: " + AttError.describe(channel, e.code());
        }
    }

    private static String meaning(Profile<?> profile, byte[] octets) {
        try {
            return JsonText.of(
                    profile.codec().decode(octets, DecodeMode.LENIENT).value().fields());
        } catch (DecodeException e) {
            return "not understood: " + e.getMessage();
        }
    }
}
