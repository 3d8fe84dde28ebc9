package org.openiomt.security.session;

import org.openiomt.core.model.Ids;

/**
 * What the two ends are to each other, such as {@code gateway} and {@code device}. Bound into the handshake, so that two ends
 * that disagree have no session; and a peer must be allowed its role by who verifies it.
 *
 * @param own what this end is: 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param peer what the other end is, and something else
 */
public record SessionRoles(String own, String peer) {
    /** Checks both. */
    public SessionRoles {
        Ids.require("a role", own);
        Ids.require("a role", peer);
        if (own.equals(peer)) {
            throw new IllegalArgumentException("both ends are a \"" + own + "\"; a session has two different roles");
        }
    }

    String of(Role end, Role local) {
        return end == local ? own : peer;
    }
}
