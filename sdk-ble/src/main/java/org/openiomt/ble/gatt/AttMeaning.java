package org.openiomt.ble.gatt;

import java.util.OptionalInt;

/**
 * What an error of the Attribute Protocol means. The code alone does not say it: codes from 0x80 to 0x9F mean something else in
 * every service, and one meaning has several codes. {@link AttError} translates.
 */
public enum AttMeaning {
    /** The peer was asked for an attribute that it never had. */
    INVALID_HANDLE(0x01, "invalid handle"),
    /** The characteristic cannot be read. */
    READ_NOT_PERMITTED(0x02, "read not permitted"),
    /** The characteristic cannot be written. */
    WRITE_NOT_PERMITTED(0x03, "write not permitted"),
    /** The request is malformed. */
    INVALID_PDU(0x04, "invalid PDU"),
    /** The link must be authenticated first. */
    INSUFFICIENT_AUTHENTICATION(0x05, "insufficient authentication"),
    /** The device cannot do what was asked. */
    REQUEST_NOT_SUPPORTED(0x06, "request not supported"),
    /** The offset lies behind the end of the value. */
    INVALID_OFFSET(0x07, "invalid offset"),
    /** Who asks is not allowed to. */
    INSUFFICIENT_AUTHORIZATION(0x08, "insufficient authorization"),
    /** Too many parts of long writes wait. */
    PREPARE_QUEUE_FULL(0x09, "prepare queue full"),
    /** The device has no such characteristic. */
    ATTRIBUTE_NOT_FOUND(0x0A, "attribute not found"),
    /** The value cannot be read or written in parts. */
    ATTRIBUTE_NOT_LONG(0x0B, "attribute not long"),
    /** The key of the link is too short. */
    INSUFFICIENT_ENCRYPTION_KEY_SIZE(0x0C, "encryption key too short"),
    /** The value is too long or too short. */
    INVALID_ATTRIBUTE_VALUE_LENGTH(0x0D, "invalid value length"),
    /** The device failed in a way that it did not foresee. */
    UNLIKELY_ERROR(0x0E, "unlikely error"),
    /** The link must be encrypted first. */
    INSUFFICIENT_ENCRYPTION(0x0F, "insufficient encryption"),
    /** Attributes of this type form no groups. */
    UNSUPPORTED_GROUP_TYPE(0x10, "unsupported group type"),
    /** The device has no room for it. */
    INSUFFICIENT_RESOURCES(0x11, "insufficient resources"),
    /** The services have changed; discover them again. */
    DATABASE_OUT_OF_SYNC(0x12, "database out of sync"),
    /** The value is none of those allowed. */
    VALUE_NOT_ALLOWED(0x13, "value not allowed"),
    /** The device does not want this value now. */
    WRITE_REQUEST_REJECTED(0xFC, "write request rejected"),
    /** Announcements must be switched on before this procedure. */
    CCCD_IMPROPERLY_CONFIGURED(0xFD, "announcements improperly configured"),
    /** A procedure runs and must end first. */
    PROCEDURE_ALREADY_IN_PROGRESS(0xFE, "procedure already in progress"),
    /** The value is outside its range. */
    OUT_OF_RANGE(0xFF, "out of range"),
    /** A trigger of this kind is not known. Only services have a code for it. */
    TRIGGER_CONDITION_VALUE_NOT_SUPPORTED("trigger condition not supported"),
    /** The command is not known. Only services have a code for it. */
    COMMAND_NOT_SUPPORTED("command not supported"),
    /** The op code is not known. Only services have a code for it. */
    OP_CODE_NOT_SUPPORTED("op code not supported"),
    /** The device tried and could not. Only services have a code for it. */
    OPERATION_FAILED("operation failed"),
    /** The value must end with its checksum. Only services have a code for it. */
    MISSING_CRC("missing check sum"),
    /** The checksum does not fit the value. Only services have a code for it. */
    INVALID_CRC("invalid check sum"),
    /** The counter of the value is not the next one. Only services have a code for it. */
    INVALID_COUNTER("invalid counter"),
    /** The link is too slow for what was asked. Only services have a code for it. */
    INAPPROPRIATE_CONNECTION_PARAMETERS("inappropriate connection parameters"),
    /** Part of the value was not taken over. Only services have a code for it. */
    DATA_FIELD_IGNORED("data field ignored"),
    /** A condition of this kind is not known. Only services have a code for it. */
    CONDITION_NOT_SUPPORTED("condition not supported"),
    /** The request is malformed. Only services have a code for it. */
    INVALID_REQUEST("invalid request"),
    /** The device has no network. Only services have a code for it. */
    NETWORK_NOT_AVAILABLE("network not available"),
    /** The command is not known. Only services have a code for it. */
    CONTROL_POINT_NOT_SUPPORTED("control point not supported"),
    /** The value is outside its range. Only services have a code for it. */
    INVALID_VALUE("invalid value"),
    /** There is no current object. Only services have a code for it. */
    OBJECT_NOT_SELECTED("object not selected"),
    /** Too many clients use it. Only services have a code for it. */
    CONCURRENCY_LIMIT_EXCEEDED("concurrency limit exceeded"),
    /** Another object has this name. Only services have a code for it. */
    OBJECT_NAME_ALREADY_EXISTS("object name already exists"),
    /** The user has not consented. Only services have a code for it. */
    USER_DATA_ACCESS_NOT_PERMITTED("user data access not permitted");

    private static final int NONE = -1;

    private final int common;
    private final String text;

    AttMeaning(String text) {
        this(NONE, text);
    }

    AttMeaning(int common, String text) {
        this.common = common;
        this.text = text;
    }

    /** Returns the code that all services share, 0x01 to 0xFF, or empty when only services have one. */
    public OptionalInt common() {
        return common == NONE ? OptionalInt.empty() : OptionalInt.of(common);
    }

    /** Returns the meaning for a person. */
    @Override
    public String toString() {
        return text;
    }
}
