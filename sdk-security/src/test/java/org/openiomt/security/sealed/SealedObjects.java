package org.openiomt.security.sealed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;
import org.openiomt.testkit.ManualClock;

/** One publisher and one reader of large objects. */
final class SealedObjects {
    static final String PUBLISHER = "ward/gw-1";

    final Signer signer = Signer.generate(SignatureAlgorithm.ED25519);
    final ReaderKey reader;
    private final ManualClock clock = new ManualClock();

    SealedObjects(SealedSuite suite) {
        this.reader = ReaderKey.generate(suite);
    }

    SealedOutputStream sealer(OutputStream out, String name) throws IOException {
        return SealedOutputStream.open(out, PUBLISHER, signer, List.of(reader.publicKey()), name, clock);
    }

    byte[] seal(String name, byte[] content) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (SealedOutputStream out = sealer(sealed, name)) {
            out.write(content);
            out.finish();
        }
        return sealed.toByteArray();
    }

    InputStream opener(String name, byte[] sealed) throws IOException {
        return SealedInputStream.open(
                new ByteArrayInputStream(sealed), PUBLISHER, List.of(signer.publicKey()), reader, name);
    }

    byte[] open(String name, byte[] sealed) throws IOException {
        try (InputStream in = opener(name, sealed)) {
            return in.readAllBytes();
        }
    }

    /** Returns how many octets stand before the first chunk. */
    int headLength(byte[] sealed) {
        return Integer.BYTES + ByteBuffer.wrap(sealed).getInt();
    }
}
