package org.openiomt.core.spi;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.wire.Warning;

/**
 * What the gateway gives a driver for one session. Everything that the driver registers here is called in the device's
 * mailbox, one call at a time; a driver needs no thread and no lock. After the session is closed every call does nothing.
 */
public interface DriverContext {
    /** The most observations that a session waits for until they are acknowledged. */
    int MAX_AWAITED = 4_096;

    /** Returns the device. */
    DeviceId device();

    /** Returns how the device was seen. */
    Discovery discovery();

    /** Returns the link; its answers come in the mailbox. */
    Link link();

    /** Returns the gateway's clock. */
    Clock clock();

    /**
     * Returns the zone whose local time devices are to show; empty when the application has not said it. Without it a driver
     * neither sets nor judges a clock of local time.
     */
    Optional<ZoneId> deviceZone();

    /** Returns a new arrival at this moment, with what is known about the device's clock. */
    Arrival arrival();

    /** Says what is known about the device's clock from now on. */
    void clockState(ClockState state);

    /**
     * Reports that the device's clock was set.
     *
     * @param channel where it was written
     * @param error how far it was ahead, negative when it was behind; empty when it was not set, or could not be read
     */
    void clockSet(Channel channel, Optional<Duration> error);

    /**
     * Hands an observation to the gateway. Never blocks.
     *
     * @return false when the gateway's policy dropped it; it has been counted
     */
    boolean offer(Observation observation);

    /**
     * Hands an observation to the gateway as {@link #offer(Observation)} does, and asks to hear when it has arrived: when the
     * sink behind the gateway's outbox has acknowledged it, so that the outbox forgets it. For drivers that delete what has arrived.
     *
     * <p>One that was offered in this way before, be it in an earlier session, is not taken twice: the task runs when it arrives, or
     * soon when it has.
     *
     * <p>The task never runs when the gateway has no outbox or one that does not tell, when a declared policy gave the observation
     * up on its way, when more than {@value #MAX_AWAITED} of a session are waited for, and after the session has ended.
     *
     * @param acknowledged runs once, in the mailbox
     * @return false when the gateway's policy dropped it; it has been counted
     */
    boolean offer(Observation observation, Runnable acknowledged);

    /**
     * Whether the application lets records on this device be deleted that have arrived: see
     * {@link #offer(Observation, Runnable)}. Unless it says so, a driver deletes nothing.
     */
    boolean mayDeleteRecords();

    /** Says what the device is. */
    void describe(DeviceDescription description);

    /** Reports a frame that was not understood. */
    void refused(Channel channel, RuntimeException fault);

    /** Reports what was odd about a frame that was understood. Does nothing for an empty list. */
    void odd(Channel channel, List<Warning> warnings);

    /** Says that the session works only in part, and why. */
    void degraded(String reason);

    /** Says that the session works fully again. */
    void recovered();

    /**
     * Keeps a number for the later sessions with this device, for example of the last record that was fetched. The gateway
     * forgets it when it ends.
     *
     * @param name the driver's name for it
     */
    void remember(String name, long number);

    /**
     * Keeps numbers as {@link #remember} does, but not before everything that was offered until now is stored: in the gateway's
     * outbox, or, where it has none, handed to the application's callbacks. So a later session goes on behind what is safe. Goes on
     * after the session has ended. Does nothing in a session of which an observation was dropped: what lies behind a loss is
     * never kept.
     *
     * @param numbers by the driver's names for them; kept together
     */
    void rememberWhenStored(Map<String, Long> numbers);

    /** Returns what was last kept under a name, also by an earlier session with this device. */
    OptionalLong remembered(String name);

    /** Runs a task once after a delay. */
    Scheduler.Cancellable after(Duration delay, Runnable task);
}
