package org.openiomt.core.spi;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
    /** Returns the device. */
    DeviceId device();

    /** Returns how the device was seen. */
    Discovery discovery();

    /** Returns the link; its answers come in the mailbox. */
    Link link();

    /** Returns the gateway's clock. */
    Clock clock();

    /** Returns a new arrival at this moment, with what is known about the device's clock. */
    Arrival arrival();

    /** Says what is known about the device's clock from now on. */
    void clockState(ClockState state);

    /**
     * Hands an observation to the gateway. Never blocks.
     *
     * @return false when the gateway's policy dropped it; it has been counted
     */
    boolean offer(Observation observation);

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

    /** Returns what was last kept under a name, also by an earlier session with this device. */
    OptionalLong remembered(String name);

    /** Runs a task once after a delay. */
    Scheduler.Cancellable after(Duration delay, Runnable task);
}
