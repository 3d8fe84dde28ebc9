package org.openiomt.core.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a device says about itself. Every part may be missing.
 *
 * @param manufacturer the maker's name
 * @param model the model number
 * @param serialNumber the serial number; identifies the device, treat it as personal
 * @param hardware the hardware revision
 * @param firmware the firmware revision
 * @param software the software revision
 * @param systemId 8 octets as 16 hexadecimal digits, most significant first
 * @param specializations the device classes (MDC partition 8) that it implements
 */
public record DeviceDescription(
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> serialNumber,
        Optional<String> hardware,
        Optional<String> firmware,
        Optional<String> software,
        Optional<String> systemId,
        List<Code> specializations) {
    /** The device said nothing. */
    public static final DeviceDescription EMPTY = new DeviceDescription(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /** Checks that all are there and copies the list. */
    public DeviceDescription {
        Objects.requireNonNull(manufacturer, "manufacturer");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(serialNumber, "serialNumber");
        Objects.requireNonNull(hardware, "hardware");
        Objects.requireNonNull(firmware, "firmware");
        Objects.requireNonNull(software, "software");
        Objects.requireNonNull(systemId, "systemId");
        specializations = List.copyOf(specializations);
    }

    /** Whether both say something about the same part, and not the same: another device, or one with another firmware. */
    public boolean contradicts(DeviceDescription other) {
        return differ(manufacturer, other.manufacturer)
                || differ(model, other.model)
                || differ(serialNumber, other.serialNumber)
                || differ(hardware, other.hardware)
                || differ(firmware, other.firmware)
                || differ(software, other.software)
                || differ(systemId, other.systemId);
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    /** Returns maker, model and revisions; hides what names the single device. */
    @Override
    public String toString() {
        return "DeviceDescription[manufacturer=" + manufacturer + ", model=" + model + ", hardware=" + hardware
                + ", firmware=" + firmware + ", software=" + software + "]";
    }
}
