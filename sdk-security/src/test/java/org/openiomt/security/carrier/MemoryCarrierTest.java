package org.openiomt.security.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.session.FrameForm;
import org.openiomt.security.session.ResumptionTicket;
import org.openiomt.security.session.ResumptionTickets;

class MemoryCarrierTest {
    private static final byte[] ADDRESS = {1};

    private final Ends ends = new Ends(FrameForm.DATAGRAM);
    private final MemoryPorts ports = new MemoryPorts(MemoryPorts.Weather.FAIR, new Random(1), ends.clock);

    private SessionCarrier respond(MemoryPorts on) {
        return SessionCarrier.respond(ends.device, ends.gate, ADDRESS, on.responder(), ends.clock, ends.atDevice);
    }

    private SessionCarrier initiate(MemoryPorts on) {
        return SessionCarrier.initiate(ends.gateway, on.initiator(), ends.clock, ends.atGateway);
    }

    @Test
    void contentTravelsBothWaysAndTheEndIsComplete() {
        SessionCarrier device = respond(ports);
        SessionCarrier gateway = initiate(ports);
        ends.clock.runUntilIdle();

        gateway.send(Ends.octets("start"));
        device.send(Ends.octets("120/80"));
        ends.clock.runUntilIdle();
        gateway.close();
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.contents).containsExactly("start");
        assertThat(ends.atGateway.contents).containsExactly("120/80");
        assertThat(ends.atDevice.ends).containsExactly(true);
        assertThat(ends.gate.halfOpen()).isZero();
        assertThat(ends.atGateway.sessions.get(0).peer().name()).isEqualTo("cuff-1");
        assertThat(ends.atDevice.sessions.get(0).peer().name()).isEqualTo("ward-3");
    }

    @Test
    void nothingIsSentWithoutASession() {
        SessionCarrier gateway = initiate(ports);
        ends.clock.runUntilIdle();

        var sent = gateway.send(Ends.octets("start")).toCompletableFuture();
        ends.clock.runUntilIdle();

        assertThatThrownBy(sent::join).hasCauseInstanceOf(LinkException.class);
    }

    @Test
    void handshakeGivesUpInTimeWhenNobodyAnswers() {
        initiate(ports);
        ends.clock.advance(Duration.ofSeconds(29));
        assertThat(ends.atGateway.ends).isEmpty();
        ends.clock.advance(Duration.ofSeconds(2));
        assertThat(ends.atGateway.ends).containsExactly(false);
    }

    @Test
    void peerThatHasForgottenTheSessionBeginsAnew() {
        SessionCarrier device = respond(ports);
        initiate(ports);
        ends.clock.runUntilIdle();

        SessionCarrier again = initiate(ports); // the gateway was started anew; its port is the same
        ends.clock.runUntilIdle();
        again.send(Ends.octets("hello again"));
        device.send(Ends.octets("72"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.sessions).hasSize(2);
        assertThat(ends.atDevice.sessions.get(0).isClosed()).isTrue();
        assertThat(ends.atDevice.contents).containsExactly("hello again");
        assertThat(ends.atGateway.contents).containsExactly("72");
    }

    @Test
    void strangersHelloDoesNotDisturbTheSession() {
        SessionCarrier device = respond(ports);
        SessionCarrier gateway = initiate(ports);
        ends.clock.runUntilIdle();
        byte[] stranger = org.openiomt.security.session.SessionHandshake.initiator(new Ends(FrameForm.DATAGRAM).gateway)
                .start();

        for (int i = 0; i < 10; i++) {
            device.arrived(stranger);
            device.arrived(new byte[] {1, 0, 0, 0});
        }
        ends.clock.runUntilIdle();
        gateway.send(Ends.octets("still here"));
        ends.clock.runUntilIdle();

        assertThat(ends.atDevice.contents).containsExactly("still here");
        ends.clock.advance(Duration.ofSeconds(31));
        assertThat(ends.gate.halfOpen()).isZero();
        assertThat(ends.atDevice.ends).isEmpty();
    }

    @Test
    void resumptionIsTriedFirstAndAFullHandshakeNext() {
        ResumptionTickets tickets = new ResumptionTickets(10, ends.clock);
        SessionCarrier device = SessionCarrier.respond(
                ends.device.withTickets(tickets), ends.gate, ADDRESS, ports.responder(), ends.clock, ends.atDevice);
        SessionCarrier first = initiate(ports);
        ends.clock.runUntilIdle();
        ResumptionTicket ticket = ends.atGateway.sessions.get(0).ticket();
        first.close();
        ends.clock.runUntilIdle();

        SessionCarrier.resume(ends.gateway, ticket, ports.initiator(), ends.clock, ends.atGateway);
        ends.clock.runUntilIdle();
        assertThat(ends.atGateway.sessions.get(1).isResumed()).isTrue();

        ResumptionTicket next = ends.atGateway.sessions.get(1).ticket();
        tickets.forget("ward-3");
        SessionCarrier.resume(ends.gateway, next, ports.initiator(), ends.clock, ends.atGateway);
        ends.clock.advance(Duration.ofSeconds(31));
        assertThat(ends.atGateway.sessions).hasSize(3);
        assertThat(ends.atGateway.sessions.get(2).isResumed()).isFalse();
        device.close();
    }

    @Test
    void sessionEndsAtItsAge() {
        respond(ports);
        initiate(ports);
        ends.clock.runUntilIdle();

        ends.clock.advance(Duration.ofHours(24));
        ends.clock.runUntilIdle();

        assertThat(ends.atGateway.ends).containsExactly(false);
        assertThat(ends.atDevice.ends).containsExactly(false);
    }
}
