package org.openiomt.security.audit;

import java.util.Optional;

/**
 * Keeps checkpoints where whoever can change the log cannot change them too: at a peer, a broker, a witness, on paper. With them a cut or a
 * rewritten log is found even by its owner's enemies; without them only what its owner could not do alone.
 */
@FunctionalInterface
public interface CheckpointAnchor {
    /** Keeps nothing. */
    CheckpointAnchor NONE = checkpoint -> {};

    /**
     * Takes a signed checkpoint, newer than all before. Called on the log's own thread, at most once in the log's interval; what it
     * throws is logged.
     */
    void accept(SignedNote checkpoint);

    /** Returns the newest checkpoint that is kept. A log that does not lead to it is not opened. */
    default Optional<SignedNote> newest() {
        return Optional.empty();
    }
}
