package org.openiomt.ble.bluez;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a bus listens: {@code unix:path=/run/dbus/system_bus_socket} or {@code tcp:host=127.0.0.1,port=4711}; of several that
 * are separated by semicolons, the first of a kind that is known.
 *
 * @see <a href="https://dbus.freedesktop.org/doc/dbus-specification.html#addresses">D-Bus Specification, Server Addresses</a>
 */
record BusEndpoint(SocketAddress address) {
    /** The system bus where nothing else is said. */
    static final String SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

    /** Reads an address; throws {@link IllegalArgumentException} when no part of it is understood. */
    static BusEndpoint parse(String text) {
        List<String> reasons = new ArrayList<>();
        for (String one : text.split(";", -1)) {
            int colon = one.indexOf(':');
            String kind = colon < 0 ? one : one.substring(0, colon);
            Map<String, String> options = new HashMap<>();
            for (String option : one.substring(colon + 1).split(",", -1)) {
                int equals = option.indexOf('=');
                if (equals > 0) {
                    options.put(option.substring(0, equals), unescaped(option.substring(equals + 1)));
                }
            }
            String path = options.get("path");
            String host = options.get("host");
            String port = options.get("port");
            if (kind.equals("unix") && path != null) {
                return new BusEndpoint(UnixDomainSocketAddress.of(path));
            }
            if (kind.equals("tcp") && host != null && port != null && port.matches("[0-9]{1,5}")) {
                return new BusEndpoint(new InetSocketAddress(host, Integer.parseInt(port)));
            }
            reasons.add("'" + one + "'");
        }
        throw new IllegalArgumentException(
                "expected the address of a D-Bus as unix:path=... or tcp:host=...,port=..., but got "
                        + String.join(" and ", reasons));
    }

    /** Returns a channel that is not connected yet, so that who waits for it can close it. */
    SocketChannel open() throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    @Override
    public String toString() {
        return address.toString();
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '%' && i + 2 < value.length()) {
                text.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }
}
