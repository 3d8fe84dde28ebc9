package org.openiomt.security.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openiomt.security.Reference;
import org.openiomt.security.Reference.Row;
import org.openiomt.security.primitive.Aead;
import org.openiomt.security.primitive.AeadKey;
import org.openiomt.security.primitive.Dh;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Kem;
import org.openiomt.security.primitive.KemKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;

class NoiseVectorsTest {
    private static final byte[] NOTHING = {};

    @TestFactory
    Stream<DynamicTest> everyTranscribedVectorHolds() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                NoiseVectorsTest.class.getResourceAsStream("/test-vectors/noise.json"), "noise.json")) {
            return tests(Reference.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyVectorOnCurve25519Holds() throws IOException {
        return Reference.tests("noise-vectors/snow.txt", NoiseVectorsTest::tests);
    }

    @TestFactory
    Stream<DynamicTest> everyVectorOnP256Holds() throws IOException {
        return Reference.tests("noise-vectors/snow-extended.txt", NoiseVectorsTest::tests);
    }

    private static Stream<DynamicTest> tests(Row file) {
        List<Row> vectors = file.rows("vectors");
        return vectors.stream().map(row -> DynamicTest.dynamicTest(row.text("protocol_name"), () -> check(row)));
    }

    private static void check(Row row) {
        String[] name = row.text("protocol_name").split("_", -1);
        Pattern pattern = Pattern.parse(name[1]);
        Dh dh = name[2].equals("25519")
                ? Primitives.preferred().x25519().orElseThrow()
                : Primitives.preferred().p256();
        Suite suite = new Suite(dh, Optional.empty(), VectorPrimitives.aead(name[3]), VectorPrimitives.hash(name[4]));
        Handshake initiator = end(row, "init_", Role.INITIATOR, pattern, suite);
        Handshake responder = end(row, "resp_", Role.RESPONDER, pattern, suite);
        List<Row> messages = row.rows("messages");
        int handshakeMessages = pattern.messages().size();
        for (int i = 0; i < handshakeMessages; i++) {
            Handshake writer = i % 2 == 0 ? initiator : responder;
            Handshake reader = i % 2 == 0 ? responder : initiator;
            byte[] payload = messages.get(i).octets("payload");

            byte[] message = writer.write(payload);

            assertThat(message).as("message %d", i).isEqualTo(messages.get(i).octets("ciphertext"));
            assertThat(reader.read(message).payload()).as("payload %d", i).isEqualTo(payload);
        }
        assertThat(initiator.hash()).isEqualTo(responder.hash());
        try (Split first = initiator.split();
                Split second = responder.split()) {
            assertThat(first.resumptionSecret()).isEqualTo(second.resumptionSecret());
            long[] numbers = new long[2];
            for (int i = handshakeMessages; i < messages.size(); i++) {
                boolean fromInitiator = pattern.isOneWay() || i % 2 == 0;
                Split sender = fromInitiator ? first : second;
                Split receiver = fromInitiator ? second : first;
                assertThat(sender.sendKey()).isEqualTo(receiver.receiveKey());
                long number = numbers[fromInitiator ? 0 : 1]++;
                byte[] payload = messages.get(i).octets("payload");
                assertThat(seal(suite, sender.sendKey(), number, payload))
                        .as("message %d", i)
                        .isEqualTo(messages.get(i).octets("ciphertext"));
            }
        }
    }

    private static byte[] seal(Suite suite, byte[] key, long number, byte[] payload) {
        byte[] sealed = new byte[payload.length + Aead.TAG_LENGTH];
        try (AeadKey aead = suite.aead().key(key, 0)) {
            aead.seal(number, NOTHING, 0, 0, NOTHING, payload, 0, payload.length, sealed, 0);
        }
        return sealed;
    }

    private static Handshake end(Row row, String prefix, Role role, Pattern pattern, Suite suite) {
        boolean initiator = role == Role.INITIATOR;
        boolean remoteKnown = initiator ? pattern.responderKnown() : pattern.initiatorKnown();
        HandshakeSettings settings = new HandshakeSettings(
                pattern,
                suite,
                role,
                row.octets(prefix + "prologue"),
                row.has(prefix + "static")
                        ? Optional.of(suite.dh().pair(row.octets(prefix + "static")))
                        : Optional.empty(),
                remoteKnown ? Optional.of(row.octets(prefix + "remote_static")) : Optional.empty(),
                row.list(prefix + "psks").stream()
                        .map(psk -> HexFormat.of().parseHex((String) psk))
                        .toList());
        return Handshake.of(settings, new Fixed(suite.dh().pair(row.octets(prefix + "ephemeral"))));
    }

    private record Fixed(DhKeyPair dh) implements Ephemerals {
        @Override
        public KemKeyPair kem() {
            throw new AssertionError("no hybrid here");
        }

        @Override
        public Kem.Encapsulated encapsulate(byte[] publicKey) {
            throw new AssertionError("no hybrid here");
        }
    }
}
