package org.openiomt.security.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openiomt.security.Reference;
import org.openiomt.security.Reference.Row;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Kem;
import org.openiomt.security.primitive.KemKeyPair;
import org.openiomt.security.primitive.Primitives;
import org.openiomt.security.session.Role;

class HybridVectorsTest {
    private static final byte[] NOTHING = {};
    private static final Primitives PRIMITIVES = Primitives.preferred();
    private static final Suite SUITE = new Suite(
            PRIMITIVES.x25519().orElseThrow(),
            PRIMITIVES.mlKem768(),
            PRIMITIVES.chaChaPoly().orElseThrow(),
            PRIMITIVES.sha256());

    @TestFactory
    Stream<DynamicTest> everyHybridVectorHolds() throws IOException {
        return Reference.tests("noise-vectors/xxhfs-mlkem768-vectors.json", file -> {
            assertThat(file.text("protocol_name")).isEqualTo("Noise_XXhfs_" + SUITE.name());
            return file.rows("vectors").stream()
                    .map(row -> DynamicTest.dynamicTest("vector " + row.number("index"), () -> check(row)));
        });
    }

    private static void check(Row row) {
        Handshake initiator = end(row, "init", Role.INITIATOR);
        Handshake responder = end(row, "resp", Role.RESPONDER);

        byte[] a = initiator.write(NOTHING);
        assertThat(a).isEqualTo(row.octets("msg_a"));
        responder.read(a);
        byte[] b = responder.write(NOTHING);
        assertThat(b).isEqualTo(row.octets("msg_b"));
        initiator.read(b);
        byte[] c = initiator.write(NOTHING);
        assertThat(c).isEqualTo(row.octets("msg_c"));
        responder.read(c);

        try (Split first = initiator.split();
                Split second = responder.split()) {
            assertThat(first.handshakeHash()).isEqualTo(row.octets("handshake_hash"));
            assertThat(first.sendKey()).isEqualTo(row.octets("k_init_to_resp"));
            assertThat(first.receiveKey()).isEqualTo(row.octets("k_resp_to_init"));
            assertThat(second.sendKey()).isEqualTo(row.octets("k_resp_to_init"));
            assertThat(second.receiveKey()).isEqualTo(row.octets("k_init_to_resp"));
        }
    }

    private static Handshake end(Row row, String who, Role role) {
        Pattern pattern = Pattern.parse("XXhfs");
        DhKeyPair own = SUITE.dh().pair(row.octets(who + "_static"));
        HandshakeSettings settings =
                new HandshakeSettings(pattern, SUITE, role, NOTHING, Optional.of(own), Optional.empty(), List.of());
        return Handshake.of(settings, new Fixed(row, SUITE.dh().pair(row.octets(who + "_ephemeral"))));
    }

    private record Fixed(Row row, DhKeyPair dh) implements Ephemerals {
        @Override
        public KemKeyPair kem() {
            return SUITE.kem().orElseThrow().pair(row.octets("init_kem_seed_d_z"));
        }

        @Override
        public Kem.Encapsulated encapsulate(byte[] publicKey) {
            SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(
                    new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, publicKey), row.octets("resp_encaps_m"));
            return new Kem.Encapsulated(made.getEncapsulation(), made.getSecret());
        }
    }
}
