package org.openiomt.security.session;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.carrier.FragmentsFuzz;
import org.openiomt.security.primitive.Primitives;

/**
 * A fuzzing target over all that a session reads of strangers. The first octet chooses what; the rest is packets, each behind two
 * octets with its length, for the machines with a state, and one packet for the others. Jazzer calls it, see CONTRIBUTING.md.
 */
public final class SessionFuzz {
    static final int KINDS = 8;

    private static final Party PARTY = Party.x25519();
    private static final byte[] NOTHING = {};
    private static final List<FrameForm> FORMS = List.of(FrameForm.values());

    private SessionFuzz() {}

    /** Is called with inputs of the fuzzer's making. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch ((input[0] & 0xFF) % KINDS) {
            case 0 -> hello(rest);
            case 1 -> reply(rest);
            case 2 -> machine(SessionHandshake.responder(settings(PARTY.device(SessionPattern.XX))), rest);
            case 3 -> machine(SessionHandshake.responder(settings(PARTY.device(SessionPattern.IK))), rest);
            case 4 -> {
                SessionHandshake initiator = SessionHandshake.initiator(settings(PARTY.gateway(SessionPattern.XX)));
                initiator.start();
                machine(initiator, rest);
            }
            case 5 -> stream(rest);
            case 6 -> FragmentsFuzz.join(rest);
            default -> frames(rest);
        }
    }

    private static SessionSettings settings(SessionSettings settings) {
        return settings.withForm(FrameForm.DATAGRAM).withoutHybrid();
    }

    private static void hello(byte[] packet) {
        try {
            require(Arrays.equals(Hello.decode(packet).encode(), packet), "a hello has a second form");
        } catch (DecodeException e) {
            // refused
        }
    }

    private static void reply(byte[] packet) {
        try {
            require(Arrays.equals(Reply.decode(packet).encode(), packet), "a reply has a second form");
        } catch (DecodeException e) {
            // refused
        }
    }

    private static void machine(SessionHandshake handshake, byte[] input) {
        StreamReader reader = new StreamReader(StreamReader.MAX_PACKET_LENGTH);
        reader.append(input, 0, input.length);
        try {
            for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
                try {
                    SessionHandshake.Step step = handshake.receive(StreamReader.body(next.get()), NOTHING);
                    require(step.session().isEmpty(), "a stranger has a session");
                } catch (AuthenticationException e) {
                    // refused
                }
            }
        } catch (AuthenticationException e) {
            // the reader gives up
        } finally {
            handshake.close();
        }
    }

    private static void stream(byte[] input) {
        StreamReader whole = new StreamReader(300);
        StreamReader octets = new StreamReader(300);
        whole.append(input, 0, input.length);
        try {
            for (byte octet : input) {
                octets.append(new byte[] {octet}, 0, 1);
                Optional<byte[]> one = octets.next();
                if (one.isPresent()) {
                    require(Arrays.equals(one.get(), whole.next().orElseThrow()), "chunks change a stream");
                }
            }
        } catch (AuthenticationException e) {
            // too long
        }
    }

    private static void frames(byte[] input) {
        if (input.length == 0) {
            return;
        }
        FrameForm form = FORMS.get((input[0] & 0xFF) % FORMS.size());
        byte[] frame = Arrays.copyOfRange(input, 1, input.length);
        SessionAge age = new SessionAge(Clock.systemUTC());
        FrameKey key = new FrameKey(Primitives.preferred().aesGcm(), new byte[32], 0);
        FrameOpener opener = new FrameOpener(form, key, 7, SessionLimits.DEFAULT, age, update -> {});
        try {
            byte[] content = new byte[opener.maxContentLength(frame.length)];
            opener.open(frame, 0, frame.length, NOTHING, content, 0);
            throw new AssertionError("a frame was forged");
        } catch (AuthenticationException e) {
            // refused
        }
    }

    private static void require(boolean condition, String fault) {
        if (!condition) {
            throw new AssertionError(fault);
        }
    }
}
