package org.openiomt.core.outbox;

/** What a full lane of an outbox does with records that come. */
public enum WhenFull {
    /** Refuses them, so that the caller keeps them: for what must stay complete. */
    REJECT,
    /** Takes them and gives up those that have waited longest: for what is of interest while it is new. */
    DROP_OLDEST
}
