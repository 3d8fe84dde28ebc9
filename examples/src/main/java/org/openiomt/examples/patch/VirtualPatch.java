package org.openiomt.examples.patch;

import java.util.Arrays;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.session.SessionKeys;

/** The patch without hardware: sends the samples that it is given, in sealed frames. Any thread may call. */
public final class VirtualPatch implements AutoCloseable {
    private final VirtualPeripheral peripheral;
    private final PatchPairing pairing;
    private final int samplesInFrame;
    private byte[] salt = SessionKeys.newSalt();
    private long next;

    /**
     * Puts a patch into the air.
     *
     * @param name what it calls itself
     */
    public VirtualPatch(VirtualAir air, PatchPairing pairing, String name, PatchInfo info) {
        this.pairing = pairing;
        this.peripheral = new VirtualPeripheral(air, pairing.address())
                .name(name)
                .advertises(PatchDriver.SERVICE)
                .advertises(PatchPairing.SALT, salt)
                .addReadable(PatchDriver.INFO, PatchInfo.CODEC.encode(info))
                .add(PatchDriver.WAVE, Property.NOTIFY)
                .guardedBy(this::newGuard)
                .onDisconnected(this::newSalt);
        try (FrameGuard guard = newGuard()) {
            this.samplesInFrame = (peripheral.maxValueLength() - guard.overhead() - PatchFrame.HEADER) / 2;
        }
        peripheral.appear();
    }

    /** Returns the peripheral, to make faults. */
    public VirtualPeripheral peripheral() {
        return peripheral;
    }

    /** Measures samples; they are sent when a gateway listens, and lost otherwise. */
    public synchronized void measure(int[] samples) {
        for (int from = 0; from < samples.length; from += samplesInFrame) {
            int[] part = Arrays.copyOfRange(samples, from, Math.min(samples.length, from + samplesInFrame));
            if (peripheral.isSubscribed(PatchDriver.WAVE)) {
                peripheral.notify(PatchDriver.WAVE, PatchFrame.CODEC.encode(PatchFrame.of(next, part)));
            }
            next += part.length;
        }
    }

    /** Fails to measure so many samples: the numbers of the next ones show the gap. */
    public synchronized void skip(int samples) {
        next += samples;
    }

    @Override
    public void close() {
        peripheral.close();
    }

    private synchronized FrameGuard newGuard() {
        return pairing.patchGuard(salt);
    }

    private synchronized void newSalt() {
        salt = SessionKeys.newSalt();
        peripheral.advertises(PatchPairing.SALT, salt);
    }
}
