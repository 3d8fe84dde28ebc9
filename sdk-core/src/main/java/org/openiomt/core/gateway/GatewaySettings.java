package org.openiomt.core.gateway;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Subjects;
import org.openiomt.core.outbox.Outbox;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.FrameGuard;

/** What an application has chosen; see {@link Gateway.Builder} for each. */
record GatewaySettings(
        @Nullable Outbox outbox,
        Function<Observation, byte[]> encoder,
        Subjects subjects,
        Function<Discovery, DeviceId> deviceIds,
        Predicate<Discovery> filter,
        Function<Discovery, Optional<FrameGuard>> guards,
        CommandPolicy commandPolicy,
        @Nullable CommandLedger commandLedger,
        Predicate<Discovery> deletion,
        AuditSink audit,
        QueueLimits queueLimits,
        Backoff backoff,
        Duration openTimeout,
        int maxDevices,
        Optional<ZoneId> deviceZone) {}
