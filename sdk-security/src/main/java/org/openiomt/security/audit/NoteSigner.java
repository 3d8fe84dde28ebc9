package org.openiomt.security.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.file.OwnerFiles;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.Signer;

/**
 * Signs notes under one name, by a key in this process or behind a handle. Safe for use by several threads.
 */
public final class NoteSigner implements AutoCloseable {
    private static final String PRIVATE = "PRIVATE+KEY+";

    private final VerifierKey key;
    private final Signer signer;

    private NoteSigner(VerifierKey key, Signer signer) {
        this.key = key;
        this.signer = signer;
    }

    /** Makes a key of 256 random bits for a name, in this process. */
    public static NoteSigner generate(String name) {
        return of(name, Signer.generate(SignatureAlgorithm.ED25519));
    }

    /**
     * Signs with a key that may be elsewhere: in a PKCS#11 token, for one.
     *
     * @param signer signs with Ed25519; closed with this
     * @throws IllegalArgumentException when it signs in another way, or the name has spaces or a '+'
     */
    public static NoteSigner of(String name, Signer signer) {
        if (signer.algorithm() != SignatureAlgorithm.ED25519) {
            throw new IllegalArgumentException("a note is signed with Ed25519, but this is " + signer.algorithm());
        }
        byte[] publicKey = SubjectPublicKeyInfo.getInstance(signer.publicKey().getEncoded())
                .getPublicKeyData()
                .getOctets();
        return new NoteSigner(VerifierKey.of(name, publicKey), signer);
    }

    /**
     * Reads the key in a file, or makes one for {@code name} and writes it there, for its owner only.
     *
     * @throws AuditException when the file cannot be read or written, is open to others, holds no key, or that of another name
     */
    public static NoteSigner open(Path file, String name) {
        try {
            if (Files.exists(file)) {
                return read(file, name);
            }
            byte[] seed = new byte[SignatureAlgorithm.PRIVATE_KEY_LENGTH];
            new SecureRandom().nextBytes(seed);
            NoteSigner made = of(name, seed);
            OwnerFiles.replace(file, made.secret(seed));
            Arrays.fill(seed, (byte) 0);
            return made;
        } catch (IOException e) {
            throw new AuditException(file + ": cannot be used as the key of a log: " + e.getMessage(), e);
        }
    }

    private static NoteSigner read(Path file, String name) throws IOException {
        Optional<String> granted = OwnerFiles.grantedToOthers(file);
        if (granted.isPresent()) {
            throw new AuditException(file + " is open to others (" + granted.get() + "): run chmod go-rwx " + file
                    + ", and make a new key if they may have read this one");
        }
        byte[] octets = Files.readAllBytes(file);
        try {
            String prefix = PRIVATE + name + "+";
            String text = new String(octets, StandardCharsets.UTF_8).strip();
            int last = text.indexOf('+', prefix.length());
            if (!text.startsWith(prefix) || last < 0) {
                throw new AuditException(file + ": holds no key of \"" + name + "\"");
            }
            byte[] typed = TreeHash.base64("key", last + 1, text.substring(last + 1));
            if (typed.length != 1 + SignatureAlgorithm.PRIVATE_KEY_LENGTH || typed[0] != 1) {
                throw new AuditException(file + ": holds no Ed25519 key");
            }
            byte[] seed = Arrays.copyOfRange(typed, 1, typed.length);
            NoteSigner read = of(name, seed);
            Arrays.fill(typed, (byte) 0);
            Arrays.fill(seed, (byte) 0);
            if (!read.key.hexId().equals(text.substring(prefix.length(), last))) {
                throw new AuditException(file + ": the key's id belongs to another key");
            }
            return read;
        } catch (DecodeException e) {
            throw new AuditException(file + ": holds no key: " + e.getMessage(), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static NoteSigner of(String name, byte[] seed) {
        return of(name, Signer.of(SignatureAlgorithm.ED25519, seed));
    }

    private byte[] secret(byte[] seed) {
        byte[] typed = new byte[1 + seed.length];
        typed[0] = 1;
        System.arraycopy(seed, 0, typed, 1, seed.length);
        byte[] base64 = Base64.getEncoder().encode(typed);
        byte[] prefix = (PRIVATE + key.name() + "+" + key.hexId() + "+").getBytes(StandardCharsets.UTF_8);
        byte[] text = Arrays.copyOf(prefix, prefix.length + base64.length + 1);
        System.arraycopy(base64, 0, text, prefix.length, base64.length);
        text[text.length - 1] = '\n';
        Arrays.fill(typed, (byte) 0);
        Arrays.fill(base64, (byte) 0);
        return text;
    }

    /** Returns with what its signatures are checked. */
    public VerifierKey key() {
        return key;
    }

    /**
     * Signs a text and checks the signature, so that a faulty token cannot spoil a log.
     *
     * @throws IllegalStateException when it is closed
     * @throws AuditException when the handle gives no signature of this key
     * @throws org.openiomt.security.identity.IdentityException when a token is gone or refuses
     */
    public SignedNote sign(String text) {
        return new SignedNote(text, List.of(SignedNote.Signature.of(key, signature(text))));
    }

    byte[] signature(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        byte[] signature = signer.sign(octets);
        if (!key.isSigned(octets, signature)) {
            throw new AuditException("the private key of " + key.name() + " gave a wrong signature");
        }
        return signature;
    }

    /** Wipes the key where it lies in this process. Nothing is signed from now on. */
    @Override
    public void close() {
        signer.close();
    }

    /** Returns the public key. */
    @Override
    public String toString() {
        return "NoteSigner[" + key + "]";
    }
}
