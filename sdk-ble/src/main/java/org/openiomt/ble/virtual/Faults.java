package org.openiomt.ble.virtual;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.openiomt.core.spi.Channel;

/**
 * What goes wrong between a peripheral and its central. Begin with {@link #NONE} and add:
 * {@code Faults.NONE.withDelay(Duration.ofMillis(80)).withFramesCutTo(20)}.
 *
 * @param delay how long each frame travels; the order is kept
 * @param cutTo the most octets that are left of a value, in both directions
 * @param lostAfter the link is lost once it has carried so many frames since it was opened or these faults were set; 0 is at
 *     once. A request, its answer, a notification, an indication and its confirmation are a frame each
 * @param isRefusingConnections whether every attempt to open is refused
 * @param isSilent whether the peripheral neither answers nor announces
 * @param isDuplicating whether the central hears each announcement twice
 * @param refusals the ATT error with which every request on a channel is answered
 */
public record Faults(
        Duration delay,
        OptionalInt cutTo,
        OptionalInt lostAfter,
        boolean isRefusingConnections,
        boolean isSilent,
        boolean isDuplicating,
        Map<Channel, Integer> refusals) {
    /** Nothing goes wrong. */
    public static final Faults NONE =
            new Faults(Duration.ZERO, OptionalInt.empty(), OptionalInt.empty(), false, false, false, Map.of());

    private static final int MAX_ATT_ERROR = 0xFF;

    /** Checks the ranges and copies the map. */
    public Faults {
        Objects.requireNonNull(delay, "delay");
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a frame cannot come before it was sent: " + delay);
        }
        if (cutTo.orElse(0) < 0 || lostAfter.orElse(0) < 0) {
            throw new IllegalArgumentException("octets and frames are counted from 0");
        }
        for (int code : refusals.values()) {
            if (code < 1 || code > MAX_ATT_ERROR) {
                throw new IllegalArgumentException("ATT error out of range 1..255: " + code);
            }
        }
        refusals = Map.copyOf(refusals);
    }

    /** Adds a delay of every frame. */
    public Faults withDelay(Duration everyFrame) {
        return new Faults(everyFrame, cutTo, lostAfter, isRefusingConnections, isSilent, isDuplicating, refusals);
    }

    /** Adds that values are cut to at most {@code octets}. */
    public Faults withFramesCutTo(int octets) {
        return new Faults(
                delay, OptionalInt.of(octets), lostAfter, isRefusingConnections, isSilent, isDuplicating, refusals);
    }

    /** Adds that the link is lost after {@code frames} more frames. */
    public Faults withLinkLostAfter(int frames) {
        return new Faults(
                delay, cutTo, OptionalInt.of(frames), isRefusingConnections, isSilent, isDuplicating, refusals);
    }

    /** Adds that attempts to open are refused. */
    public Faults withConnectionsRefused() {
        return new Faults(delay, cutTo, lostAfter, true, isSilent, isDuplicating, refusals);
    }

    /** Adds that the peripheral neither answers nor announces. */
    public Faults withSilence() {
        return new Faults(delay, cutTo, lostAfter, isRefusingConnections, true, isDuplicating, refusals);
    }

    /** Adds that the central hears each announcement twice. */
    public Faults withAnnouncementsDuplicated() {
        return new Faults(delay, cutTo, lostAfter, isRefusingConnections, isSilent, true, refusals);
    }

    /** Adds that every request on {@code channel} is answered with an ATT error. */
    public Faults withRefusal(Channel channel, int attError) {
        Map<Channel, Integer> more = new HashMap<>(refusals);
        more.put(channel, attError);
        return new Faults(delay, cutTo, lostAfter, isRefusingConnections, isSilent, isDuplicating, more);
    }
}
