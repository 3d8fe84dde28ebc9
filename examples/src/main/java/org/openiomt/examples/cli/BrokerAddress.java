package org.openiomt.examples.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.openiomt.core.spi.Backoff;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.certificates.GatewayKeys;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.security.identity.TlsIdentity;
import picocli.CommandLine.Option;

/** The options of a command that talks to a broker. */
public final class BrokerAddress {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    @Option(
            names = "--broker",
            defaultValue = "127.0.0.1:8883",
            paramLabel = "HOST:PORT",
            description = "The broker. Default: ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1:8883";

    @Option(
            names = "--certificates",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder that the certificates command has made.")
    private Path certificates = Path.of("");

    /** Returns the way to the broker as the gateway. */
    public MqttOptions asGateway(String clientId) {
        return options(clientId, DemoCertificates.of(certificates).gateway(Clock.systemUTC()));
    }

    /** Returns the way to the broker as the application. */
    public MqttOptions asApplication(String clientId) {
        return options(clientId, DemoCertificates.of(certificates).application(Clock.systemUTC()));
    }

    /** Returns what the gateway seals with. */
    public GatewayKeys gatewayKeys() {
        return DemoCertificates.of(certificates).gatewayKeys();
    }

    /** Returns what the application opens with. */
    public ApplicationKeys applicationKeys() {
        return DemoCertificates.of(certificates).applicationKeys();
    }

    /**
     * Returns the way to a broker of the examples: TLS with certificates, and short pauses between attempts.
     *
     * @param tls proves who the client is and checks the broker
     */
    public static MqttOptions of(String host, int port, String clientId, TlsIdentity tls) {
        return MqttOptions.tls(host, port, clientId, tls.keyManagers(), tls.trustManagers())
                .withBackoff(BACKOFF);
    }

    /** Returns the way to a broker on this machine that asks for nothing. */
    static MqttOptions plain(String host, int port, String clientId) {
        return MqttOptions.plainOnLoopback(host, port, clientId).withBackoff(BACKOFF);
    }

    private MqttOptions options(String clientId, TlsIdentity tls) {
        return parse(address, (host, port) -> of(host, port, clientId, tls));
    }

    /**
     * Reads host and port.
     *
     * @throws BadInputException when they are none, or the options refuse them
     */
    static MqttOptions parse(String address, BiFunction<String, Integer, MqttOptions> options) {
        int colon = address.lastIndexOf(':');
        try {
            if (colon > 0) {
                return options.apply(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--broker: '" + address + "': " + e.getMessage(), e);
        }
        throw new BadInputException("--broker: expected HOST:PORT, but got '" + address + "'");
    }
}
