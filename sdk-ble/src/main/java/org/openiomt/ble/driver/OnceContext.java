package org.openiomt.ble.driver;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Warning;

/**
 * A context that offers each reading of a session once, however many of a device's services tell it: a scale tells the weight
 * alone and beside the body fat, a cuff announces a measurement and keeps a record of it. Readings are the same when they have the
 * same id; those that bear no time of the device have an id of their own each and are not compared. The last
 * {@value #MOST} are known. Each bears what is known about the device's clock, see {@link TimeLine}.
 */
final class OnceContext implements DriverContext {
    private static final int FIRST = 16;
    private static final int MOST = 1_024;

    private final DriverContext context;

    /** Two for each id; the oldest is overwritten when all places are taken. */
    private long[] ids = {};

    private int next;
    private int count;

    private final TimeLine timeLine;

    OnceContext(DriverContext context) {
        this.context = context;
        this.timeLine = new TimeLine(context);
    }

    /** Returns what is known about the device's clock. */
    TimeLine timeLine() {
        return timeLine;
    }

    @Override
    public boolean offer(Observation observation) {
        return once(observation, () -> context.offer(timeLine.mark(observation)));
    }

    /** A reading that was offered before is not awaited again: it is then not deleted on the device, which is the safe side. */
    @Override
    public boolean offer(Observation observation, Runnable acknowledged) {
        return once(observation, () -> context.offer(timeLine.mark(observation), acknowledged));
    }

    @Override
    public boolean mayDeleteRecords() {
        return context.mayDeleteRecords();
    }

    private boolean once(Observation observation, BooleanSupplier offer) {
        if (observation.time().device() instanceof DeviceTime.None) {
            return offer.getAsBoolean();
        }
        long high = observation.id().high();
        long low = observation.id().low();
        if (isKnown(high, low)) {
            return true;
        }
        boolean isTaken = offer.getAsBoolean();
        if (isTaken) {
            keep(high, low);
        }
        return isTaken;
    }

    private boolean isKnown(long high, long low) {
        for (int i = 0; i < count; i++) {
            if (ids[2 * i] == high && ids[2 * i + 1] == low) {
                return true;
            }
        }
        return false;
    }

    private void keep(long high, long low) {
        if (2 * next == ids.length && count < MOST) {
            ids = Arrays.copyOf(ids, Math.max(2 * FIRST, 2 * ids.length));
        }
        next %= ids.length / 2;
        ids[2 * next] = high;
        ids[2 * next + 1] = low;
        next++;
        count = Math.max(count, next);
    }

    @Override
    public DeviceId device() {
        return context.device();
    }

    @Override
    public Discovery discovery() {
        return context.discovery();
    }

    @Override
    public Link link() {
        return context.link();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    @Override
    public Arrival arrival() {
        return context.arrival();
    }

    @Override
    public void clockState(ClockState state) {
        context.clockState(state);
    }

    @Override
    public Optional<ZoneId> deviceZone() {
        return context.deviceZone();
    }

    @Override
    public void clockSet(Channel channel, Optional<Duration> error) {
        context.clockSet(channel, error);
    }

    @Override
    public void describe(DeviceDescription description) {
        context.describe(description);
    }

    @Override
    public void refused(Channel channel, RuntimeException fault) {
        context.refused(channel, fault);
    }

    @Override
    public void odd(Channel channel, List<Warning> warnings) {
        context.odd(channel, warnings);
    }

    @Override
    public void degraded(String reason) {
        context.degraded(reason);
    }

    @Override
    public void recovered() {
        context.recovered();
    }

    @Override
    public void remember(String name, long number) {
        context.remember(name, number);
    }

    @Override
    public void rememberWhenStored(Map<String, Long> numbers) {
        context.rememberWhenStored(numbers);
    }

    @Override
    public OptionalLong remembered(String name) {
        return context.remembered(name);
    }

    @Override
    public Scheduler.Cancellable after(Duration delay, Runnable task) {
        return context.after(delay, task);
    }
}
