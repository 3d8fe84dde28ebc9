package org.openiomt.ble.profile.binarysensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Codes;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * A packet of the Binary Sensor Service: BSS Control Point {@code 0x2B2B}, which a client writes, and BSS Response
 * {@code 0x2B2C}, which a server indicates. A message that is longer than a packet is split.
 *
 * <pre>
 * field       type    octets      present when       meaning
 * header      uint8   1           always             bit 0 last packet, bits 1 to 5 its number, bit 6 kept, bit 7 sent by the
 *                                                    server
 * messageId   uint8   1           packet 0           0 to 4, see {@link Message}; others kept as a raw code
 * parameters  uint8   1           packet 0           how many parameters the message has
 * payload     octets  to the end  octets left        the parameters, or a piece of them
 * </pre>
 *
 * The layout of a parameter was in no source at hand, so that parameters stay octets.
 *
 * @param isLast whether the message ends here
 * @param number of the packet within its message, 0 to 31
 * @param isFromServer whether a server sent it
 * @param start what the first packet says
 * @param payload the parameters, or a piece of them
 * @param remainder the unknown bit of the header
 * @see <a href="https://www.bluetooth.com/specifications/specs/binary-sensor-service-1-0/">BSS 1.0, 3 and 4</a>
 */
public record BinarySensorPacket(
        boolean isLast, int number, boolean isFromServer, Optional<Start> start, Opaque payload, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<BinarySensorPacket> CODEC = Codec.of(BinarySensorPacket::read, BinarySensorPacket::write);

    private static final int HEADER_WIDTH = 8;
    private static final int LAST = 0x01;
    private static final int NUMBER_SHIFT = 1;
    private static final int NUMBER_MAX = 0x1F;
    private static final int NUMBER_WIDTH = 5;
    private static final int FROM_SERVER = 0x80;
    private static final int KNOWN = LAST | NUMBER_MAX << NUMBER_SHIFT | FROM_SERVER;
    private static final Codes<Message> MESSAGES = Codes.of("messageId", Message.class, 0);

    /** What a message asks for or answers, in the order of its codes. */
    public enum Message {
        /** A client asks for the state of sensors. */
        GET_SENSOR_STATUS_COMMAND,
        /** A server answers with the state of sensors. */
        GET_SENSOR_STATUS_RESPONSE,
        /** A client sets what a sensor tells. */
        SETTING_SENSOR_COMMAND,
        /** A server answers to a setting. */
        SETTING_SENSOR_RESPONSE,
        /** A server tells that a sensor has changed. */
        SENSOR_STATUS_EVENT
    }

    /**
     * What the first packet of a message says.
     *
     * @param messageId as sent, 0 to 255
     * @param parameters how many parameters the message has, 0 to 255
     */
    public record Start(int messageId, int parameters) {
        /** Checks the ranges. */
        public Start {
            MESSAGES.check(messageId, Remainder.NONE);
            Bits.requireUnsigned("parameters", parameters, Byte.SIZE);
        }

        /** Returns what the message asks for or answers, or empty when the standard reserves the code. */
        public Optional<Message> message() {
            return MESSAGES.meaning(messageId);
        }
    }

    /** Checks that the parts suit each other. */
    public BinarySensorPacket {
        Bits.requireUnsigned("number", number, NUMBER_WIDTH);
        if (start.isPresent() != (number == 0)) {
            throw new IllegalArgumentException("packet 0, and no other, says what the message is");
        }
        Objects.requireNonNull(payload, "payload");
        Bits.requireUnknown(remainder, KNOWN);
        Bits.requireUnsigned("header", remainder.unknownFlags(), HEADER_WIDTH);
        if (remainder.trailing().length > 0) {
            throw new IllegalArgumentException("octets behind the header belong to the payload");
        }
    }

    /** Returns the header as sent, 0 to 255. */
    public int header() {
        return (isLast ? LAST : 0)
                | number << NUMBER_SHIFT
                | (isFromServer ? FROM_SERVER : 0)
                | (int) remainder.unknownFlags();
    }

    /**
     * Splits a message.
     *
     * @param payload the octets of all parameters
     * @param size the most octets of a packet, 3 or more; 20 with the smallest MTU
     * @return the packets in order, at least one
     * @throws IllegalArgumentException when 32 packets are too few
     */
    public static List<BinarySensorPacket> split(
            Message message, int parameters, boolean isFromServer, byte[] payload, int size) {
        if (size < 3) {
            throw new IllegalArgumentException("a packet has at least 3 octets, but got " + size);
        }
        List<BinarySensorPacket> packets = new ArrayList<>();
        int from = 0;
        do {
            int number = packets.size();
            int to = Math.min(payload.length, from + size - (number == 0 ? 3 : 1));
            Optional<Start> start =
                    number == 0 ? Optional.of(new Start(MESSAGES.code(message), parameters)) : Optional.empty();
            byte[] piece = Arrays.copyOfRange(payload, from, to);
            packets.add(new BinarySensorPacket(
                    to == payload.length, number, isFromServer, start, Opaque.of(piece), Remainder.NONE));
            from = to;
        } while (from < payload.length);
        return List.copyOf(packets);
    }

    private static BinarySensorPacket read(ByteReader in) {
        int at = in.offset();
        int header = in.uint8("header");
        long unknown = in.unknownBits("header", at, header, KNOWN);
        int number = header >> NUMBER_SHIFT & NUMBER_MAX;
        Optional<Start> start =
                number == 0 ? Optional.of(new Start(MESSAGES.read(in), in.uint8("parameters"))) : Optional.empty();
        return new BinarySensorPacket(
                (header & LAST) != 0,
                number,
                (header & FROM_SERVER) != 0,
                start,
                Opaque.of(in.octets("payload", in.remaining())),
                Remainder.of(unknown, new byte[0]));
    }

    private static void write(BinarySensorPacket value, ByteWriter out) {
        out.uint8("header", value.header());
        value.start.ifPresent(start -> {
            MESSAGES.write(out, start.messageId);
            out.uint8("parameters", start.parameters);
        });
        out.octets(value.payload.octets());
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.start()
                .put("last", isLast)
                .put("number", number)
                .put("fromServer", isFromServer)
                .put("messageId", start.map(Start::messageId))
                .put("message", start.flatMap(Start::message))
                .put("parameters", start.map(Start::parameters));
        if (payload.octets().length > 0) {
            fields.octets("payload", payload.octets());
        }
        return fields.remainder(remainder, HEADER_WIDTH).toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
