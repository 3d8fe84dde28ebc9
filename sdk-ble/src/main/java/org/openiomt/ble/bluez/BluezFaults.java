package org.openiomt.ble.bluez;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;

/**
 * What errors of D-Bus and BlueZ mean.
 *
 * @see <a href="https://git.kernel.org/pub/scm/bluetooth/bluez.git/tree/doc">BlueZ, D-Bus API documents</a>
 */
final class BluezFaults {
    private static final String BLUEZ = "org.bluez.Error.";
    private static final String DBUS = "org.freedesktop.DBus.Error.";

    /** BlueZ gives the code of the Attribute Protocol in words where it has no error of its own for it. */
    private static final Pattern ATT_CODE = Pattern.compile("ATT error: 0x([0-9a-fA-F]{1,2})");

    private static final Map<String, BluezFault> BY_NAME = Map.ofEntries(
            Map.entry(BusException.DISCONNECTED, BluezFault.NO_BUS),
            Map.entry(BusException.NO_REPLY, BluezFault.NO_DAEMON),
            Map.entry(BusException.TIMEOUT, BluezFault.NO_ANSWER),
            Map.entry(DBUS + "Timeout", BluezFault.NO_ANSWER),
            Map.entry(DBUS + "TimedOut", BluezFault.NO_DAEMON),
            Map.entry(DBUS + "ServiceUnknown", BluezFault.NO_DAEMON),
            Map.entry(DBUS + "NameHasNoOwner", BluezFault.NO_DAEMON),
            Map.entry(DBUS + "AccessDenied", BluezFault.NO_RIGHTS),
            Map.entry(DBUS + "AuthFailed", BluezFault.NO_RIGHTS),
            Map.entry(DBUS + "InteractiveAuthorizationRequired", BluezFault.NO_RIGHTS),
            Map.entry(DBUS + "UnknownObject", BluezFault.OUT_OF_RANGE),
            Map.entry(DBUS + "UnknownMethod", BluezFault.OUT_OF_RANGE),
            Map.entry(DBUS + "UnknownInterface", BluezFault.OUT_OF_RANGE),
            Map.entry(BLUEZ + "DoesNotExist", BluezFault.OUT_OF_RANGE),
            Map.entry(BLUEZ + "NotAvailable", BluezFault.OUT_OF_RANGE),
            Map.entry(BLUEZ + "ConnectionAttemptFailed", BluezFault.OUT_OF_RANGE),
            Map.entry(BLUEZ + "NotReady", BluezFault.ADAPTER_OFF),
            Map.entry(BLUEZ + "Blocked", BluezFault.ADAPTER_BLOCKED),
            Map.entry(BLUEZ + "NotConnected", BluezFault.LOST),
            Map.entry(BLUEZ + "AuthenticationCanceled", BluezFault.PAIRING_REFUSED),
            Map.entry(BLUEZ + "AuthenticationFailed", BluezFault.PAIRING_REFUSED),
            Map.entry(BLUEZ + "AuthenticationRejected", BluezFault.PAIRING_REFUSED),
            Map.entry(BLUEZ + "AuthenticationTimeout", BluezFault.PAIRING_REFUSED));

    /** Errors of BlueZ that stand for one answer of the device. */
    private static final Map<String, Integer> ATT_BY_NAME = Map.of(
            BLUEZ + "NotAuthorized", AttError.INSUFFICIENT_AUTHORIZATION,
            BLUEZ + "NotSupported", AttError.REQUEST_NOT_SUPPORTED,
            BLUEZ + "InvalidValueLength", AttError.INVALID_VALUE_LENGTH,
            BLUEZ + "InvalidOffset", 0x07);

    private static final Map<String, Integer> ATT_BY_WORDS = Map.of(
            "read not permitted", AttError.READ_NOT_PERMITTED,
            "write not permitted", AttError.WRITE_NOT_PERMITTED,
            "not paired", AttError.INSUFFICIENT_AUTHENTICATION,
            "invalid offset", 0x07,
            "invalid length", AttError.INVALID_VALUE_LENGTH);

    private BluezFaults() {}

    /** Returns what was thrown, without what stages wrap around it. */
    static Throwable unwrapped(Throwable fault) {
        Throwable cause = fault.getCause();
        return fault instanceof CompletionException && cause != null ? cause : fault;
    }

    /** Whether BlueZ failed with the error of this name, as {@code InProgress}. */
    static boolean isNamed(Throwable fault, String name) {
        return unwrapped(fault) instanceof BusException error && error.name().equals(BLUEZ + name);
    }

    /** Returns the error of a call while something was done. */
    static BluezException of(Throwable fault, String doing) {
        Throwable known = unwrapped(fault);
        if (known instanceof BluezException ours) {
            return ours;
        }
        if (known instanceof BusException error) {
            return of(kind(error), doing, error);
        }
        return new BluezException(BluezFault.OTHER, doing + " failed: " + known, known);
    }

    /** Returns a fault with what to do about it. */
    static BluezException of(BluezFault kind, String doing, BusException error) {
        String said = error.name().isEmpty() ? "" : " (" + error.name() + ": " + error.getMessage() + ")";
        String help = help(kind);
        return new BluezException(kind, doing + ": " + help + said, error);
    }

    static BluezException of(BluezFault kind, String doing) {
        return new BluezException(kind, doing + ": " + help(kind));
    }

    static BluezFault kind(BusException error) {
        BluezFault kind = BY_NAME.get(error.name());
        if (kind != null) {
            return kind;
        }
        boolean isNoDaemon =
                error.name().startsWith(DBUS + "Spawn.") || error.name().startsWith("org.freedesktop.systemd1.");
        return isNoDaemon ? BluezFault.NO_DAEMON : BluezFault.OTHER;
    }

    /** Returns the device's refusal of a read, write or subscription, or the fault of the link. */
    static LinkException ofRequest(Throwable fault, String doing) {
        if (unwrapped(fault) instanceof BusException error) {
            Optional<Integer> code = attCode(error);
            if (code.isPresent()) {
                RefusedException refusal = refusal(code.get(), doing);
                refusal.initCause(error);
                return refusal;
            }
        }
        return of(fault, doing);
    }

    static RefusedException refusal(int code, String doing) {
        return new RefusedException(code, String.format("the device refused %s: ATT error 0x%02X", doing, code));
    }

    private static Optional<Integer> attCode(BusException error) {
        String words = String.valueOf(error.getMessage());
        Matcher matcher = ATT_CODE.matcher(words);
        if (error.name().startsWith(BLUEZ) && matcher.find()) {
            return Optional.of(Integer.parseInt(matcher.group(1), 16));
        }
        boolean isInWords =
                error.name().equals(BLUEZ + "NotPermitted") || error.name().equals(BLUEZ + "InvalidArguments");
        Integer code = isInWords ? ATT_BY_WORDS.get(words.toLowerCase(Locale.ROOT)) : ATT_BY_NAME.get(error.name());
        if (code == null && error.name().equals(BLUEZ + "NotPermitted")) {
            code = AttError.REQUEST_NOT_SUPPORTED;
        }
        return Optional.ofNullable(code);
    }

    private static String help(BluezFault kind) {
        return switch (kind) {
            case NO_BUS -> "there is no D-Bus; start dbus-daemon, or give a container /run/dbus/system_bus_socket";
            case NO_DAEMON -> "BlueZ does not run; install the package bluez and start the service bluetooth";
            case NO_ADAPTER ->
                "there is no such Bluetooth adapter; plug one in, or see with 'bluetoothctl list' what there is";
            case ADAPTER_OFF -> "the Bluetooth adapter is off; switch it on ('bluetoothctl power on')";
            case ADAPTER_BLOCKED ->
                "the Bluetooth adapter is blocked; unblock it ('rfkill unblock bluetooth') or use the switch"
                        + " on the case";
            case NO_RIGHTS ->
                "this user may not talk to BlueZ; add it to the group bluetooth or give it a policy in"
                        + " /etc/dbus-1/system.d";
            case OUT_OF_RANGE ->
                "the device cannot be reached; wake it, bring it near, and see that nobody else is"
                        + " connected to it";
            case PAIRING_REFUSED ->
                "there is no bond; the device, its user or this application refused, or the number was" + " wrong";
            case STALE_BOND ->
                "the device seems to have forgotten its bond with this machine; remove the bond here and"
                        + " bond again, nothing was removed by itself";
            case IN_USE -> "there is a link to the device already; close it first";
            case SERVICES_CHANGED -> "the services of the device changed; open a new link";
            case LOST -> "the link was lost";
            case NO_ANSWER -> "no answer in time";
            case CLOSED -> "closed by the application";
            case OTHER -> "BlueZ failed";
        };
    }
}
