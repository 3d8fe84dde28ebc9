package org.openiomt.core.gateway;

import java.time.Instant;
import java.util.Optional;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;

/**
 * What the gateway knows about one device at one moment.
 *
 * @param device the device
 * @param name what it calls itself
 * @param driver the id of its driver
 * @param state where its session stands
 * @param reason why it stands there
 * @param nextAttempt when the gateway tries again, when it does
 * @param description what it said about itself
 */
public record DeviceSnapshot(
        DeviceId device,
        Optional<String> name,
        String driver,
        DeviceState state,
        String reason,
        Optional<Instant> nextAttempt,
        DeviceDescription description) {}
