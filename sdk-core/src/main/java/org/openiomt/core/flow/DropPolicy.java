package org.openiomt.core.flow;

/** What a full queue gives up. */
public enum DropPolicy {
    /** The item that has waited longest: for what is only of interest while it is new. */
    DROP_OLDEST,
    /** The item that has just come: for what must stay complete from its beginning. */
    DROP_NEWEST
}
