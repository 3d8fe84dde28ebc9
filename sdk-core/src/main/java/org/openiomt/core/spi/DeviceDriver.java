package org.openiomt.core.spi;

import java.util.concurrent.CompletionStage;

/**
 * Knows how to talk to a kind of device. Found by {@link java.util.ServiceLoader}; one instance serves many devices, so it
 * holds no state of any one. Starts no thread and holds no lock.
 */
public interface DeviceDriver {
    /** Returns what this driver is and gives. */
    DriverInfo info();

    /** Says how well this driver fits a device. Quick and without side effects; any thread. */
    Match match(Discovery discovery);

    /**
     * Begins to work on an open link: subscribes, reads, sets clocks. Called in the device's mailbox.
     *
     * @return completes when readings can come; fails when the device cannot be used, and the gateway then closes the link
     *     and tries again later
     */
    CompletionStage<DeviceSession> open(DriverContext context);
}
