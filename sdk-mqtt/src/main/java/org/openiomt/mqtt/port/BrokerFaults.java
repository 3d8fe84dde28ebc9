package org.openiomt.mqtt.port;

import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.openiomt.mqtt.broker.MqttOptions;

/** Says in a person's words why the broker cannot be used, and what to check. */
final class BrokerFaults {
    private static final int MAX_CAUSES = 20;

    private BrokerFaults() {}

    /** Says why a request failed or no connection came about. */
    static String explain(Throwable fault, MqttOptions options) {
        return firstReason(fault, options)
                .orElseGet(() -> "no link to the broker at " + address(options) + " (" + inner(fault) + "); "
                        + (options.tls().isPresent()
                                ? "check that it speaks MQTT 5 over TLS 1.3 on this port and accepts the client"
                                        + " certificate"
                                : "check that it speaks MQTT 5 without TLS on this port"));
    }

    /** Says why a connection has ended that was good before. */
    static String explainLoss(Throwable fault, MqttOptions options) {
        return firstReason(fault, options)
                .orElseGet(() -> "the link to the broker at " + address(options) + " was lost (" + inner(fault) + ")");
    }

    private static Optional<String> firstReason(Throwable fault, MqttOptions options) {
        Throwable cause = fault;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            Optional<String> reason = reason(cause, address(options), options);
            if (reason.isPresent()) {
                return reason;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String address(MqttOptions options) {
        return options.host() + ":" + options.port();
    }

    private static String inner(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return String.valueOf(cause.getMessage());
    }

    private static Optional<String> reason(Throwable cause, String broker, MqttOptions options) {
        if (cause instanceof UnknownHostException) {
            return Optional.of(
                    "the name " + options.host() + " is not known; check the broker's host name and the DNS");
        }
        if (cause instanceof ConnectException) {
            return Optional.of(
                    text(cause).contains("timed out")
                            ? "no answer from " + broker + "; check the address and any firewall between"
                            : "nobody listens at " + broker + "; check that the broker runs and the port is right");
        }
        if (cause instanceof CertificateException) {
            return Optional.of(certificate(cause, options));
        }
        if (cause instanceof SSLException) {
            return tls(cause, broker);
        }
        if (cause instanceof Mqtt5ConnAckException refused) {
            return Optional.of(connect(refused, broker, options));
        }
        if (cause instanceof Mqtt5DisconnectException ended) {
            return disconnect(ended, broker, options);
        }
        if (cause instanceof Mqtt5PubAckException refused) {
            return Optional.of("the broker refused a message with "
                    + refused.getMqttMessage().getReasonCode()
                    + "; check its access rules for the client " + options.clientId());
        }
        if (cause instanceof Mqtt5SubAckException refused) {
            return Optional.of("the broker refused a subscription with "
                    + refused.getMqttMessage().getReasonCodes()
                    + "; check its access rules for the client " + options.clientId());
        }
        if (cause instanceof MqttEncodeException) {
            return Optional.of("a message is larger than the broker takes (" + cause.getMessage() + ")");
        }
        if (cause instanceof MqttDecodeException) {
            return Optional.of("the answer from " + broker + " is not MQTT 5; check that the broker speaks MQTT 5");
        }
        return Optional.empty();
    }

    private static String certificate(Throwable cause, MqttOptions options) {
        String text = text(cause);
        if (text.contains("subject alternative") || text.contains("no name matching")) {
            return "the broker's certificate is not for the name " + options.host()
                    + "; check the host name and the certificate's subject alternative names";
        }
        return "the broker's certificate is not trusted (" + cause.getMessage()
                + "); check that its authority is in the trust store and that it has not expired";
    }

    private static Optional<String> tls(Throwable cause, String broker) {
        String text = text(cause);
        if (text.contains("not an ssl/tls record") || text.contains("handshake timed out")) {
            return Optional.of(
                    "the port " + broker + " does not speak TLS 1.3; check the port and the broker's settings");
        }
        if (text.contains("protocol_version") || text.contains("insufficient_security")) {
            return Optional.of("the broker at " + broker + " does not speak TLS 1.3; check its TLS settings");
        }
        if (text.contains("received fatal alert")) {
            return Optional.of("the broker at " + broker + " refused the client certificate ("
                    + text.substring(text.lastIndexOf(' ') + 1)
                    + "); check that the broker trusts its authority and that it has not expired");
        }
        return Optional.empty();
    }

    private static String connect(Mqtt5ConnAckException refused, String broker, MqttOptions options) {
        return switch (refused.getMqttMessage().getReasonCode()) {
            case UNSUPPORTED_PROTOCOL_VERSION ->
                "the broker at " + broker + " does not speak MQTT 5; use a broker with MQTT 5";
            case NOT_AUTHORIZED, BAD_USER_NAME_OR_PASSWORD, BANNED ->
                "the broker at " + broker + " does not let the client " + options.clientId()
                        + " in; check its rules for this certificate and client id";
            case CLIENT_IDENTIFIER_NOT_VALID ->
                "the broker at " + broker + " does not accept the client id " + options.clientId();
            default ->
                "the broker at " + broker + " refused the connection with "
                        + refused.getMqttMessage().getReasonCode();
        };
    }

    private static Optional<String> disconnect(Mqtt5DisconnectException ended, String broker, MqttOptions options) {
        return switch (ended.getMqttMessage().getReasonCode()) {
            case SESSION_TAKEN_OVER ->
                Optional.of("another client came with the client id " + options.clientId()
                        + "; check that every client has its own");
            case NORMAL_DISCONNECTION -> Optional.empty();
            default ->
                Optional.of(
                        text(ended).contains("timeout")
                                ? "no answer from " + broker + " within " + options.connectTimeout()
                                        + "; check that it speaks MQTT 5 on this port"
                                : "the connection to the broker at " + broker + " ended with "
                                        + ended.getMqttMessage().getReasonCode() + ": " + ended.getMessage());
        };
    }

    private static String text(Throwable cause) {
        @Nullable String message = cause.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
