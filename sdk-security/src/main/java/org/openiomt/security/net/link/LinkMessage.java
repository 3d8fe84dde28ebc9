package org.openiomt.security.net.link;

import java.nio.ByteOrder;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * One message of the link protocol, version 1: docs/secure-link.md. A session carries it whole; its octets are authenticated.
 * <pre>
 * field    type    octets  present when               meaning
 * type     uint8   1       always                     01-1F requests of the gateway, 20-3F other messages of the gateway,
 *                                                     40-5F answers of the device, 60-7F its other messages, 80-FF of both
 * channel  uint16  2       by type                    place in the device's list of channels, from 0
 * code     uint8   1       REFUSED, END               error of the Attribute Protocol; {@link LinkEnd}
 * value    octets  rest    by type                    a value, or the body of HELLO and DESCRIBE
 * </pre>
 * Octets behind the last field are refused, and so is every type that the sender has not, but for requests: these are kept as
 * {@link Type#UNKNOWN_REQUEST}, so that a later gateway hears a refusal.
 */
final class LinkMessage {
    /** What stands in front of a value. */
    static final int HEADER = 3;

    /** An unknown request, and a request to a device that cannot be understood otherwise: REQUEST_NOT_SUPPORTED. */
    static final int NOT_SUPPORTED = 0x06;

    /** There is no such channel: ATTRIBUTE_NOT_FOUND. */
    static final int NOT_FOUND = 0x0A;

    /** The device has failed in a way that it did not foresee: UNLIKELY_ERROR. */
    static final int UNLIKELY = 0x0E;

    private static final int LAST_REQUEST = 0x1F;
    private static final byte[] NOTHING = {};

    private final Type type;
    private final int number;
    private final byte[] value;

    /** Who may send a message. */
    enum Sender {
        GATEWAY,
        DEVICE,
        BOTH
    }

    /** What follows the type. */
    private enum Shape {
        NOTHING,
        CHANNEL,
        CODE,
        VALUE,
        CHANNEL_AND_VALUE,
        UNKNOWN
    }

    /** The messages. */
    enum Type {
        READ(0x01, Sender.GATEWAY, Shape.CHANNEL),
        WRITE(0x02, Sender.GATEWAY, Shape.CHANNEL_AND_VALUE),
        SUBSCRIBE(0x03, Sender.GATEWAY, Shape.CHANNEL),
        UNSUBSCRIBE(0x04, Sender.GATEWAY, Shape.CHANNEL),
        UNKNOWN_REQUEST(-1, Sender.GATEWAY, Shape.UNKNOWN),
        HELLO(0x20, Sender.GATEWAY, Shape.VALUE),
        WRITE_WITHOUT_RESPONSE(0x21, Sender.GATEWAY, Shape.CHANNEL_AND_VALUE),
        CONFIRM(0x22, Sender.GATEWAY, Shape.NOTHING),
        VALUE(0x40, Sender.DEVICE, Shape.VALUE),
        DONE(0x41, Sender.DEVICE, Shape.NOTHING),
        REFUSED(0x42, Sender.DEVICE, Shape.CODE),
        DESCRIBE(0x60, Sender.DEVICE, Shape.VALUE),
        NOTIFICATION(0x61, Sender.DEVICE, Shape.CHANNEL_AND_VALUE),
        INDICATION(0x62, Sender.DEVICE, Shape.CHANNEL_AND_VALUE),
        PING(0x80, Sender.BOTH, Shape.NOTHING),
        PONG(0x81, Sender.BOTH, Shape.NOTHING),
        END(0x82, Sender.BOTH, Shape.CODE);

        private static final Type[] BY_OCTET = new Type[256];

        static {
            for (Type type : values()) {
                if (type.octet >= 0) {
                    BY_OCTET[type.octet] = type;
                }
            }
            for (int octet = 1; octet <= LAST_REQUEST; octet++) {
                BY_OCTET[octet] = BY_OCTET[octet] == null ? UNKNOWN_REQUEST : BY_OCTET[octet];
            }
        }

        private final int octet;
        private final Sender sender;
        private final Shape shape;

        Type(int octet, Sender sender, Shape shape) {
            this.octet = octet;
            this.sender = sender;
            this.shape = shape;
        }

        Sender sender() {
            return sender;
        }
    }

    private LinkMessage(Type type, int number, byte[] value) {
        this.type = type;
        this.number = number;
        this.value = value;
    }

    /** Makes a message that is its type only. */
    static LinkMessage of(Type type) {
        return make(type, Shape.NOTHING, 0, NOTHING);
    }

    /** Makes a message about a channel, without a value. */
    static LinkMessage ofChannel(Type type, int channel) {
        return make(type, Shape.CHANNEL, channel, NOTHING);
    }

    /** Makes a message about a channel, with a value; the array is not copied. */
    static LinkMessage ofChannel(Type type, int channel, byte[] value) {
        return make(type, Shape.CHANNEL_AND_VALUE, channel, value);
    }

    /** Makes a message with a value or body; the array is not copied. */
    static LinkMessage ofValue(Type type, byte[] value) {
        return make(type, Shape.VALUE, 0, value);
    }

    /** Makes a message with a code, 0 to 255. */
    static LinkMessage ofCode(Type type, int code) {
        return make(type, Shape.CODE, code, NOTHING);
    }

    private static LinkMessage make(Type type, Shape shape, int number, byte[] value) {
        if (type.shape != shape) {
            throw new IllegalArgumentException(type + " has another shape");
        }
        return new LinkMessage(type, number, value);
    }

    Type type() {
        return type;
    }

    /** Returns the channel or the code. */
    int number() {
        return number;
    }

    /** Returns the value; it is not copied. */
    byte[] value() {
        return value;
    }

    /**
     * Reads a whole message.
     *
     * @param from whose it is
     * @throws DecodeException when it is none that {@code from} may send, or is too short or too long
     */
    static LinkMessage decode(byte[] octets, Sender from) {
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int octet = in.uint8("type");
        Type type = Type.BY_OCTET[octet];
        if (type == null || (type.sender != from && type.sender != Sender.BOTH)) {
            throw new DecodeException("type", 0, "no message of the " + from + ": 0x" + Integer.toHexString(octet));
        }
        int number = switch (type.shape) {
            case CHANNEL, CHANNEL_AND_VALUE -> in.uint16("channel");
            case CODE -> in.uint8("code");
            case UNKNOWN -> octet;
            case NOTHING, VALUE -> 0;
        };
        boolean hasValue =
                type.shape == Shape.VALUE || type.shape == Shape.CHANNEL_AND_VALUE || type.shape == Shape.UNKNOWN;
        byte[] value = hasValue ? in.octets("value", in.remaining()) : NOTHING;
        in.remainder(0);
        return new LinkMessage(type, number, value);
    }

    /** Writes the message. */
    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("type", type == Type.UNKNOWN_REQUEST ? number : type.octet);
        switch (type.shape) {
            case CHANNEL, CHANNEL_AND_VALUE -> out.uint16("channel", number);
            case CODE -> out.uint8("code", number);
            case NOTHING, VALUE, UNKNOWN -> {}
        }
        out.octets(value);
        return out.toByteArray();
    }

    /** Hides the value. */
    @Override
    public String toString() {
        return "LinkMessage[" + type + ", " + number + ", " + value.length + " octets]";
    }
}
