package org.openiomt.examples.patch;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.LinkException;
import org.openiomt.security.Security;
import org.openiomt.security.session.Role;
import org.openiomt.security.session.SessionKeys;

/**
 * What one patch and one gateway share since they were paired: a key of 256 random bits, new in each process. For each
 * connection the patch announces a new salt, both derive the keys of the session from it, and every value travels in sealed
 * frames. The gateway takes no salt twice, so that nobody makes it use a session's keys again. Safe for use by several threads.
 */
public final class PatchPairing implements AutoCloseable {
    /** The kind of data in the patch's announcement that holds the salt. */
    static final String SALT = "service:" + PatchDriver.SERVICE;

    private static final String GATEWAY = "gateway";

    private final byte[] key = SessionKeys.newPreSharedKey();
    private final String address;
    private final Set<String> usedSalts = new LinkedHashSet<>();

    /** Pairs the patch at this address, of {@code A-Z a-z 0-9 _ -}. */
    public PatchPairing(String address) {
        this.address = address;
    }

    /** Returns the patch's address. */
    public String address() {
        return address;
    }

    /**
     * Returns the gateway's guard for a new connection.
     *
     * @return empty when the discovery is not of this patch
     * @throws LinkException when the patch announces no salt, or one of an earlier connection
     */
    public synchronized Optional<FrameGuard> gatewayGuard(Discovery discovery) {
        if (!discovery.address().equals(address)) {
            return Optional.empty();
        }
        byte[] salt = discovery.data().get(SALT);
        if (salt == null
                || salt.length != SessionKeys.SALT_LENGTH
                || !usedSalts.add(HexFormat.of().formatHex(salt))) {
            throw new LinkException("patch " + address + " announces no new salt for this connection");
        }
        return Optional.of(guard(salt, Role.INITIATOR));
    }

    /** Returns the patch's guard for a new connection. */
    synchronized FrameGuard patchGuard(byte[] salt) {
        return guard(salt, Role.RESPONDER);
    }

    /** Wipes the key. */
    @Override
    public synchronized void close() {
        Arrays.fill(key, (byte) 0);
    }

    private FrameGuard guard(byte[] salt, Role role) {
        try (SessionKeys keys = SessionKeys.fromPreSharedKey(key, salt, GATEWAY, address)) {
            return Security.frameGuard(keys, role);
        }
    }
}
