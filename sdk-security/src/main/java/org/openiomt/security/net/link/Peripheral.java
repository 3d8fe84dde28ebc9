package org.openiomt.security.net.link;

import java.util.concurrent.CompletionStage;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.security.identity.peer.VerifiedPeer;

/** What a device does behind its end of a secure connection. One instance serves one gateway after the other, or several. */
public interface Peripheral {
    /**
     * A gateway has connected, and each end knows who the other is.
     *
     * @param gateway who
     * @param lost to be run when the device cannot go on: the gateway is told and the connection is closed
     * @return fails when the device cannot serve this gateway now
     */
    CompletionStage<Session> connect(VerifiedPeer gateway, Runnable lost);

    /**
     * Returns a peripheral that stands behind a link of another transport: a virtual device, or one in the air whose radio does not
     * reach the gateway. What the device has had confirmed has reached this process and not yet the gateway; a value that cannot be
     * passed on ends the connection rather than going missing unnoticed.
     *
     * @param transport opens the links; stays the caller's
     * @param device whom to open them to
     */
    static Peripheral over(Transport transport, Discovery device) {
        return new BridgedPeripheral(transport, device);
    }

    /**
     * What one gateway does with the device. Called one call at a time; the next read, write or subscription comes when the stage
     * of the one before has completed. A stage that fails with {@link RefusedException} is a refusal with its code, with anything
     * else one with the code of an unlikely error, 0x0E. Arrays are the callee's.
     */
    interface Session extends AutoCloseable {
        /** Returns what the device is; asked once. */
        PeripheralDescription description();

        /** Reads a value; it may be as long as a message. */
        CompletionStage<byte[]> read(Channel channel);

        /** Writes a value. Of a write without a response nobody hears how it went. */
        CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode);

        /** Begins to announce values. What is announced before the stage has completed is sent behind the answer. */
        CompletionStage<Void> subscribe(Channel channel, Announcer announcer);

        /** Ends that; what is announced from now on is not sent. */
        CompletionStage<Void> unsubscribe(Channel channel);

        /** The gateway is gone. Called once. */
        @Override
        void close();
    }

    /** Sends the values of one channel to one gateway. Any thread may call. */
    interface Announcer {
        /**
         * Announces a value without a confirmation. The array is not kept.
         *
         * @return completes when it was given to the socket; fails with {@link LinkException} when nobody is subscribed any more,
         *     or when too much waits for the gateway: then nothing was sent, and the device may keep the value and try again
         * @throws IllegalArgumentException when the value is longer than both ends have said
         */
        CompletionStage<Void> notify(byte[] octets);

        /**
         * Announces a value that the gateway confirms when its driver has been given it. One is on its way at a time, further ones
         * wait. The array is not kept.
         *
         * @return completes when it was confirmed; fails with {@link LinkException} when nobody is subscribed any more, when 256
         *     wait already, or when the link is lost before the confirmation
         * @throws IllegalArgumentException when the value is longer than both ends have said
         */
        CompletionStage<Void> indicate(byte[] octets);
    }
}
