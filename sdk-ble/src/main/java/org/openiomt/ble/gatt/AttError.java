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
            Map.entry(0xFF, "out of range"));

    /** By service and code, {@code 1808:80}. */
    private static final Map<String, String> BY_SERVICE = Map.of(
            "1808:80", "procedure already in progress",
            "1808:81", "announcements improperly configured",
            "1809:80", "out of range",
            "180d:80", "control point not supported");

    private AttError() {}

    /** Returns what a code means where it was given, with the code: {@code control point not supported (0x80)}. */
    public static String describe(Channel channel, int code) {
        String hex = HexFormat.of().withUpperCase().toHexDigits((byte) code);
        String specific = BY_SERVICE.get(Gatt.service(channel) + ":" + hex);
        String name = specific == null ? COMMON.getOrDefault(code, "error") : specific;
        return name + " (0x" + hex + ")";
    }
}
