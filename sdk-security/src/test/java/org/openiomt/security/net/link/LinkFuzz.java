package org.openiomt.security.net.link;

import java.util.Arrays;
import java.util.List;
import org.openiomt.core.wire.DecodeException;

/**
 * A fuzzing target over the messages of links: the first octet of the input chooses whose message it is, or that it is a body alone.
 * Jazzer calls it (see CONTRIBUTING.md), looking for anything but a {@link DecodeException}, and for what is not written as it was
 * read.
 */
public final class LinkFuzz {
    private static final int TARGETS = 3;

    private LinkFuzz() {}

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            isTaken(input);
        }
    }

    /** Whether the parser takes its input and does not refuse it. */
    static boolean isTaken(byte[] input) {
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        return switch ((input[0] & 0xFF) % TARGETS) {
            case 0 -> read(octets, LinkMessage.Sender.GATEWAY);
            case 1 -> read(octets, LinkMessage.Sender.DEVICE);
            default -> readBodies(octets);
        };
    }

    /** Reads a message and its body; returns whether neither was refused. */
    static boolean read(byte[] octets, LinkMessage.Sender from) {
        LinkMessage message;
        try {
            message = LinkMessage.decode(octets, from);
        } catch (DecodeException e) {
            return false;
        }
        same(message.encode(), octets);
        boolean isAllowed = message.type().sender() == from || message.type().sender() == LinkMessage.Sender.BOTH;
        if (!isAllowed || message.number() < 0 || message.number() > 0xFFFF) {
            throw new AssertionError(message.toString());
        }
        return switch (message.type()) {
            case HELLO -> greeting(message.value());
            case DESCRIBE -> description(message.value());
            default -> true;
        };
    }

    /** Reads octets as every body; returns whether one was not refused. */
    static boolean readBodies(byte[] octets) {
        boolean isGreeting = greeting(octets);
        return description(octets) || isGreeting;
    }

    private static boolean greeting(byte[] octets) {
        try {
            Greeting greeting = Greeting.decode(octets);
            byte[] written = greeting.encode();
            same(written, greeting.version() == Greeting.VERSION ? octets : Arrays.copyOf(octets, written.length));
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static boolean description(byte[] octets) {
        try {
            same(PeripheralDescription.decode(octets).encode(), octets);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static void same(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("written in another form than it was read");
        }
    }

    /** Returns inputs to begin with: every message, from whom it may come. */
    static List<byte[]> seeds() {
        return Arrays.stream(LinkMessage.Type.values())
                .filter(type -> type != LinkMessage.Type.UNKNOWN_REQUEST)
                .map(type -> {
                    byte[] octets = LinkMessageTest.made(type).encode();
                    byte[] seed = new byte[1 + octets.length];
                    seed[0] = (byte) (type.sender() == LinkMessage.Sender.DEVICE ? 1 : 0);
                    System.arraycopy(octets, 0, seed, 1, octets.length);
                    return seed;
                })
                .toList();
    }
}
