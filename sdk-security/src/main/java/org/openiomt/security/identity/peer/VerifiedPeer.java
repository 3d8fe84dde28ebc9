package org.openiomt.security.identity.peer;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.model.Ids;

/**
 * Who the peer is, and how that was verified. Only a {@link PeerVerifier} has a reason to make one. Immutable; its text shows
 * pseudonymous names and fingerprints only.
 */
public sealed interface VerifiedPeer {
    /** Returns who it is, as the one who verified calls it: 1 to 64 of {@code A-Z a-z 0-9 _ -}. */
    String name();

    /** Returns what it may be here; empty when it may connect and nothing else. */
    Set<String> roles();

    /** Returns the static key that the handshake has used; empty when a pre-shared key stands for both ends. */
    Optional<StaticKey> staticKey();

    /** Returns when this has to be verified again, at the latest; empty when only the session's own limits count. */
    Optional<Instant> validUntil();

    /**
     * A key that somebody has put on the list by hand or by pairing.
     *
     * @param name who
     * @param roles what it may be
     * @param key the key on the list, which is the one that the handshake has used
     */
    record Pinned(String name, Set<String> roles, StaticKey key) implements VerifiedPeer {
        /** Checks the name and the roles. */
        public Pinned {
            Ids.require("a peer's name", name);
            roles = checked(roles);
        }

        @Override
        public Optional<StaticKey> staticKey() {
            return Optional.of(key);
        }

        @Override
        public Optional<Instant> validUntil() {
            return Optional.empty();
        }
    }

    /**
     * A certificate whose key has signed the static key.
     *
     * @param name who, by the list of names and roles
     * @param roles what it may be
     * @param key the static key of the handshake
     * @param subject the name in the certificate that the list knows
     * @param chain the peer's certificate first, then its issuers without the anchor
     * @param revocation what was known about revocation
     * @param isDelegated whether the static key was signed once for several handshakes, and not for this one
     * @param until the end of the certificate, of the delegation or of what is known about revocation: the earliest
     */
    record Certified(
            String name,
            Set<String> roles,
            StaticKey key,
            SubjectName subject,
            List<X509Certificate> chain,
            RevocationEvidence revocation,
            boolean isDelegated,
            Instant until)
            implements VerifiedPeer {
        /** Checks the name and the roles. */
        public Certified {
            Ids.require("a peer's name", name);
            roles = checked(roles);
            chain = List.copyOf(chain);
        }

        @Override
        public Optional<StaticKey> staticKey() {
            return Optional.of(key);
        }

        @Override
        public Optional<Instant> validUntil() {
            return Optional.of(until);
        }

        @Override
        public String toString() {
            return "Certified[" + name + ", " + roles + ", " + subject + ", " + key + ", serial "
                    + chain.get(0).getSerialNumber().toString(16) + ", " + revocation
                    + (isDelegated ? ", delegated" : "") + ", until " + until + "]";
        }
    }

    /**
     * Somebody who holds the key of a pairing. Proven only when a message under that key has been opened: with psk3 the
     * initiator has this proof with the responder's first message after the handshake.
     *
     * @param name who the pairing was with
     * @param roles what it may be
     * @param staticKey the static key of the handshake, which can be pinned from now on; empty in patterns without
     */
    record PreShared(String name, Set<String> roles, Optional<StaticKey> staticKey) implements VerifiedPeer {
        /** Checks the name and the roles. */
        public PreShared {
            Ids.require("a peer's name", name);
            roles = checked(roles);
        }

        @Override
        public Optional<Instant> validUntil() {
            return Optional.empty();
        }
    }

    private static Set<String> checked(Set<String> roles) {
        for (String role : roles) {
            Ids.require("a role", role);
        }
        return Set.copyOf(roles);
    }
}
