package org.openiomt.kafka;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.openiomt.core.spi.LinkException;

/** What a fault of the Kafka client means, and what to do about it. */
final class KafkaFaults {
    private KafkaFaults() {}

    static LinkException of(Throwable fault, KafkaOptions options) {
        Throwable cause = unwrap(fault);
        return new LinkException(explain(cause, options), cause);
    }

    static String explain(Throwable fault, KafkaOptions options) {
        Throwable cause = unwrap(fault);
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof SslAuthenticationException) {
            return "no TLS session with the cluster at " + options.servers() + ": " + said
                    + "; check ssl.truststore and ssl.keystore";
        }
        if (cause instanceof AuthenticationException) {
            return "the cluster at " + options.servers() + " does not believe who we are: " + said;
        }
        if (cause instanceof AuthorizationException) {
            return "the cluster refuses this client (" + options.clientId() + "): " + said
                    + "; it needs rights to the topics " + options.topics().all() + " and to its group";
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "a topic is missing: " + said;
        }
        if (cause instanceof RecordTooLargeException) {
            return "a message is too large for the cluster: " + said + "; raise max.message.bytes of the topic";
        }
        if (cause instanceof TimeoutException) {
            return "no Kafka answers at " + options.servers() + ": " + said;
        }
        return said;
    }

    private static Throwable unwrap(Throwable fault) {
        boolean isWrapped = fault instanceof ExecutionException
                || fault instanceof CompletionException
                || (fault.getClass() == KafkaException.class && fault.getCause() != null);
        Throwable cause = fault.getCause();
        return isWrapped && cause != null ? unwrap(cause) : fault;
    }
}
