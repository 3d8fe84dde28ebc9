package org.openiomt.ble.scenario;

import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;

/**
 * Where a scenario happens: three devices, a way to them, and somebody who does what a scenario asks for.
 * <pre>
 * device  offers                                         is
 * strap   180d heart rate, 180f battery, a test service  notifying
 * meter   1808 glucose                                   asked for records
 * clinic  1809 thermometer, 1810 cuff                    indicating
 * </pre>
 * The requests are those of the test bed, see {@code testbed/guest/director.py}.
 */
interface Stage extends AutoCloseable {
    /** Returns time and threads of everything on this stage. */
    Scheduler scheduler();

    /** Returns a way to the devices that bonds when a device wants it; who has it closes it. */
    Transport transport();

    /**
     * Asks for something.
     *
     * @return the words of the answer; fails when it cannot be done
     */
    CompletionStage<String> asking(String request);

    /** Ends everything, and fails when the stage has found something wrong. */
    @Override
    void close();
}
