package org.openiomt.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.security.session.Party.NOTHING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The fuzzing target with the inputs that the fuzzer begins with, which are kept for it in target/fuzz. */
class SessionFuzzTest {
    private static final Path FOLDER = Path.of(
            Objects.requireNonNull(System.getProperty("openiomt.root")), "sdk-security", "target", "fuzz", "session");

    @Test
    void everyPacketOfASessionPassesTheTarget() throws IOException {
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

        Files.createDirectories(FOLDER);
        int seeds = 0;
        for (int kind = 0; kind < SessionFuzz.KINDS; kind++) {
            for (byte[] packet : packets) {
                byte[] body = kind >= 2 && kind <= 5 ? StreamReader.framed(packet) : packet;
                byte[] seed = new byte[1 + body.length];
                seed[0] = (byte) kind;
                System.arraycopy(body, 0, seed, 1, body.length);
                SessionFuzz.fuzzerTestOneInput(seed);
                Files.write(FOLDER.resolve("packet-" + seeds++), seed);
            }
        }
        assertThat(seeds).isEqualTo(48);
    }
}
