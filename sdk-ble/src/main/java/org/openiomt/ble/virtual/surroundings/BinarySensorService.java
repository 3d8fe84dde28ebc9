package org.openiomt.ble.virtual.surroundings;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket.Message;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket.Start;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * The Binary Sensor Service, as a contact at a door has it: a client writes messages in packets, and is answered by messages in
 * packets, each indicated. What parameters mean is left to who uses this, for it was in no source at hand. A packet is refused as
 * "write request rejected" when it is not the next of its message or comes from no client, as "improperly configured" while
 * indications are off, and as "procedure already in progress" until the answer before is confirmed. Any thread may call.
 */
public final class BinarySensorService {
    /** BSS Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("183b", "2b2b");

    /** BSS Response. */
    public static final Channel RESPONSE = Gatt.channel("183b", "2b2c");

    private final VirtualPeripheral peripheral;

    // Guarded by this.
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private @Nullable Start start;
    private int nextNumber;
    private Parameters status = Parameters.NONE;
    private Parameters setting = Parameters.NONE;
    private boolean isAnswering;

    /** The parameters of a message. */
    private record Parameters(int count, Opaque octets) {
        static final Parameters NONE = of(0, new byte[0]);

        static Parameters of(int count, byte[] octets) {
            return new Parameters(count, Opaque.of(octets));
        }
    }

    /** Adds the service to a peripheral that no central is connected to. */
    public BinarySensorService(VirtualPeripheral peripheral) {
        this.peripheral = peripheral;
        peripheral
                .advertises("183b")
                .add(CONTROL_POINT, Property.WRITE)
                .onWrite(CONTROL_POINT, this::written)
                .add(RESPONSE, Property.INDICATE)
                .onDisconnected(this::forget);
    }

    /**
     * Says what the sensor sees: the answer to who asks from now on.
     *
     * @param count how many parameters, 0 to 255
     * @param octets the parameters; copied
     */
    public synchronized void status(int count, byte[] octets) {
        status = Parameters.of(count, octets);
    }

    /**
     * The sensor sees something else, and tells it to who listens.
     *
     * @param count how many parameters, 0 to 255
     * @param octets the parameters; copied
     */
    public void change(int count, byte[] octets) {
        status(count, octets);
        send(Message.SENSOR_STATUS_EVENT, Parameters.of(count, octets));
    }

    /** Returns the parameters of the setting that a client wrote last; empty before. */
    public synchronized byte[] setting() {
        return setting.octets.octets();
    }

    private synchronized void forget() {
        start = null;
        isAnswering = false;
    }

    private synchronized void written(byte[] octets) {
        if (!peripheral.isSubscribed(RESPONSE)) {
            throw refusal(AttMeaning.CCCD_IMPROPERLY_CONFIGURED, "indications must be on");
        }
        if (isAnswering) {
            throw refusal(AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS, "one message at a time");
        }
        BinarySensorPacket packet;
        try {
            packet = BinarySensorPacket.CODEC.decode(octets, DecodeMode.STRICT).value();
        } catch (DecodeException e) {
            throw rejection(e.field());
        }
        if (packet.isFromServer()) {
            throw rejection("a packet of a client is expected");
        }
        if (packet.start().isPresent()) {
            start = packet.start().get();
            collected.reset();
        } else if (start == null || packet.number() != nextNumber) {
            throw rejection("packet " + (start == null ? 0 : nextNumber) + " is due");
        }
        nextNumber = packet.number() + 1;
        collected.writeBytes(packet.payload().octets());
        Start whole = start;
        if (packet.isLast() && whole != null) {
            start = null;
            serve(whole);
        }
    }

    private GattRefusedException rejection(String why) {
        start = null;
        return refusal(AttMeaning.WRITE_REQUEST_REJECTED, why);
    }

    private static GattRefusedException refusal(AttMeaning meaning, String why) {
        return new GattRefusedException(CONTROL_POINT, meaning, why);
    }

    private void serve(Start message) {
        switch (message.message().orElseThrow()) {
            case GET_SENSOR_STATUS_COMMAND -> answer(Message.GET_SENSOR_STATUS_RESPONSE, status);
            case SETTING_SENSOR_COMMAND -> {
                setting = Parameters.of(message.parameters(), collected.toByteArray());
                answer(Message.SETTING_SENSOR_RESPONSE, Parameters.NONE);
            }
            case GET_SENSOR_STATUS_RESPONSE, SETTING_SENSOR_RESPONSE, SENSOR_STATUS_EVENT ->
                throw rejection("a command is expected");
        }
    }

    private void answer(Message message, Parameters parameters) {
        isAnswering = true;
        send(message, parameters).whenComplete((done, fault) -> answered());
    }

    private synchronized void answered() {
        isAnswering = false;
    }

    private CompletionStage<Void> send(Message message, Parameters parameters) {
        List<BinarySensorPacket> packets = BinarySensorPacket.split(
                message, parameters.count, true, parameters.octets.octets(), peripheral.maxValueLength());
        return CompletableFuture.allOf(packets.stream()
                .map(packet -> peripheral.notify(RESPONSE, BinarySensorPacket.CODEC.encode(packet)))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }
}
