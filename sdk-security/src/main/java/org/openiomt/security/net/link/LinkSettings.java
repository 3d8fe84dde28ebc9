package org.openiomt.security.net.link;

import java.time.Duration;
import java.util.Objects;
import org.openiomt.core.spi.Backoff;
import org.openiomt.security.net.NetLimits;

/**
 * How patient an end of a link is, and how much it takes.
 *
 * @param answerTimeout after so long without an answer the link is given up
 * @param keepAlive how often an end looks whether it has heard anything: after one whole such time of silence it asks the peer
 *     whether it is there, after three it gives the link up. A consumer that blocks for so long loses its link
 * @param maxValueLength the longest value that is written or announced, in octets, 20 or more; the smaller one of both ends counts
 * @param redial how long to wait before a connection is dialled again
 */
public record LinkSettings(Duration answerTimeout, Duration keepAlive, int maxValueLength, Backoff redial) {
    /** 30 seconds for an answer, a keep-alive of 30 seconds, values of at most 4,096 octets, redialled within a minute. */
    public static final LinkSettings DEFAULT =
            new LinkSettings(Duration.ofSeconds(30), Duration.ofSeconds(30), 4096, Backoff.DEFAULT);

    /** The shortest {@link #maxValueLength()}: what the smallest packet of the Attribute Protocol carries. */
    public static final int LEAST_VALUE_LENGTH = 20;

    /** Checks the numbers. */
    public LinkSettings {
        positive("answerTimeout", answerTimeout);
        positive("keepAlive", keepAlive);
        Objects.requireNonNull(redial, "redial");
        if (maxValueLength < LEAST_VALUE_LENGTH || maxValueLength > NetLimits.MAX_MESSAGE_LENGTH - LinkMessage.HEADER) {
            throw new IllegalArgumentException("maxValueLength is " + LEAST_VALUE_LENGTH + " to "
                    + (NetLimits.MAX_MESSAGE_LENGTH - LinkMessage.HEADER) + ", but got " + maxValueLength);
        }
    }

    /** Checks that a value fits into a message. */
    void requireFits(NetLimits limits) {
        if (maxValueLength > limits.maxMessageLength() - LinkMessage.HEADER) {
            throw new IllegalArgumentException(
                    "values of " + maxValueLength + " octets do not fit messages of " + limits.maxMessageLength());
        }
    }

    private static void positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " is positive, but got " + duration);
        }
    }
}
