package org.openiomt.core.outbox;

import java.util.Arrays;
import java.util.Objects;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.ObservationId;

/** Something to be delivered: an encoded observation with what is needed to route it and to know it again. */
public final class OutboxRecord {
    /** The most octets of a payload. */
    public static final int MAX_PAYLOAD = 1 << 20;

    private final ObservationId id;
    private final DeviceId device;
    private final Lane lane;
    private final byte[] payload;

    private OutboxRecord(ObservationId id, DeviceId device, Lane lane, byte[] payload) {
        this.id = Objects.requireNonNull(id, "id");
        this.device = Objects.requireNonNull(device, "device");
        this.lane = Objects.requireNonNull(lane, "lane");
        this.payload = payload;
    }

    /**
     * Returns a record.
     *
     * @param payload the encoded observation, at most {@value #MAX_PAYLOAD} octets; copied
     */
    public static OutboxRecord of(ObservationId id, DeviceId device, Lane lane, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a payload has at most " + MAX_PAYLOAD + " octets, but got " + payload.length);
        }
        return new OutboxRecord(id, device, lane, payload.clone());
    }

    /** Returns a record around an array that nobody else has. */
    static OutboxRecord owning(ObservationId id, DeviceId device, Lane lane, byte[] payload) {
        return new OutboxRecord(id, device, lane, payload);
    }

    /** Returns the encoded observation itself; nobody writes to it. */
    byte[] octets() {
        return payload;
    }

    /** Returns the observation's id. */
    public ObservationId id() {
        return id;
    }

    /** Returns the observation's device. */
    public DeviceId device() {
        return device;
    }

    /** Returns the queue that it waits in. */
    public Lane lane() {
        return lane;
    }

    /** Returns a copy of the encoded observation. */
    public byte[] payload() {
        return payload.clone();
    }

    /** Returns the length of the encoded observation in octets. */
    public int payloadLength() {
        return payload.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutboxRecord that
                && id.equals(that.id)
                && device.equals(that.device)
                && lane == that.lane
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Hides the payload. */
    @Override
    public String toString() {
        return "OutboxRecord[id=" + id + ", device=" + device + ", lane=" + lane + ", payload=" + payload.length
                + " octets]";
    }
}
