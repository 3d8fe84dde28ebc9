package org.openiomt.mqtt.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.openiomt.core.spi.Backoff;

/**
 * Which broker to use, as whom, and how patiently. Immutable; each {@code with} method returns a changed copy.
 *
 * @param host the broker's name or address; with TLS the name that its certificate must be for
 * @param port 1 to 65,535
 * @param others where else the broker, or one that stands in for it, can be reached; used in turn when an attempt to connect fails, and
 *     kept until one fails there
 * @param clientId names this client to the broker for ever, so that its session is kept; 1 to 64 of
 *     {@code A-Z a-z 0-9 _ -}; no two clients may share one
 * @param tls gives the own certificate and whom to trust, anew for each attempt to connect; empty only on the loopback
 * @param keepAlive after how much silence the link is tested; 1 s to 18 h
 * @param sessionExpiry for how long the broker keeps what waits for this client; 1 s to 100 years
 * @param connectTimeout how long each step of connecting may take: the socket, the handshake, the broker's answer
 * @param willDelay how long the broker waits before it says that this client is gone, so that a short outage goes unnoticed; at
 *     least 1 s, because with none Artemis says nothing at all
 * @param backoff how long to wait between attempts
 * @param whenUnheard what becomes of an observation to which nobody has subscribed
 */
public record MqttOptions(
        String host,
        int port,
        List<Address> others,
        String clientId,
        Optional<Credentials> tls,
        Duration keepAlive,
        Duration sessionExpiry,
        Duration connectTimeout,
        Duration willDelay,
        Backoff backoff,
        WhenUnheard whenUnheard) {
    /** The most characters of a client id. */
    public static final int MAX_CLIENT_ID = 64;

    private static final Duration MAX_KEEP_ALIVE = Duration.ofHours(18);
    private static final Duration MAX_EXPIRY = Duration.ofDays(36_525);
    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofMinutes(10);

    /** Checks every part. */
    public MqttOptions {
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(whenUnheard, "whenUnheard");
        others = List.copyOf(others);
        Address first = new Address(host, port);
        if (!clientId.matches("[A-Za-z0-9_-]{1," + MAX_CLIENT_ID + "}")) {
            throw new IllegalArgumentException(
                    "a client id must be 1 to " + MAX_CLIENT_ID + " of A-Z a-z 0-9 _ -, but got " + clientId);
        }
        for (Address address : withFirst(first, others)) {
            if (tls.isEmpty() && !isLoopback(address.host())) {
                throw new IllegalArgumentException("without TLS only 127.0.0.1, ::1 and localhost are allowed, but got "
                        + address.host() + "; use MqttOptions.tls");
            }
        }
        requireBetween("keepAlive", keepAlive, Duration.ofSeconds(1), MAX_KEEP_ALIVE);
        requireBetween("sessionExpiry", sessionExpiry, Duration.ofSeconds(1), MAX_EXPIRY);
        requireBetween("connectTimeout", connectTimeout, Duration.ofMillis(1), MAX_CONNECT_TIMEOUT);
        requireBetween("willDelay", willDelay, Duration.ofSeconds(1), MAX_EXPIRY);
    }

    /**
     * The own certificate and whom to trust.
     *
     * @param own gives the client certificate and its key
     * @param trusted decides on the broker's certificate
     */
    public record Tls(KeyManagerFactory own, TrustManagerFactory trusted) {
        /** Checks that both are there. */
        public Tls {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(trusted, "trusted");
        }
    }

    /**
     * Gives the own certificate and whom to trust. Asked before each attempt to connect, so that a certificate can be replaced: the
     * next connection uses the new one. Called by one thread at a time; must not block for long. When it throws, the attempt
     * fails, and others follow.
     */
    @FunctionalInterface
    public interface Credentials {
        /** Returns what is valid now. */
        Tls current();
    }

    /**
     * Where a broker can be reached.
     *
     * @param host its name or address
     * @param port 1 to 65,535
     */
    public record Address(String host, int port) {
        /** Checks both. */
        public Address {
            if (host.isBlank()) {
                throw new IllegalArgumentException("the broker's host is missing");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is 1 to 65535, but got " + port);
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Uses a broker over TLS 1.3 with certificates on both sides. The broker's certificate must be for {@code host}. */
    public static MqttOptions tls(
            String host, int port, String clientId, KeyManagerFactory own, TrustManagerFactory trusted) {
        Tls always = new Tls(own, trusted);
        return tls(host, port, clientId, () -> always);
    }

    /** Uses a broker over TLS 1.3 with certificates on both sides, which may be replaced. */
    public static MqttOptions tls(String host, int port, String clientId, Credentials credentials) {
        return defaults(host, port, clientId, Optional.of(credentials));
    }

    /**
     * Uses a broker on this machine without any protection: for tests and trials.
     *
     * @throws IllegalArgumentException when {@code host} is not the loopback
     */
    public static MqttOptions plainOnLoopback(String host, int port, String clientId) {
        return defaults(host, port, clientId, Optional.empty());
    }

    private static MqttOptions defaults(String host, int port, String clientId, Optional<Credentials> tls) {
        return new MqttOptions(
                host,
                port,
                List.of(),
                clientId,
                tls,
                Duration.ofSeconds(20),
                Duration.ofDays(7),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                WhenUnheard.SEND_AGAIN);
    }

    /** Returns these options for another client. */
    public MqttOptions withClientId(String other) {
        return with(draft -> draft.clientId = other);
    }

    /** Returns these options with another port. */
    public MqttOptions withPort(int other) {
        return with(draft -> draft.first = new Address(host, other));
    }

    /** Returns these options with other places to try when the first one fails. */
    public MqttOptions withOthers(List<Address> others) {
        return with(draft -> draft.others = others);
    }

    /** Returns these options with another keep-alive. */
    public MqttOptions withKeepAlive(Duration other) {
        return with(draft -> draft.keepAlive = other);
    }

    /** Returns these options with another session expiry. */
    public MqttOptions withSessionExpiry(Duration other) {
        return with(draft -> draft.sessionExpiry = other);
    }

    /** Returns these options with another time-out for each step of connecting. */
    public MqttOptions withConnectTimeout(Duration other) {
        return with(draft -> draft.connectTimeout = other);
    }

    /** Returns these options with another delay of the last will. */
    public MqttOptions withWillDelay(Duration other) {
        return with(draft -> draft.willDelay = other);
    }

    /** Returns these options with another wait between attempts. */
    public MqttOptions withBackoff(Backoff other) {
        return with(draft -> draft.backoff = other);
    }

    /** Returns these options with another fate of what nobody has subscribed to. */
    public MqttOptions withWhenUnheard(WhenUnheard other) {
        return with(draft -> draft.whenUnheard = other);
    }

    /** Returns options for each place in turn, the first one first, each of them without others. */
    public List<MqttOptions> places() {
        return withFirst(new Address(host, port), others).stream()
                .map(address -> with(draft -> {
                    draft.first = address;
                    draft.others = List.of();
                }))
                .toList();
    }

    private static List<Address> withFirst(Address first, List<Address> others) {
        List<Address> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private MqttOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new MqttOptions(
                draft.first.host(),
                draft.first.port(),
                draft.others,
                draft.clientId,
                tls,
                draft.keepAlive,
                draft.sessionExpiry,
                draft.connectTimeout,
                draft.willDelay,
                draft.backoff,
                draft.whenUnheard);
    }

    /** What can be changed, as it is until somebody changes it. */
    private final class Draft {
        private Address first = new Address(host, port);
        private List<Address> others = MqttOptions.this.others;
        private String clientId = MqttOptions.this.clientId;
        private Duration keepAlive = MqttOptions.this.keepAlive;
        private Duration sessionExpiry = MqttOptions.this.sessionExpiry;
        private Duration connectTimeout = MqttOptions.this.connectTimeout;
        private Duration willDelay = MqttOptions.this.willDelay;
        private Backoff backoff = MqttOptions.this.backoff;
        private WhenUnheard whenUnheard = MqttOptions.this.whenUnheard;
    }

    /** Returns the client and the places. */
    @Override
    public String toString() {
        return clientId + "@"
                + withFirst(new Address(host, port), others).stream()
                        .map(Address::toString)
                        .collect(Collectors.joining(" or "))
                + (tls.isPresent() ? " (TLS)" : " (plain)");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    private static void requireBetween(String what, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(what + " must be " + min + " to " + max + ", but got " + value);
        }
    }
}
