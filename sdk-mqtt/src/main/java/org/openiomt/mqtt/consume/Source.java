package org.openiomt.mqtt.consume;

import java.util.Objects;
import org.openiomt.core.model.DeviceId;
import org.openiomt.mqtt.topic.Topic;

/**
 * A device behind a gateway. Device ids are names within a gateway: two gateways may use the same.
 *
 * @param site where the gateway is
 * @param gateway the gateway
 * @param device the device
 */
public record Source(String site, String gateway, DeviceId device) {
    /** Checks that all are there. */
    public Source {
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(device, "device");
    }

    /** Returns whose topic it is; the topic must be a device's. */
    static Source of(Topic topic) {
        return new Source(topic.site(), topic.gateway(), topic.device().orElseThrow());
    }
}
