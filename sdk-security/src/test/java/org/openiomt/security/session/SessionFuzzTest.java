package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.security.session.Party.NOTHING;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openiomt.security.FuzzSeeds;

class SessionFuzzTest {
    @Test
    void everyPacketOfASessionPassesTheTarget() {
        Party party = Party.x25519();
        SessionSettings gateway =
                party.gateway(SessionPattern.XX).withForm(FrameForm.DATAGRAM).withoutHybrid();
        SessionSettings device =
                party.device(SessionPattern.XX).withForm(FrameForm.DATAGRAM).withoutHybrid();
        SessionHandshake initiator = SessionHandshake.initiator(gateway);
        SessionHandshake responder = SessionHandshake.responder(device);
        List<byte[]> packets = new ArrayList<>();
        packets.add(initiator.start());
        packets.add(responder.receive(packets.get(0), NOTHING).send().orElseThrow());
        packets.add(initiator.receive(packets.get(1), NOTHING).send().orElseThrow());
        packets.add(responder.receive(packets.get(2), NOTHING).send().orElseThrow());
        packets.add(Reply.retry(1, 2, new byte[16]).encode());
        packets.add(SessionHandshake.initiator(party.gateway(SessionPattern.IK).withForm(FrameForm.DATAGRAM))
                .start());

        List<byte[]> seeds = new ArrayList<>();
        for (int kind = 0; kind < SessionFuzz.KINDS; kind++) {
            for (byte[] packet : packets) {
                byte[] body = kind >= 2 && kind <= 5 ? StreamReader.framed(packet) : packet;
                byte[] seed = new byte[1 + body.length];
                seed[0] = (byte) kind;
                System.arraycopy(body, 0, seed, 1, body.length);
                SessionFuzz.fuzzerTestOneInput(seed);
                seeds.add(seed);
            }
        }
        assertThat(seeds).hasSize(48);
        FuzzSeeds.keep("session", seeds);
    }
}
