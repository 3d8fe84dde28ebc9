package org.openiomt.ble.bluez;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of octets into messages.
 *
 * <pre>
 * octets   what
 * 1        byte order: 'l' or 'B'
 * 1 1 1    type, flags, version 1
 * 4        length of the body
 * 4        serial
 * 4        length of the header's fields; they follow, filled up to a multiple of 8, then the body
 * </pre>
 *
 * @see <a href="https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages">D-Bus Specification, Message
 *     Format</a>
 */
final class BusFrames {
    private static final int FIXED = 16;
    private static final int MAX_MESSAGE = 1 << 27;
    private static final int MAX_FIELDS = 1 << 26;

    private ByteBuffer buffer = ByteBuffer.allocate(1 << 14);

    /** Takes what the channel has; returns false at its end. */
    boolean readFrom(ReadableByteChannel channel) throws IOException {
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
            }
            int count = channel.read(buffer);
            if (count <= 0) {
                return count == 0;
            }
            if (buffer.hasRemaining()) {
                return true;
            }
        }
    }

    /** Returns the next message that is whole, or null. */
    @Nullable
    Message next() throws IOException, DBusException {
        int available = buffer.position();
        if (available < FIXED) {
            return null;
        }
        byte[] octets = buffer.array();
        ByteBuffer view = ByteBuffer.wrap(octets);
        view.order(octets[0] == 'B' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int body = view.getInt(4);
        int fields = view.getInt(12);
        if (octets[3] != Message.PROTOCOL || body < 0 || body > MAX_MESSAGE || fields < 0 || fields > MAX_FIELDS) {
            throw new IOException(
                    "expected a message of the D-Bus of version 1 and at most " + MAX_MESSAGE + " octets");
        }
        int filled = fields + 7 & ~7;
        int total = FIXED + filled + body;
        if (available < total) {
            return null;
        }
        // As dbus-java wants it: the array's length, four octets to fill up, the fields.
        byte[] header = new byte[8 + filled];
        System.arraycopy(octets, 12, header, 0, 4);
        System.arraycopy(octets, FIXED, header, 8, filled);
        Message message = MessageFactory.createMessage(
                octets[1],
                Arrays.copyOf(octets, 12),
                header,
                Arrays.copyOfRange(octets, FIXED + filled, total),
                List.of());
        buffer.position(total).limit(available);
        buffer.compact();
        return message;
    }

    /** Returns a message as one array. */
    static byte[] octets(Message message) {
        int size = 0;
        for (byte[] part : message.getWireData()) {
            size += part == null ? 0 : part.length;
        }
        byte[] octets = new byte[size];
        int at = 0;
        for (byte[] part : message.getWireData()) {
            if (part != null) {
                System.arraycopy(part, 0, octets, at, part.length);
                at += part.length;
            }
        }
        return octets;
    }
}
