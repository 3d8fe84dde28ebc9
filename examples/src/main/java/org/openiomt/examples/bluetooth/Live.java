package org.openiomt.examples.bluetooth;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.spi.Transport;

/** A gateway that prints what devices measure, and what happens to them. */
public final class Live implements AutoCloseable {
    private final AtomicLong readings = new AtomicLong();
    private final Gateway gateway;

    /**
     * Begins.
     *
     * @param out for observations
     * @param err for states of devices and frames that were not understood
     */
    public Live(Transport transport, ChosenDevice chosen, PrintWriter out, PrintWriter err) {
        gateway = Gateway.builder()
                .transport(transport)
                .filter(chosen::is)
                .build()
                .onObservation(observation -> {
                    readings.incrementAndGet();
                    print(out, observation.device() + "  " + ObservationText.line(observation));
                })
                .onEvent(event -> report(event, err))
                .start();
    }

    /** Returns how many observations have come. */
    public long readings() {
        return readings.get();
    }

    @Override
    public void close() {
        gateway.close();
    }

    private static void report(DeviceEvent event, PrintWriter err) {
        if (event instanceof DeviceEvent.StateChanged changed) {
            print(err, changed.device() + "  " + changed.to() + ": " + changed.reason());
        } else if (event instanceof DeviceEvent.FrameRefused refused) {
            print(err, refused.device() + "  not understood, " + refused.channel() + ": " + refused.reason());
        } else if (event instanceof DeviceEvent.Unmatched unmatched) {
            print(err, unmatched.device() + "  not read: " + unmatched.reason());
        }
    }

    private static void print(PrintWriter to, String line) {
        synchronized (to) {
            to.println(line);
            to.flush();
        }
    }
}
