package org.openiomt.ble.bluez;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The beginning of a connection to a bus: who we are, by the socket's credentials (EXTERNAL); where the bus lets anybody in, as
 * over the TCP port of a test bed, as nobody (ANONYMOUS).
 *
 * @see <a href="https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol">D-Bus Specification, Authentication
 *     Protocol</a>
 */
final class BusLogin {
    private static final int MAX_LINE = 16_384;

    private final SocketChannel channel;

    private BusLogin(SocketChannel channel) {
        this.channel = channel;
    }

    /** Logs in; the channel must block. */
    static void run(SocketChannel channel) throws IOException {
        BusLogin login = new BusLogin(channel);
        login.write(
                "\0AUTH EXTERNAL " + HexFormat.of().formatHex(userId().getBytes(StandardCharsets.US_ASCII)) + "\r\n");
        String answer = login.readLine();
        if (answer.startsWith("REJECTED") && answer.contains("ANONYMOUS")) {
            login.write("AUTH ANONYMOUS\r\n");
            answer = login.readLine();
        }
        if (!answer.startsWith("OK")) {
            throw new IOException("the D-Bus does not let this user in: " + answer);
        }
        login.write("BEGIN\r\n");
    }

    private static String userId() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    }

    private void write(String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    /** Reads octet by octet: what comes behind the last line is a message. */
    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer octet = ByteBuffer.allocate(1);
        while (line.length() < MAX_LINE) {
            octet.clear();
            if (channel.read(octet) < 0) {
                throw new EOFException("the D-Bus closed the connection while we logged in");
            }
            char c = (char) (octet.get(0) & 0xFF);
            if (c == '\n') {
                return line.toString().strip();
            }
            line.append(c);
        }
        throw new IOException("expected a line of at most " + MAX_LINE + " octets from the D-Bus");
    }
}
