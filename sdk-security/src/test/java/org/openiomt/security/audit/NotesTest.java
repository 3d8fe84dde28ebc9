package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

/** Signed notes, checkpoints, keys and proofs as text. */
class NotesTest {
    private static final String EMPTY_ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final NoteSigner signer = NoteSigner.generate("log.example/ward");

    @Test
    void theKnownNoteVerifiesAndIsWrittenAsItCame() {
        List<String> lines = VectorFile.lines("signed-note.txt");
        VerifierKey key = VerifierKey.parse(lines.get(0));
        String text = String.join("\n", lines.subList(1, lines.size())) + "\n";
        SignedNote note = SignedNote.parse(text);

        assertThat(key).hasToString(lines.get(0));
        assertThat(key.id()).isEqualTo(0x530d903a);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.isSignedBy(key)).isTrue();
        assertThat(note).hasToString(text);
        assertThat(new SignedNote("This is an example massage.\n", note.signatures()).isSignedBy(key))
                .isFalse();
    }

    @Test
    void unknownSignaturesAreIgnoredAndAKnownOneThatFailsRejectsTheNote() {
        SignedNote ours = signer.sign("hello\n");
        SignedNote theirs = NoteSigner.generate("other.example").sign("hello\n");
        SignedNote stale = signer.sign("good bye\n");

        assertThat(note("hello\n", theirs, ours).isSignedBy(signer.key())).isTrue();
        assertThat(note("hello\n", theirs).isSignedBy(signer.key())).isFalse();
        assertThat(note("hello\n", ours, stale).isSignedBy(signer.key())).isFalse();
    }

    private static SignedNote note(String text, SignedNote... notes) {
        return new SignedNote(
                text,
                Arrays.stream(notes).flatMap(note -> note.signatures().stream()).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nno signature\n",
                "text\n\n— name AAAAAAA=",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n—  AAAAAAA=\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n— name AAAAAAA= \n",
                "te\u0007xt\n\n— name AAAAAAA=\n",
                "text\r\n\n— name AAAAAAA=\n",
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void octetsThatAreNoTextAndNotesBeyondTheBoundsAreRefused() {
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xFF, '\n', '\n'}))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[(1 << 20) + 1])).isInstanceOf(DecodeException.class);
        String many = "text\n\n" + "— name AAAAAAA=\n".repeat(101);
        assertThatThrownBy(() -> SignedNote.parse(many)).isInstanceOf(DecodeException.class);
        assertThat(SignedNote.parse("text\n\n" + "— name AAAAAAA=\n".repeat(100))
                        .signatures())
                .hasSize(100);
    }

    @Test
    void aCheckpointIsThreeLinesAndKeepsItsExtensions() {
        Checkpoint checkpoint = Checkpoint.parse("log.example\n42\n" + EMPTY_ROOT + "\nextra\n");

        assertThat(checkpoint.origin()).isEqualTo("log.example");
        assertThat(checkpoint.size()).isEqualTo(42);
        assertThat(checkpoint.root()).hasToString(EMPTY_ROOT);
        assertThat(checkpoint.extensions()).containsExactly("extra");
        assertThat(checkpoint.text()).isEqualTo("log.example\n42\n" + EMPTY_ROOT + "\nextra\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log\n1\n",
                "log\n1\n" + EMPTY_ROOT,
                "\n1\n" + EMPTY_ROOT + "\n",
                "log\n01\n" + EMPTY_ROOT + "\n",
                "log\n+1\n" + EMPTY_ROOT + "\n",
                "log\n-1\n" + EMPTY_ROOT + "\n",
                "log\n\n" + EMPTY_ROOT + "\n",
                "log\n9223372036854775808\n" + EMPTY_ROOT + "\n",
                "log\n1\nAAAA\n",
                "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "log\n1\n" + EMPTY_ROOT + "\n\n",
            })
    void whatIsNoCheckpointIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void aKeyOfSmallOrderOrWithAnotherKeysIdIsRefused() {
        byte[] identity = new byte[Ed25519.PUBLIC_KEY_SIZE];
        identity[0] = 1;
        String known = VectorFile.lines("signed-note.txt").get(0);

        assertThatThrownBy(() -> VerifierKey.of("log", identity)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerifierKey.of("my log", new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerifierKey.parse(known.replace("530d903a", "530d903b")))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> VerifierKey.parse(known.replace("example", "exbmple")))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> VerifierKey.parse("log+530d903a")).isInstanceOf(DecodeException.class);
    }

    @Test
    void aProofTravelsAsTextAndProvesOneEntryOfOneLog() {
        MerkleTree tree = new MerkleTree();
        List<byte[]> entries = List.of(new byte[] {1}, new byte[] {2}, new byte[] {3});
        entries.forEach(tree::append);
        SignedNote note =
                signer.sign(Checkpoint.of(signer.key().name(), 3, tree.root()).text());
        InclusionProof proof = new InclusionProof(Optional.empty(), 1, tree.inclusionProof(1, 3), note);
        InclusionProof read = InclusionProof.parse(
                proof.withExtra("hi".getBytes(StandardCharsets.UTF_8)).toString());

        assertThat(read.toString()).startsWith("""
                c2sp.org/tlog-proof@v1
                extra aGk=
                index 1
                """);
        assertThat(InclusionProof.parse(proof.toString())).isEqualTo(proof);
        assertThat(read.isProofOf(entries.get(1), signer.key())).isTrue();
        assertThat(read.isProofOf(entries.get(0), signer.key())).isFalse();
        assertThat(read.isProofOf(
                        entries.get(1), NoteSigner.generate(signer.key().name()).key()))
                .isFalse();
    }

    @Test
    void aProofUnderTheCheckpointOfAnotherLogIsNone() {
        MerkleTree tree = new MerkleTree();
        tree.append(new byte[1]);
        SignedNote note =
                signer.sign(Checkpoint.of("log.example/other", 1, tree.root()).text());

        assertThat(new InclusionProof(Optional.empty(), 0, List.of(), note).isProofOf(new byte[1], signer.key()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nextra x\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\nlog\n0\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n\nno checkpoint\n\n— name AAAAAAA=\n",
            })
    void whatIsNoProofIsRefused(String text) {
        assertThatThrownBy(() -> InclusionProof.parse(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void aSignerKeepsItsKeyInAFileForItsOwner(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("log.key");
        VerifierKey key;
        try (NoteSigner first = NoteSigner.open(file, "log.example")) {
            key = first.key();
        }
        try (NoteSigner second = NoteSigner.open(file, "log.example")) {
            assertThat(second.key()).isEqualTo(key);
            assertThat(second.sign("hello\n").isSignedBy(key)).isTrue();
        }
        assertThatThrownBy(() -> NoteSigner.open(file, "another.example")).isInstanceOf(AuditException.class);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> NoteSigner.open(file, "log.example"))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("open to others");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, Files.readString(file).replace("+KEY+", "+KAY+"));
        assertThatThrownBy(() -> NoteSigner.open(file, "log.example")).isInstanceOf(AuditException.class);
    }

    @Test
    void aClosedSignerSignsNoMore() {
        signer.close();

        assertThatThrownBy(() -> signer.sign("hello\n")).isInstanceOf(IllegalStateException.class);
        assertThat(signer.toString()).contains(signer.key().toString());
    }

    @Test
    void aHandleThatSignsWronglyIsNotBelieved() {
        Signer real = Signer.generate(SignatureAlgorithm.ED25519);
        NoteSigner faulty = NoteSigner.of("log.example", new FakeSigner(real, octets -> new byte[64]));
        NoteSigner delegating = NoteSigner.of("log.example", new FakeSigner(real, real::sign));

        assertThatThrownBy(() -> faulty.sign("hello\n")).isInstanceOf(AuditException.class);
        assertThat(delegating.sign("hello\n").isSignedBy(faulty.key())).isTrue();
        assertThatThrownBy(() -> NoteSigner.of("log.example", Signer.generate(SignatureAlgorithm.ECDSA_P256)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
