package org.openiomt.ble.gatt;

import java.util.HexFormat;
import java.util.Map;
import org.openiomt.core.spi.Channel;

/**
 * Error codes of the Attribute Protocol. Codes from 0x80 to 0x9F mean something else in every service.
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/core-specification-5-4/">Core Specification 5.4, Vol 3, Part F,
 *     3.4.1.1</a>
 */
public final class AttError {
    /** The characteristic cannot be read. */
    public static final int READ_NOT_PERMITTED = 0x02;

    /** The characteristic cannot be written. */
    public static final int WRITE_NOT_PERMITTED = 0x03;

    /** The link must be authenticated first. */
    public static final int INSUFFICIENT_AUTHENTICATION = 0x05;

    /** The device cannot do what was asked. */
    public static final int REQUEST_NOT_SUPPORTED = 0x06;

    /** The device has no such characteristic. */
    public static final int ATTRIBUTE_NOT_FOUND = 0x0A;

    /** The value is too long or too short. */
    public static final int INVALID_VALUE_LENGTH = 0x0D;

    /** The device failed in a way that it did not foresee. */
    public static final int UNLIKELY_ERROR = 0x0E;

    /** The link must be encrypted first. */
    public static final int INSUFFICIENT_ENCRYPTION = 0x0F;

    /** Announcements must be switched on before this procedure. */
    public static final int CCCD_IMPROPERLY_CONFIGURED = 0xFD;

    /** A procedure runs and must end first. */
    public static final int PROCEDURE_ALREADY_IN_PROGRESS = 0xFE;

    /** Heart Rate Service: the op code is not known. */
    public static final int HEART_RATE_CONTROL_POINT_NOT_SUPPORTED = 0x80;

    /** Glucose Service: a procedure runs and must end first. */
    public static final int GLUCOSE_PROCEDURE_ALREADY_IN_PROGRESS = 0x80;

    /** Glucose Service: announcements must be switched on before this procedure. */
    public static final int GLUCOSE_CCCD_IMPROPERLY_CONFIGURED = 0x81;

    /** Continuous Glucose Monitoring, Reconnection Configuration, Insulin Delivery: a value needs a check sum and has none. */
    public static final int MISSING_CRC = 0x80;

    /** Continuous Glucose Monitoring, Reconnection Configuration, Insulin Delivery: the check sum of a value is wrong. */
    public static final int INVALID_CRC = 0x81;

    /** Insulin Delivery: the counter of a value is not the one that was due. */
    public static final int INVALID_COUNTER = 0x82;

    /** User Data: the user has not given consent on this connection. */
    public static final int USER_DATA_ACCESS_NOT_PERMITTED = 0x80;

    /** A number is out of its range. */
    public static final int OUT_OF_RANGE = 0xFF;

    private static final Map<Integer, String> COMMON = Map.ofEntries(
            Map.entry(0x01, "invalid handle"),
            Map.entry(READ_NOT_PERMITTED, "read not permitted"),
            Map.entry(WRITE_NOT_PERMITTED, "write not permitted"),
            Map.entry(0x04, "invalid PDU"),
            Map.entry(INSUFFICIENT_AUTHENTICATION, "insufficient authentication"),
            Map.entry(REQUEST_NOT_SUPPORTED, "request not supported"),
            Map.entry(0x07, "invalid offset"),
            Map.entry(0x08, "insufficient authorization"),
            Map.entry(0x09, "prepare queue full"),
            Map.entry(ATTRIBUTE_NOT_FOUND, "attribute not found"),
            Map.entry(0x0B, "attribute not long"),
            Map.entry(0x0C, "encryption key too short"),
            Map.entry(INVALID_VALUE_LENGTH, "invalid value length"),
            Map.entry(UNLIKELY_ERROR, "unlikely error"),
            Map.entry(INSUFFICIENT_ENCRYPTION, "insufficient encryption"),
            Map.entry(0x10, "unsupported group type"),
            Map.entry(0x11, "insufficient resources"),
            Map.entry(CCCD_IMPROPERLY_CONFIGURED, "announcements improperly configured"),
            Map.entry(PROCEDURE_ALREADY_IN_PROGRESS, "procedure already in progress"),
            Map.entry(OUT_OF_RANGE, "out of range"));

    private static final String IN_PROGRESS = "procedure already in progress";
    private static final String ANNOUNCEMENTS = "announcements improperly configured";
    private static final String NO_CRC = "missing check sum";
    private static final String WRONG_CRC = "invalid check sum";

    /** By service and code, {@code 1808:80}. */
    private static final Map<String, String> BY_SERVICE = Map.ofEntries(
            Map.entry("1805:80", "data field ignored"),
            Map.entry("1808:80", IN_PROGRESS),
            Map.entry("1808:81", ANNOUNCEMENTS),
            Map.entry("1809:80", "out of range"),
            Map.entry("180d:80", "control point not supported"),
            Map.entry("1811:A0", "command not supported"),
            Map.entry("1814:80", IN_PROGRESS),
            Map.entry("1814:81", ANNOUNCEMENTS),
            Map.entry("1816:80", IN_PROGRESS),
            Map.entry("1816:81", ANNOUNCEMENTS),
            Map.entry("1818:80", "inappropriate connection parameters"),
            Map.entry("181a:80", "write request rejected"),
            Map.entry("181a:81", "condition not supported"),
            Map.entry("181c:80", "user data access not permitted"),
            Map.entry("181e:80", "op code not supported"),
            Map.entry("181e:81", "operation failed"),
            Map.entry("181f:80", NO_CRC),
            Map.entry("181f:81", WRONG_CRC),
            Map.entry("1821:80", "invalid value"),
            Map.entry("1825:80", "write request rejected"),
            Map.entry("1825:81", "object not selected"),
            Map.entry("1825:82", "concurrency limit exceeded"),
            Map.entry("1825:83", "object name already exists"),
            Map.entry("1829:80", NO_CRC),
            Map.entry("1829:81", WRONG_CRC),
            Map.entry("183a:80", NO_CRC),
            Map.entry("183a:81", WRONG_CRC),
            Map.entry("183a:82", "invalid counter"));

    private AttError() {}

    /** Returns what a code means where it was given, with the code: {@code control point not supported (0x80)}. */
    public static String describe(Channel channel, int code) {
        String hex = HexFormat.of().withUpperCase().toHexDigits((byte) code);
        String specific = BY_SERVICE.get(Gatt.service(channel) + ":" + hex);
        String name = specific == null ? COMMON.getOrDefault(code, "error") : specific;
        return name + " (0x" + hex + ")";
    }
}
