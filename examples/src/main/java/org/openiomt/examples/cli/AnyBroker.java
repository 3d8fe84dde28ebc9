package org.openiomt.examples.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.certificates.DemoCertificates;
import org.openiomt.examples.certificates.GatewayKeys;
import org.openiomt.mqtt.broker.MqttOptions;
import org.openiomt.security.identity.TlsIdentity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options of a command that talks to a broker of the user's: with certificates and sealed observations, or, on this machine
 * alone, without either.
 */
public final class AnyBroker {
    @Option(
            names = "--broker",
            defaultValue = "127.0.0.1:8883",
            paramLabel = "HOST:PORT",
            description = "The broker. Default: ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1:8883";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Protection protection = new Protection();

    /** Either of the two. */
    static final class Protection {
        @Option(
                names = "--certificates",
                paramLabel = "FOLDER",
                description = "TLS, and observations sealed, with the folder that the certificates command has made.")
        private Optional<Path> certificates = Optional.empty();

        @Option(
                names = "--plain",
                description = "Neither TLS nor sealing, for a broker on this machine: whoever can reach it reads all.")
        private boolean isPlain;
    }

    /** Returns the way to the broker as a gateway. */
    public MqttOptions asGateway(String clientId) {
        return options(clientId, certificates().map(folder -> folder.gateway(Clock.systemUTC())));
    }

    /** Returns the way to the broker as an application. */
    public MqttOptions asApplication(String clientId) {
        return options(clientId, certificates().map(folder -> folder.application(Clock.systemUTC())));
    }

    /** Returns what a gateway seals with; empty when it shall not. */
    public Optional<GatewayKeys> gatewayKeys() {
        return certificates().map(DemoCertificates::gatewayKeys);
    }

    /** Returns what an application opens with; empty when it takes what is not sealed. */
    public Optional<ApplicationKeys> applicationKeys() {
        return certificates().map(DemoCertificates::applicationKeys);
    }

    private Optional<DemoCertificates> certificates() {
        return protection.isPlain
                ? Optional.empty()
                : Optional.of(DemoCertificates.of(protection.certificates.orElseThrow()));
    }

    private MqttOptions options(String clientId, Optional<TlsIdentity> tls) {
        return BrokerAddress.parse(
                address,
                (host, port) -> tls.map(identity -> BrokerAddress.of(host, port, clientId, identity))
                        .orElseGet(() -> BrokerAddress.plain(host, port, clientId)));
    }
}
