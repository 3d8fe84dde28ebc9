package org.openiomt.ble.gatt;

import java.util.Optional;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;

/** A GATT device answered with a no, and what its code means on that channel. The link stays open. */
public final class GattRefusedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final String channel;

    /**
     * Says what a device's code means.
     *
     * @param channel what was read, written or subscribed to
     * @param refused the device's answer
     */
    public GattRefusedException(Channel channel, RefusedException refused) {
        super(refused.code(), channel + " refused: " + AttError.describe(channel, refused.code()));
        this.channel = channel.name();
        initCause(refused);
    }

    /**
     * Refuses, as a device does.
     *
     * @param channel what was read, written or subscribed to
     * @param meaning what is said with the code of the channel's service
     * @param why what was expected, for who reads a log
     * @throws IllegalArgumentException when the service has no code for it
     */
    public GattRefusedException(Channel channel, AttMeaning meaning, String why) {
        super(AttError.code(channel, meaning), channel + " refused, " + meaning + ": " + why);
        this.channel = channel.name();
    }

    /** Returns what was read, written or subscribed to. */
    public Channel channel() {
        return Channel.of(channel);
    }

    /** Returns what the code means there, or empty when it is not known. */
    public Optional<AttMeaning> meaning() {
        return AttError.meaning(channel(), code());
    }
}
