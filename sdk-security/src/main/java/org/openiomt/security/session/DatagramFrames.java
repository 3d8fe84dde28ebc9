package org.openiomt.security.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.FrameGuard;

/**
 * Guarded frames that may be lost, repeated and reordered on the way: AES-256-GCM with the number of the frame as nonce.
 * <pre>
 * field       type    octets  meaning
 * type        uint8   1       1 data; others refused
 * epoch       uint8   1       0, the keys of the session's start; others refused
 * flags       uint8   1       0; others refused
 * reserved    uint8   1       0; others refused
 * number      uint64  8       big-endian, from 0, per direction, never used twice; below 2^40
 * ciphertext          n       0 to 65,507 octets
 * tag                 16
 * </pre>
 * The header and then the associated data are authenticated with the content.
 *
 * <p>Each frame opens at most once, if it is not older than {@value ReplayWindow#SIZE} frames. A guard belongs to a session
 * and not to a link: after a reconnection the same two guards go on. Sealing and opening do not
 * wait for each other. After {@link #close()} opening throws {@link AuthenticationException} and sealing {@link
 * IllegalStateException}.
 */
public final class DatagramFrames implements FrameGuard {
    /** The longest frame, in octets. */
    public static final int MAX_FRAME_LENGTH = 65_535;

    /*
     * 2^40 frames of at most 2^16 octets are 2^56 octets, the most that one key may protect (Noise rev 34, section 14). At
     * a thousand frames a second that is 34 years. Numbers stay far from any overflow, and at the limit we refuse.
     */
    static final long MAX_FRAMES = 1L << 40;

    static final int HEADER_LENGTH = 12;

    private static final int OVERHEAD = HEADER_LENGTH + AesGcm.TAG_LENGTH;
    private static final int NUMBER_OFFSET = 4;
    private static final int FIRST_WORD = 0x01_00_00_00; // type data, epoch 0, no flags, reserved 0
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Sender sender;
    private final Receiver receiver;

    /** Guards one end. {@code firstNumber} is 0 but in tests of the limit. */
    DatagramFrames(SessionKeys keys, Role role, long firstNumber) {
        SessionKeys.Directions directions = keys.take(role);
        this.sender = new Sender(new AesGcm(directions.send()), firstNumber);
        this.receiver = new Receiver(new AesGcm(directions.receive()));
    }

    /**
     * Guards one end of a session.
     *
     * @param keys stay the caller's, and may be closed once both ends are made
     * @throws IllegalStateException when {@code keys} are closed, or {@code role} has taken them before
     */
    public static DatagramFrames of(SessionKeys keys, Role role) {
        return new DatagramFrames(keys, role, 0);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the frame would be longer than {@link #MAX_FRAME_LENGTH}
     * @throws IllegalStateException when the guard is closed or has sealed all the frames that its keys may protect
     */
    @Override
    public byte[] seal(byte[] octets, byte[] associatedData) {
        if (octets.length > MAX_FRAME_LENGTH - OVERHEAD) {
            throw new IllegalArgumentException(
                    "a frame protects at most " + (MAX_FRAME_LENGTH - OVERHEAD) + " octets, but got " + octets.length);
        }
        return sender.seal(octets, associatedData);
    }

    @Override
    public byte[] open(byte[] frame, byte[] associatedData) {
        if (frame.length < OVERHEAD || frame.length > MAX_FRAME_LENGTH || (int) INT.get(frame, 0) != FIRST_WORD) {
            throw new AuthenticationException();
        }
        return receiver.open(frame, associatedData);
    }

    @Override
    public int overhead() {
        return OVERHEAD;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }

    @Override
    public String toString() {
        return "DatagramFrames[keys hidden]";
    }

    /** The nonce of Noise for AES-GCM: four zero octets, then the number, big-endian. */
    private static void fillNonce(byte[] nonce, long number) {
        LONG.set(nonce, NUMBER_OFFSET, number);
    }

    private static final class Sender {
        private final AesGcm cipher;
        private final byte[] nonce = new byte[AesGcm.NONCE_LENGTH];
        private long next;
        private boolean isClosed;

        Sender(AesGcm cipher, long first) {
            this.cipher = cipher;
            this.next = first;
        }

        synchronized byte[] seal(byte[] octets, byte[] associatedData) {
            if (isClosed) {
                throw new IllegalStateException("the frame guard is closed");
            }
            if (next >= MAX_FRAMES) {
                throw new IllegalStateException(
                        "all " + MAX_FRAMES + " frames of these keys are used: begin a new session");
            }
            long number = next++; // before the cipher runs: a number is never used twice, whatever happens
            byte[] frame = new byte[octets.length + OVERHEAD];
            INT.set(frame, 0, FIRST_WORD);
            LONG.set(frame, NUMBER_OFFSET, number);
            fillNonce(nonce, number);
            try {
                cipher.seal(nonce, octets, associatedData, frame, HEADER_LENGTH);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot seal with AES-GCM", e);
            }
            return frame;
        }

        synchronized void close() {
            isClosed = true;
            cipher.destroy();
        }
    }

    private static final class Receiver {
        private final AesGcm cipher;
        private final ReplayWindow window = new ReplayWindow();
        private final byte[] nonce = new byte[AesGcm.NONCE_LENGTH];
        private boolean isClosed;

        Receiver(AesGcm cipher) {
            this.cipher = cipher;
        }

        /**
         * The order is the defence: number, window asked, opened into an array that nobody else knows, window told, handed
         * out. A frame that fails on the way leaves nothing behind, neither a state nor octets.
         */
        synchronized byte[] open(byte[] frame, byte[] associatedData) {
            long number = (long) LONG.get(frame, NUMBER_OFFSET);
            if (isClosed || number < 0 || number >= MAX_FRAMES || !window.isNew(number)) {
                throw new AuthenticationException();
            }
            fillNonce(nonce, number);
            byte[] opened = new byte[frame.length - OVERHEAD];
            try {
                cipher.open(nonce, frame, HEADER_LENGTH, associatedData, opened);
            } catch (GeneralSecurityException e) {
                Arrays.fill(opened, (byte) 0); // some providers leave the unproven plaintext there
                throw new AuthenticationException();
            }
            window.commit(number);
            return opened;
        }

        synchronized void close() {
            isClosed = true;
            cipher.destroy();
        }
    }
}
