package org.openiomt.ble.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.testkit.ManualClock;

/** The real gateway with the drivers that the service loader finds, over an air on a manual clock. */
public final class ManualGateway implements AutoCloseable {
    /** Time. */
    public final ManualClock clock = new ManualClock();

    /** The air. */
    public final VirtualAir air = new VirtualAir(clock);

    /** What came, in order. */
    public final List<Observation> observations = new ArrayList<>();

    /** What happened, in order. */
    public final List<DeviceEvent> events = new ArrayList<>();

    /** The gateway, started. */
    public final Gateway gateway;

    /** Starts a gateway with its defaults. */
    public ManualGateway() {
        this(builder -> builder);
    }

    /** Starts a gateway with something set. */
    public ManualGateway(UnaryOperator<Gateway.Builder> settings) {
        Gateway.Builder builder =
                Gateway.builder().transport(Ble.simulated(air)).scheduler(clock).random(new Random(1));
        gateway = settings.apply(builder)
                .build()
                .onObservation(observations::add)
                .onEvent(events::add)
                .start();
        clock.runUntilIdle();
    }

    /** Lets everything happen that can happen without time passing. */
    public void run() {
        clock.runUntilIdle();
    }

    /** Lets time pass, long enough for every pause between attempts. */
    public void pass() {
        clock.advance(Duration.ofMinutes(10));
    }

    /** Returns what came of a type, in order. */
    public List<Observation> of(Code type) {
        return observations.stream()
                .filter(observation -> observation.type().equals(type))
                .toList();
    }

    /** Returns what came as lines of text, without batteries. */
    public List<String> lines() {
        return observations.stream()
                .filter(observation -> !observation.type().equals(Mdc.MDC_ATTR_VAL_BATT_CHARGE))
                .map(ObservationText::line)
                .toList();
    }

    /** Returns the state of the only device. */
    public DeviceState state() {
        return gateway.devices().get(0).state();
    }

    /** Returns the events of a kind, in order. */
    public <T extends DeviceEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        gateway.close();
        air.close();
    }
}
