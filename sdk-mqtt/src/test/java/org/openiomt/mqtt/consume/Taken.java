package org.openiomt.mqtt.consume;

import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;
import org.openiomt.mqtt.Readings;

/** Deliveries for tests: the n-th reading of a device has the number n. */
final class Taken {
    private Taken() {}

    static Delivery delivery(String device, long epoch, long n) {
        return delivery(device, Lane.CLINICAL, epoch, n);
    }

    static Delivery delivery(String device, Lane lane, long epoch, long n) {
        return new Delivery(Readings.reading(DeviceId.of(device), n), "s", "g", lane, epoch, n);
    }

    /** The n-th reading of a device under another number: what a device has sent twice to its gateway. */
    static Delivery again(String device, long epoch, long n, long sequence) {
        return new Delivery(Readings.reading(DeviceId.of(device), n), "s", "g", Lane.CLINICAL, epoch, sequence);
    }
}
