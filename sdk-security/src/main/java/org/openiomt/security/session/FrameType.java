package org.openiomt.security.session;

import org.jspecify.annotations.Nullable;

/** What a frame is for. */
public enum FrameType {
    /** Content of the application. */
    DATA(1),
    /**
     * A certificate or static key to go on with; {@code identity.peer} says what is in it. An empty one changes nothing: it only
     * says that its sender has the keys.
     */
    IDENTITY(2),
    /** The last frame of a direction; nothing in it. Without it, the end was cut off. */
    CLOSE(3);

    private static final @Nullable FrameType[] BY_ID = {null, DATA, IDENTITY, CLOSE};

    private final int id;

    FrameType(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    static @Nullable FrameType ofId(int id) {
        return id < BY_ID.length ? BY_ID[id] : null;
    }
}
