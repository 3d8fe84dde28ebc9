package org.openiomt.security.session;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM under one key, for one direction and one thread at a time, always from one array into another.
 *
 * <p>The JDK's own provider is asked for by name: another one in front of it may be a hundred times slower, or leave
 * plaintext behind whose tag was wrong. Where it is missing (JDKs of other makers), the first that has the cipher serves.
 */
final class AesGcm {
    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String JDK_PROVIDER = "SunJCE";

    private final AesKey key;
    private final Cipher cipher;

    /** Takes over {@code key}: {@link #destroy()} wipes it. */
    AesGcm(AesKey key) {
        this.key = key;
        this.cipher = cipher();
    }

    /**
     * Seals {@code octets} behind the header in {@code frame}: ciphertext, then tag.
     *
     * @param frame {@code headerLength + octets.length + TAG_LENGTH} octets, the header filled in and authenticated too
     */
    void seal(byte[] nonce, byte[] octets, byte[] associatedData, byte[] frame, int headerLength)
            throws GeneralSecurityException {
        start(Cipher.ENCRYPT_MODE, nonce, frame, headerLength, associatedData);
        cipher.doFinal(octets, 0, octets.length, frame, headerLength);
    }

    /**
     * Opens what {@link #seal} has made.
     *
     * @param opened another array than {@code frame}, as long as the plaintext
     * @throws AEADBadTagException when anything differs from what was sealed; {@code opened} may then hold anything
     */
    void open(byte[] nonce, byte[] frame, int headerLength, byte[] associatedData, byte[] opened)
            throws GeneralSecurityException {
        start(Cipher.DECRYPT_MODE, nonce, frame, headerLength, associatedData);
        cipher.doFinal(frame, headerLength, frame.length - headerLength, opened, 0);
    }

    /** Wipes the key, here and in the cipher. Expanded copies inside the JDK go with the collector. */
    void destroy() {
        key.destroy();
        try {
            // The cipher keeps the last key that it was given; in this mode it never refuses a nonce.
            cipher.init(
                    Cipher.DECRYPT_MODE, AesKey.dummy(), new GCMParameterSpec(TAG_LENGTH * 8, new byte[NONCE_LENGTH]));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES-256-GCM takes any key", e);
        }
    }

    private void start(int mode, byte[] nonce, byte[] frame, int headerLength, byte[] associatedData)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * 8, nonce));
        cipher.updateAAD(frame, 0, headerLength);
        cipher.updateAAD(associatedData);
    }

    private static Cipher cipher() {
        try {
            Provider jdk = Security.getProvider(JDK_PROVIDER);
            return jdk == null ? Cipher.getInstance(TRANSFORMATION) : Cipher.getInstance(TRANSFORMATION, jdk);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + TRANSFORMATION, e);
        }
    }
}
