package org.openiomt.security.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Ids;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.SubjectId;

/**
 * Puts keyed pseudonyms in the place of names, the same one for the same name each time: HMAC-SHA-256 under a key for one
 * recipient. Without the key a pseudonym tells nothing and cannot be tried out; recipients cannot join what they have.
 *
 * <p><b>What this is, and what not.</b> A pseudonym is computed from what it stands for. So it is no re-identification code of 45 CFR
 * 164.514(c), which must not be derived from information about the individual, and what bears it is not de-identified by Safe Harbor: for that, see
 * {@link SafeHarbor} with its {@link TokenTable}. It is pseudonymisation: still personal data, and still protected, for whoever can get at the key.
 *
 * <p>The token is the id of the key, a dash, and 128 bits, in hexadecimal: {@code 4f8a01c2-...}, 41 characters that are safe in topics.
 *
 * <p>Safe for use by several threads. {@link #close()} wipes the key, here and in the MAC.
 */
public final class Pseudonymizer implements AutoCloseable {
    /** The length of a key, in octets. */
    public static final int KEY_LENGTH = 32;

    private static final String DOMAIN = "OpenIoMT-pseudonym/1";
    private static final String KEY_ID = "key-id";
    private static final int ID_LENGTH = 4;
    private static final int TOKEN_LENGTH = 16;

    private final HMac mac = new HMac(new SHA256Digest());
    private final String keyId;
    private boolean isClosed;

    private Pseudonymizer(byte[] key, String recipient) {
        load(key);
        byte[] domain = mac(DOMAIN, recipient);
        load(domain);
        Arrays.fill(domain, (byte) 0);
        this.keyId = HexFormat.of().formatHex(mac(KEY_ID, ""), 0, ID_LENGTH);
    }

    /** Returns a new key: 256 random bits. The array is the caller's, to be kept secret and to be wiped. */
    public static byte[] newKey() {
        byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * Makes pseudonyms for one recipient, study or purpose. Two recipients of one key get pseudonyms that have nothing in common.
     *
     * @param key {@value #KEY_LENGTH} octets of full entropy, never a password; not kept
     * @param recipient who gets them, 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @throws IllegalArgumentException when the length is another, every octet is 0, or the recipient's name breaks the rule
     */
    public static Pseudonymizer of(byte[] key, String recipient) {
        Ids.require("a recipient", recipient);
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a key of pseudonyms has " + KEY_LENGTH + " octets, but got " + key.length);
        }
        if (Arrays.equals(key, new byte[KEY_LENGTH])) {
            throw new IllegalArgumentException("a key of pseudonyms is random, but every octet is 0");
        }
        return new Pseudonymizer(key, recipient);
    }

    /** Returns the id of the key: 8 hexadecimal digits that tell nothing of it. */
    public String keyId() {
        return keyId;
    }

    /**
     * Returns the pseudonym of a value.
     *
     * @param type what the value is: {@code serial}, {@code address}; the same value of another type has another pseudonym
     * @param value the value
     * @return the key's id, a dash and 32 hexadecimal digits
     * @throws IllegalStateException when this is closed
     */
    public synchronized String token(String type, String value) {
        requireOpen();
        return keyId + "-" + HexFormat.of().formatHex(mac(type, value), 0, TOKEN_LENGTH);
    }

    /** Returns a device under its pseudonym. */
    public DeviceId device(DeviceId device) {
        return DeviceId.of(token("device", device.value()));
    }

    /** Returns a person under a pseudonym. */
    public SubjectId subject(SubjectId subject) {
        return SubjectId.of(token("subject", subject.value()));
    }

    /** Returns an observation's id under its pseudonym: ids are derived from device, time and value, and could be tried out. */
    public synchronized ObservationId observation(ObservationId id) {
        requireOpen();
        ByteBuffer octets = ByteBuffer.wrap(mac("observation", id.toString()));
        return ObservationId.of(octets.getLong(), octets.getLong());
    }

    /**
     * Returns an observation under pseudonyms: of the device, the person, and the ids. Values, qualifiers and times stay, and may
     * tell who it is; see {@link SafeHarbor}. What a newer writer added is left out: it may be a name.
     */
    public Observation observation(Observation observation) {
        Optional<SubjectId> subject = observation.subject().map(this::subject);
        return new Observation(
                observation(observation.id()),
                device(observation.device()),
                observation.type(),
                observation.value(),
                observation.time(),
                observation.status(),
                observation.supplemental(),
                subject,
                observation.derivedFrom().stream().map(this::observation).toList());
    }

    /** Wipes the key. No pseudonym is made from now on. */
    @Override
    public synchronized void close() {
        isClosed = true;
        load(new byte[KEY_LENGTH]);
    }

    @Override
    public String toString() {
        return "Pseudonymizer[" + keyId + "]";
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the pseudonymizer is closed");
        }
    }

    /** Gives the MAC a key, in the place of the one before. Its own copy is wiped once the pads are made. */
    private void load(byte[] key) {
        KeyParameter parameter = new KeyParameter(key);
        mac.init(parameter);
        Arrays.fill(parameter.getKey(), (byte) 0);
    }

    /** The type goes in with its length, so that type and value never run together. */
    private byte[] mac(String type, String value) {
        byte[] first = type.getBytes(StandardCharsets.UTF_8);
        byte[] second = value.getBytes(StandardCharsets.UTF_8);
        byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(first.length).array();
        mac.update(length, 0, length.length);
        mac.update(first, 0, first.length);
        mac.update(second, 0, second.length);
        byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }
}
