package org.openiomt.mqtt.topic;

/** What is said on a topic, by its sixth level. */
public enum TopicKind {
    /** Readings; the seventh level is {@link Topics#ALL}. */
    OBSERVATION("obs", true),
    /** Pieces of wave forms; the seventh level is {@link Topics#ALL}. */
    WAVE("wave", true),
    /** The state of a device or, without a device, of its gateway. Retained. */
    STATE("state", false),
    /** What a device is and gives. Retained. */
    META("meta", false),
    /** A command; the seventh level is its name. */
    COMMAND("cmd", true),
    /** What readers must know before they can open what is sealed; the seventh level is the name of an epoch of keys. Retained. */
    KEYS("keys", true),
    /** Up to where an application has stored what it received. */
    ACKNOWLEDGEMENT("ack", false);

    private final String level;
    private final boolean hasLeaf;

    TopicKind(String level, boolean hasLeaf) {
        this.level = level;
        this.hasLeaf = hasLeaf;
    }

    /** Returns the level as it stands in a topic. */
    public String level() {
        return level;
    }

    /** Whether one more level follows. */
    public boolean hasLeaf() {
        return hasLeaf;
    }
}
