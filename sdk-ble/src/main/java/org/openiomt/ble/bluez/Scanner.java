package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps BlueZ looking for devices while somebody wants it: subscribers, or a link to a device that was not seen yet. After the
 * adapter or the daemon was away it begins again. Runs in the mailbox.
 */
final class Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(Scanner.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(10);

    private final BluezClient client;
    private final Scheduler scheduler;
    private final Executor mailbox;
    private final Set<String> services;
    private final BooleanSupplier isWatched;
    private final Set<Object> holders = new HashSet<>();
    private @Nullable String adapter;
    private @Nullable String scanned;
    private boolean isBusy;
    private int era;
    private Scheduler.Cancellable retry = () -> {};

    Scanner(
            BluezClient client,
            Scheduler scheduler,
            Executor mailbox,
            Set<String> services,
            BooleanSupplier isWatched) {
        this.client = client;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
        this.services = services;
        this.isWatched = isWatched;
    }

    /** Keeps looking until it is released. */
    void hold(Object holder) {
        holders.add(holder);
        update();
    }

    void release(Object holder) {
        if (holders.remove(holder)) {
            update();
        }
    }

    boolean isWanted() {
        return !holders.isEmpty() || isWatched.getAsBoolean();
    }

    /** An adapter can be used, or none can. What was begun before is forgotten: BlueZ has forgotten it too. */
    void use(@Nullable String path) {
        retry.cancel();
        era++;
        isBusy = false;
        scanned = null;
        adapter = path;
        update();
    }

    /** The adapter says whether it looks; it may pause, and begins again by itself if it means to. */
    void discoveringChanged(String path, boolean isDiscovering) {
        if (path.equals(scanned)) {
            retry.cancel();
            if (!isDiscovering) {
                again();
            }
        }
    }

    /** Begins or ends as is wanted now. */
    void update() {
        String path = adapter;
        if (isBusy || path == null) {
            return;
        }
        if (isWanted() && scanned == null) {
            begin(path);
        } else if (!isWanted() && scanned != null) {
            end(path);
        }
    }

    private void begin(String path) {
        isBusy = true;
        int mine = era;
        Map<String, Object> filter = new HashMap<>();
        filter.put("Transport", "le");
        filter.put("DuplicateData", true);
        if (!services.isEmpty()) {
            filter.put("UUIDs", List.copyOf(services));
        }
        client.call(path, BluezObjects.ADAPTER, "SetDiscoveryFilter", BluezClient.BUS_TIMEOUT, "a{sv}", filter)
                .thenCompose(
                        done -> client.call(path, BluezObjects.ADAPTER, "StartDiscovery", BluezClient.BUS_TIMEOUT, ""))
                .whenComplete((answer, fault) -> {
                    if (mine != era) {
                        return;
                    }
                    isBusy = false;
                    if (fault == null || BluezFaults.isNamed(fault, "InProgress")) {
                        scanned = path;
                        LOG.debug("looking for devices with {}", path);
                        update();
                    } else {
                        LOG.warn(
                                "{}",
                                BluezFaults.of(fault, "looking for devices").getMessage());
                        again();
                    }
                });
    }

    private void again() {
        int mine = era;
        retry.cancel();
        retry = scheduler.schedule(
                PAUSE_AFTER_FAULT,
                () -> mailbox.execute(() -> {
                    if (mine == era && !isBusy) {
                        scanned = null;
                        update();
                    }
                }));
    }

    private void end(String path) {
        isBusy = true;
        scanned = null;
        int mine = era;
        retry.cancel();
        client.call(path, BluezObjects.ADAPTER, "StopDiscovery", BluezClient.BUS_TIMEOUT, "")
                .whenComplete((answer, fault) -> {
                    if (mine == era) {
                        isBusy = false;
                        update();
                    }
                });
    }
}
