package org.openiomt.examples.wifi;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Open;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads devices over secure TCP with the drivers of Bluetooth. */
@Command(
        name = "wifi",
        mixinStandardHelpOptions = true,
        description = {
            "A cuff, a strap and a thermometer on Wi-Fi: each dials the gateway over TCP, both ends authenticate each other, and the "
                    + "drivers of Bluetooth read them unchanged.",
            "Prints a reading of each and ends. docs/secure-link.md says what is on the wire."
        })
public final class WifiCommand implements Callable<Integer> {
    private static final long SECONDS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Open open = new Open()) {
            Scheduler scheduler = open.add(Scheduler.system("wifi", 2));
            VirtualAir air = open.add(new VirtualAir(scheduler));
            VirtualCuff cuff = new VirtualCuff(air, "cuff-1");
            VirtualHeartRateStrap strap = new VirtualHeartRateStrap(air, "strap-1");
            VirtualThermometer thermometer = new VirtualThermometer(air, "thermometer-1");
            Map<String, Runnable> measuring = Map.of(
                    "cuff-1", () -> cuff.measure(120, 80, 93),
                    "strap-1", () -> strap.measure(72),
                    "thermometer-1", () -> thermometer.measure("36.80"));

            WifiDevices wifi = open.add(new WifiDevices(Ble.simulated(air), scheduler));
            Gateway gateway =
                    open.add(Gateway.builder().transport(wifi.transport()).build());
            BlockingQueue<Observation> readings = new LinkedBlockingQueue<>();
            gateway.onObservation(observation -> {
                if (List.of(Mdc.MDC_PRESS_BLD_NONINV, Mdc.MDC_ECG_HEART_RATE, Mdc.MDC_TEMP_BODY)
                        .contains(observation.type())) {
                    readings.add(observation);
                }
            });
            gateway.onEvent(event -> {
                if (event instanceof DeviceEvent.StateChanged changed && changed.to() == DeviceState.READY) {
                    measuring.getOrDefault(changed.device().value(), () -> {}).run();
                }
            });
            gateway.start();
            for (int i = 0; i < measuring.size(); i++) {
                Observation reading = readings.poll(SECONDS, TimeUnit.SECONDS);
                if (reading == null) {
                    throw new CommandFailedException("no reading came within " + SECONDS + " s");
                }
                out.println(reading.device() + "  " + ObservationText.line(reading));
            }
            out.flush();
        }
        return 0;
    }
}
