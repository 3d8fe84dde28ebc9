package org.openiomt.core.model;

/** What an {@link AuditEvent} tells: a closed list. The code of a type is for ever; logs outlive versions of this library. */
public enum AuditEventType {
    /** A log was opened by a process; the subject is the id of the key that signs it. */
    LOG_OPENED(0x01, false),
    /** A log was closed in order. */
    LOG_CLOSED(0x02, false),
    /** So many octets of an entry that the end of a process or of the power tore were cut off a log. */
    LOG_TAIL_CUT(0x03, false),
    /** So many whole entries that nobody had signed yet were found at the end of a log and kept. */
    LOG_TAIL_KEPT(0x04, false),
    /** So many events could not be written down. */
    EVENTS_LOST(0x05, false),

    /** Somebody asked a device to do something: subject the command's id, detail its name. */
    COMMAND_ASKED(0x10, false),
    /** The device did it. */
    COMMAND_DONE(0x11, false),
    /** The command was refused; the detail says by whom. */
    COMMAND_REFUSED(0x12, false),
    /** The device did not answer in time and may have done it. */
    COMMAND_UNANSWERED(0x13, false),
    /** The command was too old to be run. */
    COMMAND_EXPIRED(0x14, false),
    /** The link broke while the command was under way. */
    COMMAND_BROKEN(0x15, false),

    /** A frame was not authentic; the subject is its channel. */
    FRAME_NOT_AUTHENTIC(0x20, true),
    /** A frame was not understood; the subject is its channel. */
    FRAME_NOT_UNDERSTOOD(0x21, true),
    /** A message from a broker was refused; the subject is its topic, the detail says why. */
    MESSAGE_REFUSED(0x22, true),

    /** A session with a device began. */
    PEER_CONNECTED(0x30, false),
    /** A session with a device was lost. */
    PEER_LOST(0x31, false),
    /** The gateway ended a session with a device. */
    PEER_CLOSED(0x32, false),
    /** A device describes itself in another way than before: another serial number, another firmware. */
    PEER_CHANGED(0x33, false),
    /** A peer proved who it is: subject the id of its key or certificate, detail how it was verified. */
    PEER_IDENTIFIED(0x34, false),
    /** A peer could not prove who it is, or may not be here. */
    PEER_REFUSED(0x35, true),

    /** A key was made, or an epoch of keys begun; the subject is its id. */
    KEY_CREATED(0x40, false),
    /** A key was taken into use; the subject is its id. */
    KEY_LOADED(0x41, false),
    /** A key took the place of another; the subject is the new one's id. */
    KEY_ROTATED(0x42, false),
    /** A key was wiped; the subject is its id. */
    KEY_WIPED(0x43, false),
    /** A key or certificate was refused: expired, revoked, of a stranger; the subject is its id. */
    KEY_REFUSED(0x44, true),
    /** From an epoch of keys on somebody may open what is sealed: subject the id of the reader's key, detail the epoch. */
    READER_ADDED(0x45, false),
    /** From an epoch of keys on somebody opens nothing more: subject the id of the reader's key, detail the epoch. */
    READER_REMOVED(0x46, false),
    /** What readers need to open stored records is gone from here; the subject is the epoch of keys. */
    KEY_LOST(0x47, false);

    private final int code;
    private final boolean isStrangers;

    AuditEventType(int code, boolean isStrangers) {
        this.code = code;
        this.isStrangers = isStrangers;
    }

    /** Returns the number of this type in a log, 1 to 255. */
    public int code() {
        return code;
    }

    /**
     * Whether a stranger can make such events as often as they like, so that they must be counted together and not written down
     * one by one.
     */
    public boolean isStrangers() {
        return isStrangers;
    }
}
