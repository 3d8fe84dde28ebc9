package org.openiomt.ble.driver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.quirk.Quirk;
import org.openiomt.ble.quirk.Quirks;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.spi.Channel;

/** The quirks of a device whose values cannot be read before they are known: by its maker and model, and the name that it advertises. */
final class DeviceQuirks {
    private static final Channel MANUFACTURER = Gatt.channel("180a", "2a29");
    private static final Channel MODEL = Gatt.channel("180a", "2a24");

    private DeviceQuirks() {}

    /** Asks the device who made it. What it does not say is left out. */
    static CompletionStage<List<Quirk>> read(GattSession gatt) {
        return text(gatt, MANUFACTURER)
                .thenCompose(maker -> text(gatt, MODEL)
                        .thenApply(model -> Quirks.of(
                                gatt.context().discovery().name(),
                                new DeviceDescription(
                                        maker,
                                        model,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()))));
    }

    private static CompletionStage<Optional<String>> text(GattSession gatt, Channel channel) {
        return gatt.readIfPresent(channel, DeviceText.CODEC).thenApply(text -> text.map(DeviceText::text));
    }
}
