package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.openiomt.ble.Ble;
import org.openiomt.ble.bluez.BluezSettings;
import org.openiomt.ble.bluez.BluezTransport;
import org.openiomt.ble.bluez.Pairing;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.cli.Timetable;
import org.openiomt.examples.simulate.VirtualFleet;
import picocli.CommandLine.Option;

/** The options of a command that talks to devices: through which adapter, or to virtual ones. */
public final class NearbyDevices {
    private static final int MAX_SIMULATED = 100;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration ADAPTER_WITHIN = Duration.ofSeconds(20);

    @Option(
            names = "--simulated",
            paramLabel = "N",
            description = "N virtual devices that measure once a second, 1 to 100, in place of real ones.")
    private Optional<Integer> simulated = Optional.empty();

    @Option(
            names = "--adapter",
            paramLabel = "NAME|ADDRESS",
            description = "The Bluetooth adapter. Default: the first that is switched on.")
    private Optional<String> adapter = Optional.empty();

    @Option(
            names = "--bus",
            paramLabel = "ADDRESS",
            description = "The D-Bus on which BlueZ is. Default: $DBUS_SYSTEM_BUS_ADDRESS, else the system bus.")
    private Optional<String> bus = Optional.empty();

    @Option(
            names = "--pair",
            paramLabel = "HOW",
            description =
                    "Bond with devices that ask for it: ${COMPLETION-CANDIDATES}. just_works takes any bond without proof; ask asks"
                            + " you. Default: ${DEFAULT-VALUE}.",
            defaultValue = "no")
    private Bonding bonding = Bonding.NO;

    private enum Bonding {
        NO,
        JUST_WORKS,
        ASK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Opens the way to the devices.
     *
     * @param out where a question about a bond is asked
     * @throws BadInputException when an option is wrong
     * @throws CommandFailedException when Bluetooth cannot be used, with what to do
     */
    public Transport open(Open open, Scheduler scheduler, PrintWriter out) {
        return simulated.isPresent() ? virtual(simulated.get(), open, scheduler) : real(open, out);
    }

    private Transport virtual(int count, Open open, Scheduler scheduler) {
        if (count < 1 || count > MAX_SIMULATED) {
            throw new BadInputException("--simulated: expected 1.." + MAX_SIMULATED + ", but got " + count);
        }
        if (adapter.isPresent() || bus.isPresent()) {
            throw new BadInputException("--simulated: virtual devices need no --adapter and no --bus");
        }
        VirtualAir air = open.add(new VirtualAir(scheduler));
        VirtualFleet fleet = new VirtualFleet(air, count);
        open.add(new Timetable(scheduler)).every(PERIOD, PERIOD, fleet::measure);
        return open.add(Ble.simulated(air));
    }

    private Transport real(Open open, PrintWriter out) {
        BluezTransport bluez = open.add(Ble.bluez(settings(out)));
        Answers.of(bluez.adapter(), ADAPTER_WITHIN, "an answer of BlueZ");
        return bluez;
    }

    private BluezSettings settings(PrintWriter out) {
        try {
            BluezSettings settings = BluezSettings.DEFAULT.withPairing(
                    switch (bonding) {
                        case NO -> Pairing.REFUSED;
                        case JUST_WORKS -> new AnyBond();
                        case ASK -> new AskedBond(out);
                    });
            settings = bus.isPresent() ? settings.withBusAddress(bus.get()) : settings;
            return adapter.isPresent() ? settings.withAdapter(adapter.get()) : settings;
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--bus: " + e.getMessage(), e);
        }
    }
}
