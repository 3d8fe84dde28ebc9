package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openiomt.security.session.Party.NOTHING;
import static org.openiomt.security.session.SessionHandshakeTest.assertRefused;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openiomt.testkit.ManualClock;

class ResumptionTest {
    private final ManualClock clock = new ManualClock();
    private final Party party = Party.x25519();
    private final ResumptionTickets tickets = new ResumptionTickets(100, clock);
    private final SessionSettings gateway = party.gateway(SessionPattern.XX).withClock(clock);
    private final SessionSettings device =
            party.device(SessionPattern.XX).withClock(clock).withTickets(tickets);

    private Party.Sessions resume(ResumptionTicket ticket) {
        return Party.connect(SessionHandshake.resuming(gateway, ticket), SessionHandshake.responder(device));
    }

    @Test
    void resumedSessionKnowsThePeerOfTheFirst() {
        Party.Sessions first = Party.connect(gateway, device);

        try (Party.Sessions second = resume(first.gateway().ticket())) {
            assertThat(second.gateway().isResumed()).isTrue();
            assertThat(second.gateway().peer()).isEqualTo(first.gateway().peer());
            assertThat(second.device().peer()).isEqualTo(first.device().peer());
            assertThat(second.gateway().suite()).isEqualTo(CipherSuite.X25519_AESGCM_SHA256);
            assertThat(second.gateway().isPostQuantum()).as("as the first").isTrue();
            assertThat(second.gateway().handshakeHash())
                    .isNotEqualTo(first.gateway().handshakeHash());
            byte[] frame = second.gateway().sealer().seal(new byte[] {7}, NOTHING);
            assertThat(Party.opened(second.device(), frame)).containsExactly(7);
            assertRefused(() -> Party.opened(first.device(), frame));
        }
    }

    @Test
    void handshakeOfAResumptionIsShort() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();
        SessionHandshake again = SessionHandshake.resuming(gateway, ticket);
        byte[] hello = again.start();
        byte[] answer = SessionHandshake.responder(device)
                .receive(hello, NOTHING)
                .send()
                .orElseThrow();

        assertThat(Hello.decode(StreamReader.body(hello)).message()).hasSize(48);
        assertThat(answer).hasSize(2 + Reply.HEADER_LENGTH + 52); // with the index of the responder
    }

    @Test
    void sessionsFollowOneAnotherWithATicketEach() {
        Party.Sessions sessions = Party.connect(gateway, device);
        for (int i = 0; i < 5; i++) {
            sessions = resume(sessions.gateway().ticket());
        }
        assertThat(tickets.size()).isEqualTo(1);
        assertThat(sessions.gateway().ticket().notAfter())
                .isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    }

    @Test
    void ticketIsForOneUse() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();
        SessionHandshake again = SessionHandshake.resuming(gateway, ticket);
        byte[] hello = again.start();
        SessionHandshake.responder(device).receive(hello, NOTHING);

        assertRefused(() -> SessionHandshake.responder(device).receive(hello, NOTHING));
        assertThatThrownBy(() -> SessionHandshake.resuming(gateway, ticket))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the ticket was used before");
        assertThat(tickets.size()).isZero();
    }

    @Test
    void forgedHelloDoesNotUseTheTicketUp() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();
        SessionHandshake again = SessionHandshake.resuming(gateway, ticket);
        byte[] hello = again.start();
        byte[] forged = SessionHandshakeTest.flipped(hello, hello.length * 8 - 1);

        SessionHandshake responder = SessionHandshake.responder(device);
        assertRefused(() -> responder.receive(forged, NOTHING));

        assertThat(again.receive(responder.receive(hello, NOTHING).send().orElseThrow(), NOTHING)
                        .session())
                .isPresent();
    }

    @Test
    void ticketEndsInTimeAtBothEnds() {
        ResumptionTicket early = Party.connect(gateway, device).gateway().ticket();
        SessionHandshake inTime = SessionHandshake.resuming(gateway, early);
        byte[] late = inTime.start();
        ResumptionTicket kept = Party.connect(gateway, device).gateway().ticket();

        clock.advance(Duration.ofHours(24).plusMillis(1));

        assertRefused(() -> SessionHandshake.responder(device).receive(late, NOTHING));
        assertThatThrownBy(() -> SessionHandshake.resuming(gateway, kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the ticket is over since");
    }

    @Test
    void responderThatKeepsNoTicketsRefuses() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();
        SessionSettings forgetful = party.device(SessionPattern.XX).withClock(clock);

        assertRefused(
                () -> Party.connect(SessionHandshake.resuming(gateway, ticket), SessionHandshake.responder(forgetful)));
    }

    @Test
    void forgottenPeerHasToBeginAnew() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();

        tickets.forget("ward-3");

        assertThat(tickets.size()).isZero();
        assertRefused(() -> resume(ticket));
        Party.connect(gateway, device).close();
    }

    @Test
    void storeKeepsSoManyAndTheLatest() {
        ResumptionTickets two = new ResumptionTickets(2, clock);
        SessionSettings small = party.device(SessionPattern.XX).withClock(clock).withTickets(two);
        ResumptionTicket oldest = Party.connect(gateway, small).gateway().ticket();
        ResumptionTicket middle = Party.connect(gateway, small).gateway().ticket();
        Party.connect(gateway, small).close();

        assertThat(two.size()).isEqualTo(2);
        assertRefused(
                () -> Party.connect(SessionHandshake.resuming(gateway, oldest), SessionHandshake.responder(small)));
        Party.connect(SessionHandshake.resuming(gateway, middle), SessionHandshake.responder(small))
                .close();
    }

    @Test
    void resumptionStaysAsQuantumSafeAsItsFirstSession() {
        PeerMemory memory = PeerMemory.inMemory();
        SessionSettings careful = gateway.withMemory(memory);
        ResumptionTicket classical = Party.connect(gateway.withoutHybrid(), device.withoutHybrid())
                .gateway()
                .ticket();
        Party.connect(careful, device).close();

        assertRefused(
                () -> Party.connect(SessionHandshake.resuming(careful, classical), SessionHandshake.responder(device)));
    }

    @Test
    void noTextShowsTheKey() {
        ResumptionTicket ticket = Party.connect(gateway, device).gateway().ticket();

        assertThat(ticket.toString()).contains("cuff-1", "key hidden").doesNotContain(ticket.name());
        assertThat(tickets).hasToString("ResumptionTickets[1]");
    }
}
