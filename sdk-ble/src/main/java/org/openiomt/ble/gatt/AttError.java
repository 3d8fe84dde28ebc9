package org.openiomt.ble.gatt;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openiomt.core.spi.Channel;

/**
 * Error codes of the Attribute Protocol and what they mean, see {@link AttMeaning}. Codes from 0x80 to 0x9F mean something else in
 * every service, and Alert Notification has one at 0xA0.
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

    /** The client must be authorized first. */
    public static final int INSUFFICIENT_AUTHORIZATION = 0x08;

    /** The device has no such characteristic. */
    public static final int ATTRIBUTE_NOT_FOUND = 0x0A;

    /** The value is too long or too short. */
    public static final int INVALID_VALUE_LENGTH = 0x0D;

    /** The device failed in a way that it did not foresee. */
    public static final int UNLIKELY_ERROR = 0x0E;

    /** The link must be encrypted first. */
    public static final int INSUFFICIENT_ENCRYPTION = 0x0F;

    /** The value was understood, and the device does not act upon it. */
    public static final int WRITE_REQUEST_REJECTED = 0xFC;

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

    private static final Map<Integer, AttMeaning> COMMON = Arrays.stream(AttMeaning.values())
            .filter(meaning -> meaning.common().isPresent())
            .collect(Collectors.toUnmodifiableMap(meaning -> meaning.common().orElseThrow(), Function.identity()));

    /** By service and code. */
    private static final Map<String, Map<Integer, AttMeaning>> BY_SERVICE = Map.ofEntries(
            Map.entry(
                    "1808",
                    Map.of(
                            GLUCOSE_PROCEDURE_ALREADY_IN_PROGRESS,
                            AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS,
                            GLUCOSE_CCCD_IMPROPERLY_CONFIGURED,
                            AttMeaning.CCCD_IMPROPERLY_CONFIGURED)),
            Map.entry("1809", Map.of(0x80, AttMeaning.OUT_OF_RANGE)),
            Map.entry("180d", Map.of(HEART_RATE_CONTROL_POINT_NOT_SUPPORTED, AttMeaning.CONTROL_POINT_NOT_SUPPORTED)),
            Map.entry("1805", Map.of(0x80, AttMeaning.DATA_FIELD_IGNORED)),
            Map.entry("1811", Map.of(0xA0, AttMeaning.COMMAND_NOT_SUPPORTED)),
            Map.entry(
                    "1814",
                    Map.of(
                            0x80,
                            AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS,
                            0x81,
                            AttMeaning.CCCD_IMPROPERLY_CONFIGURED)),
            Map.entry("1815", Map.of(0x80, AttMeaning.TRIGGER_CONDITION_VALUE_NOT_SUPPORTED)),
            Map.entry(
                    "1816",
                    Map.of(
                            0x80,
                            AttMeaning.PROCEDURE_ALREADY_IN_PROGRESS,
                            0x81,
                            AttMeaning.CCCD_IMPROPERLY_CONFIGURED)),
            Map.entry("1818", Map.of(0x80, AttMeaning.INAPPROPRIATE_CONNECTION_PARAMETERS)),
            Map.entry(
                    "181a", Map.of(0x80, AttMeaning.WRITE_REQUEST_REJECTED, 0x81, AttMeaning.CONDITION_NOT_SUPPORTED)),
            Map.entry("181c", Map.of(0x80, AttMeaning.USER_DATA_ACCESS_NOT_PERMITTED)),
            Map.entry("181e", Map.of(0x80, AttMeaning.OP_CODE_NOT_SUPPORTED, 0x81, AttMeaning.OPERATION_FAILED)),
            Map.entry("181f", Map.of(0x80, AttMeaning.MISSING_CRC, 0x81, AttMeaning.INVALID_CRC)),
            Map.entry("1821", Map.of(0x80, AttMeaning.INVALID_VALUE)),
            Map.entry("1823", Map.of(0x81, AttMeaning.INVALID_REQUEST, 0x82, AttMeaning.NETWORK_NOT_AVAILABLE)),
            Map.entry(
                    "1825",
                    Map.of(
                            0x80,
                            AttMeaning.WRITE_REQUEST_REJECTED,
                            0x81,
                            AttMeaning.OBJECT_NOT_SELECTED,
                            0x82,
                            AttMeaning.CONCURRENCY_LIMIT_EXCEEDED,
                            0x83,
                            AttMeaning.OBJECT_NAME_ALREADY_EXISTS)),
            Map.entry("1829", Map.of(0x80, AttMeaning.MISSING_CRC, 0x81, AttMeaning.INVALID_CRC)),
            Map.entry("1847", Map.of(0x80, AttMeaning.MISSING_CRC, 0x81, AttMeaning.INVALID_CRC)),
            Map.entry(
                    "183a",
                    Map.of(
                            0x80,
                            AttMeaning.MISSING_CRC,
                            0x81,
                            AttMeaning.INVALID_CRC,
                            0x82,
                            AttMeaning.INVALID_COUNTER)));

    private AttError() {}

    /**
     * Returns what a code means where it was given.
     *
     * @return empty when neither the service of the channel nor the protocol gives it a meaning
     */
    public static Optional<AttMeaning> meaning(Channel channel, int code) {
        AttMeaning specific = table(channel).get(code);
        return Optional.ofNullable(specific == null ? COMMON.get(code) : specific);
    }

    /**
     * Returns the code with which the service of a channel says something: its own, or else the one that all services share.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static int code(Channel channel, AttMeaning meaning) {
        return table(channel).entrySet().stream()
                .filter(entry -> entry.getValue() == meaning)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> meaning.common()
                        .orElseThrow(() -> new IllegalArgumentException("no code on " + channel + " for: " + meaning)));
    }

    /** Returns what a code means where it was given, with the code: {@code control point not supported (0x80)}. */
    public static String describe(Channel channel, int code) {
        String name = meaning(channel, code).map(AttMeaning::toString).orElse("error");
        return name + " (0x" + HexFormat.of().withUpperCase().toHexDigits((byte) code) + ")";
    }

    private static Map<Integer, AttMeaning> table(Channel channel) {
        return BY_SERVICE.getOrDefault(Gatt.service(channel), Map.of());
    }
}
