package org.openiomt.security.net;

/**
 * What a server has seen since its start.
 *
 * @param accepted connections that were taken from the socket's queue
 * @param established of these, authenticated ones
 * @param refused handshakes that were not authentic
 * @param timedOut handshakes that took too long
 * @param evicted handshakes that were ended to make room for others
 * @param turnedAway connections closed at once, because of the number of sessions
 * @param open authenticated connections now
 * @param halfOpen handshakes now
 */
public record ServerCounts(
        long accepted,
        long established,
        long refused,
        long timedOut,
        long evicted,
        long turnedAway,
        int open,
        int halfOpen) {}
