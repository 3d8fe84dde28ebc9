package org.openiomt.ble.driver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.deviceinformation.SystemId;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.spi.Channel;

/** Reads the Device Information Service. Every part may be missing or refused. */
final class DeviceInformation {
    private static final String SERVICE = "180a";
    private static final Channel MANUFACTURER = Gatt.channel(SERVICE, "2a29");
    private static final Channel MODEL = Gatt.channel(SERVICE, "2a24");
    private static final Channel SERIAL_NUMBER = Gatt.channel(SERVICE, "2a25");
    private static final Channel HARDWARE = Gatt.channel(SERVICE, "2a27");
    private static final Channel FIRMWARE = Gatt.channel(SERVICE, "2a26");
    private static final Channel SOFTWARE = Gatt.channel(SERVICE, "2a28");
    private static final Channel SYSTEM_ID = Gatt.channel(SERVICE, "2a23");

    private DeviceInformation() {}

    /**
     * Reads what the device says about itself.
     *
     * @param specializations the device classes that were found on the link
     */
    static CompletionStage<DeviceDescription> read(GattSession gatt, List<Code> specializations) {
        CompletableFuture<Optional<String>> manufacturer = text(gatt, MANUFACTURER);
        CompletableFuture<Optional<String>> model = text(gatt, MODEL);
        CompletableFuture<Optional<String>> serialNumber = text(gatt, SERIAL_NUMBER);
        CompletableFuture<Optional<String>> hardware = text(gatt, HARDWARE);
        CompletableFuture<Optional<String>> firmware = text(gatt, FIRMWARE);
        CompletableFuture<Optional<String>> software = text(gatt, SOFTWARE);
        CompletableFuture<Optional<String>> systemId = gatt.readIfPresent(SYSTEM_ID, SystemId.CODEC)
                .thenApply(id -> id.map(SystemId::eui64))
                .toCompletableFuture();
        return CompletableFuture.allOf(manufacturer, model, serialNumber, hardware, firmware, software, systemId)
                .thenApply(allDone -> new DeviceDescription(
                        manufacturer.join(),
                        model.join(),
                        serialNumber.join(),
                        hardware.join(),
                        firmware.join(),
                        software.join(),
                        systemId.join(),
                        specializations));
    }

    /** Reads who made the device and which model it is, and nothing else: so much decides about quirks. */
    static CompletionStage<DeviceDescription> makerAndModel(GattSession gatt) {
        return text(gatt, MANUFACTURER)
                .thenCombine(
                        text(gatt, MODEL),
                        (manufacturer, model) -> new DeviceDescription(
                                manufacturer,
                                model,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()));
    }

    private static CompletableFuture<Optional<String>> text(GattSession gatt, Channel channel) {
        return gatt.readIfPresent(channel, DeviceText.CODEC)
                .thenApply(found -> found.map(DeviceText::text).filter(text -> !text.isBlank()))
                .toCompletableFuture();
    }
}
