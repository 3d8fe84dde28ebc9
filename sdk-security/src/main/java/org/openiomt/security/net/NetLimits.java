package org.openiomt.security.net;

import org.openiomt.security.session.StreamReader;

/**
 * What a server gives to strangers, and what each connection may hold.
 *
 * @param maxSessions how many authenticated connections there may be; further ones are closed at once
 * @param maxHalfOpen how many handshakes may go on at a time; a further one ends the one that has gone on longest
 * @param handshakesPerSecond how many connections are accepted in a second; further ones wait in the listening socket's queue.
 *     That keeps most of the processor for those who are authenticated
 * @param maxMessageLength the longest message, in octets, in both directions
 * @param maxUnsent how many octets may wait for the peer to take them; beyond, sending is refused
 */
public record NetLimits(
        int maxSessions, int maxHalfOpen, int handshakesPerSecond, int maxMessageLength, int maxUnsent) {
    /** For one gateway: 20,000 sessions, 512 handshakes at a time and 500 in a second, messages of 16 KiB, 256 KiB unsent. */
    public static final NetLimits DEFAULT = new NetLimits(20_000, 512, 500, 16 * 1024, 256 * 1024);

    /** The longest message that a frame can hold. */
    public static final int MAX_MESSAGE_LENGTH = StreamReader.MAX_PACKET_LENGTH - 64;

    /** Checks the numbers. */
    public NetLimits {
        require("maxSessions", maxSessions, 1, Integer.MAX_VALUE);
        require("maxHalfOpen", maxHalfOpen, 1, Integer.MAX_VALUE);
        require("handshakesPerSecond", handshakesPerSecond, 1, 1_000_000);
        require("maxMessageLength", maxMessageLength, 1, MAX_MESSAGE_LENGTH);
        require("maxUnsent", maxUnsent, maxMessageLength, Integer.MAX_VALUE);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + least + " to " + most + ", but got " + value);
        }
    }
}
