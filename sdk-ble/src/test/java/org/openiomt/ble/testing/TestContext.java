package org.openiomt.ble.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Warning;
import org.openiomt.testkit.ManualClock;

/** The least that a driver needs of a gateway; keeps what the driver says. Everything runs on the test's thread. */
public final class TestContext implements DriverContext {
    /** What was offered. */
    public final List<Observation> offered = new ArrayList<>();

    /** What was refused, {@code channel: reason}. */
    public final List<String> refused = new ArrayList<>();

    /** What was odd, {@code channel: reason}. */
    public final List<String> odd = new ArrayList<>();

    /** What was said about the whole session, newest last. */
    public final List<String> said = new ArrayList<>();

    /** What the device said about itself, newest last. */
    public final List<DeviceDescription> descriptions = new ArrayList<>();

    /** What the driver remembers; put it into the next context to begin a later session. */
    public final Map<String, Long> memory = new HashMap<>();

    /** Whether the application lets records be deleted. */
    public boolean mayDelete;

    private final Map<ObservationId, Runnable> awaited = new LinkedHashMap<>();
    private final ManualClock clock;
    private final Discovery discovery;
    private final Link link;
    private ClockState clockState = ClockState.UNKNOWN;
    private long arrivals;

    /** Makes a context for one session. */
    public TestContext(ManualClock clock, Discovery discovery, Link link) {
        this.clock = clock;
        this.discovery = discovery;
        this.link = link;
    }

    @Override
    public DeviceId device() {
        return DeviceId.of(discovery.address());
    }

    @Override
    public Discovery discovery() {
        return discovery;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Arrival arrival() {
        return Arrival.of(device(), clock.instant(), arrivals++, clockState, Subjects.UNKNOWN);
    }

    @Override
    public void clockState(ClockState state) {
        clockState = state;
    }

    @Override
    public Optional<ZoneId> deviceZone() {
        return Optional.of(ZoneOffset.UTC);
    }

    @Override
    public void clockSet(Channel channel, Optional<Duration> error) {
        said.add("clock set: " + channel);
    }

    @Override
    public boolean offer(Observation observation) {
        return offered.add(observation);
    }

    @Override
    public boolean offer(Observation observation, Runnable acknowledged) {
        awaited.put(observation.id(), acknowledged);
        return offer(observation);
    }

    @Override
    public boolean mayDeleteRecords() {
        return mayDelete;
    }

    /** The sink takes everything that was offered until now. */
    public void acknowledgeAll() {
        Map<ObservationId, Runnable> tasks = new LinkedHashMap<>(awaited);
        awaited.clear();
        tasks.values().forEach(Runnable::run);
    }

    @Override
    public void describe(DeviceDescription description) {
        descriptions.add(description);
    }

    @Override
    public void refused(Channel channel, RuntimeException fault) {
        refused.add(channel + ": " + fault.getMessage());
    }

    @Override
    public void odd(Channel channel, List<Warning> warnings) {
        warnings.forEach(warning -> odd.add(channel + ": " + warning));
    }

    @Override
    public void degraded(String reason) {
        said.add("degraded: " + reason);
    }

    @Override
    public void recovered() {
        said.add("recovered");
    }

    @Override
    public void remember(String name, long number) {
        memory.put(name, number);
    }

    @Override
    public void rememberWhenStored(Map<String, Long> numbers) {
        memory.putAll(numbers);
    }

    @Override
    public OptionalLong remembered(String name) {
        return memory.containsKey(name) ? OptionalLong.of(memory.get(name)) : OptionalLong.empty();
    }

    @Override
    public Scheduler.Cancellable after(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }
}
