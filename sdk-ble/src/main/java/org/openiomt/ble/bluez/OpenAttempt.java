package org.openiomt.ble.bluez;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * From a discovery to a link: adapter, device seen, signals asked for, connected, bonded where the application wants it first,
 * services resolved, characteristics listed. Runs in the mailbox. However it ends before there is a link, it ends in fail(), once,
 * and leaves nothing: no connection, no match rule, no timer, no search.
 *
 * A device whose keys do not fit ours drops the link as soon as BlueZ encrypts it: before the services are resolved, or before
 * Connect is answered. BlueZ 5.66 does not say why, and a device that is carried away, or was just lost with the daemon, does the
 * same. So a bonded device that is heard and does this twice in a row is said to have forgotten its bond; newer versions of BlueZ
 * say so themselves. The bond is never touched.
 */
final class OpenAttempt implements BluezTransport.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAttempt.class);

    private final BluezTransport owner;
    private final BluezClient client;
    private final String address;
    private final Discovery discovery;
    private final CompletableFuture<Link> opened;
    private final String doing;
    private Scheduler.Cancellable timer = () -> {};
    private String path = "";
    private String rule = "";
    private String phase = "while waiting for BlueZ";
    private boolean isRuleAsked;
    private boolean isConnectAsked;
    private boolean isConnected;
    private boolean wasBonded;
    private boolean isBonding;
    private boolean wasDropped;
    private boolean isWaitingForDevice;
    private boolean isWaitingForServices;
    private boolean isOver;
    private @Nullable String disconnectReason;

    OpenAttempt(BluezTransport owner, String address, Discovery discovery, CompletableFuture<Link> opened) {
        this.owner = owner;
        this.client = owner.client();
        this.address = address;
        this.discovery = discovery;
        this.opened = opened;
        this.doing = "opening a link to " + address;
    }

    void begin() {
        startTimer(owner.settings().openTimeout());
        then(owner.left(address), any -> then(owner.ready(), this::useAdapter));
    }

    private void useAdapter(String adapter) {
        path = BluezTransport.devicePath(adapter, address);
        if (client.objects().has(path, BluezObjects.DEVICE)) {
            listen();
        } else {
            phase = "while waiting for the device to show itself";
            isWaitingForDevice = true;
            owner.scanner().hold(this);
        }
    }

    private void listen() {
        isWaitingForDevice = false;
        phase = "while connecting";
        rule = "type='signal',interface='" + BluezClient.PROPERTIES + "',member='PropertiesChanged',arg0='"
                + BluezObjects.CHARACTERISTIC + "',path_namespace='" + path + "'";
        isRuleAsked = true;
        then(client.addRule(rule), any -> connect());
    }

    /** Asks also where BlueZ said that the device is connected: its last word may be older than the end of the link. */
    private void connect() {
        wasBonded = client.objects().is(path, BluezObjects.DEVICE, "Paired");
        isConnectAsked = true;
        client.call(path, BluezObjects.DEVICE, "Connect", owner.settings().openTimeout(), "")
                .whenComplete((answer, fault) -> {
                    if (isOver) {
                        return;
                    }
                    owner.scanner().release(this);
                    if (fault == null || BluezFaults.isNamed(fault, "AlreadyConnected")) {
                        connected();
                    } else {
                        connectFailed(fault);
                    }
                });
    }

    private void connectFailed(Throwable fault) {
        BluezException known = BluezFaults.of(fault, doing);
        if (wasBonded && known.fault() == BluezFault.PAIRING_REFUSED) {
            fail(BluezFaults.of(BluezFault.STALE_BOND, doing, error(fault)));
        } else if (known.fault() == BluezFault.OTHER && !BluezFaults.isNamed(fault, "InProgress")) {
            boolean isHeard = isConnected || Sighting.isSeen(client.objects(), path);
            fail(BluezFaults.of(isHeard ? unreachable() : BluezFault.OUT_OF_RANGE, doing, error(fault)));
        } else {
            fail(known);
        }
    }

    /** A bonded device that is there and cannot be worked with is suspected of having forgotten its bond when it happens again. */
    private BluezFault unreachable() {
        return wasBonded && owner.failedAgain(address) ? BluezFault.STALE_BOND : BluezFault.OUT_OF_RANGE;
    }

    private static BusException error(Throwable fault) {
        return BluezFaults.unwrapped(fault) instanceof BusException error
                ? error
                : new BusException("", String.valueOf(fault.getMessage()), fault);
    }

    private void connected() {
        isConnected = true;
        boolean isBondWanted;
        try {
            isBondWanted = !wasBonded && owner.settings().pairing().isBondedFirst(discovery);
        } catch (RuntimeException e) {
            LOG.error("the application failed to say whether to bond with {}", address, e);
            isBondWanted = false;
        }
        if (isBondWanted) {
            phase = "while bonding";
            isBonding = true;
            startTimer(owner.settings().openTimeout().plus(owner.settings().pairingTimeout()));
            then(owner.agent().bond(path, address), any -> waitForServices());
        } else {
            waitForServices();
        }
    }

    private void waitForServices() {
        phase = "while the services are being resolved";
        isBonding = false;
        isWaitingForServices = true;
        if (wasDropped) {
            disconnected();
        } else if (client.objects().is(path, BluezObjects.DEVICE, "ServicesResolved")) {
            servicesResolved();
        }
    }

    /** Loads the objects once more: what BlueZ added last need not have been told yet. */
    private void servicesResolved() {
        isWaitingForServices = false;
        phase = "while listing what the device has";
        then(client.load(), any -> listCharacteristics());
    }

    private void listCharacteristics() {
        Map<Channel, BluezLink.Characteristic> characteristics = characteristics(client.objects(), path);
        if (!client.objects().is(path, BluezObjects.DEVICE, "Connected")) {
            disconnected();
            return;
        }
        if (characteristics.isEmpty()) {
            complete(characteristics, BluezLink.SMALLEST_MTU);
            return;
        }
        String any = characteristics.values().iterator().next().path();
        client.call(
                        any,
                        BluezClient.PROPERTIES,
                        "Get",
                        BluezClient.BUS_TIMEOUT,
                        "ss",
                        BluezObjects.CHARACTERISTIC,
                        "MTU")
                .whenComplete((answer, fault) -> {
                    int mtu = fault == null
                            ? answer.value(Integer.class).orElse(BluezLink.SMALLEST_MTU)
                            : BluezLink.SMALLEST_MTU;
                    if (!isOver) {
                        complete(characteristics, mtu);
                    }
                });
    }

    private void complete(Map<Channel, BluezLink.Characteristic> characteristics, int mtu) {
        isOver = true;
        timer.cancel();
        owner.scanner().release(this);
        BluezLink link = new BluezLink(owner, address, path, rule, characteristics, mtu);
        owner.replace(address, this, link);
        owner.opened(address);
        LOG.debug("a link to {} is open", address);
        if (!opened.complete(link)) {
            link.close();
        }
    }

    /** Lists the characteristics of a device in the order of their handles, which is that of their paths. */
    static Map<Channel, BluezLink.Characteristic> characteristics(BluezObjects objects, String device) {
        Map<Channel, BluezLink.Characteristic> channels = new LinkedHashMap<>();
        Map<Channel, Integer> counts = new HashMap<>();
        for (String service : objects.below(device + "/", BluezObjects.SERVICE)) {
            String serviceId = objects.get(service, BluezObjects.SERVICE, "UUID", String.class)
                    .orElse("");
            for (String path : objects.below(service + "/", BluezObjects.CHARACTERISTIC)) {
                String id = objects.get(path, BluezObjects.CHARACTERISTIC, "UUID", String.class)
                        .orElse("");
                try {
                    int number = counts.merge(Gatt.channel(serviceId, id), 1, Integer::sum);
                    channels.put(
                            Gatt.channel(serviceId, id, number),
                            new BluezLink.Characteristic(
                                    path, List.copyOf(objects.texts(path, BluezObjects.CHARACTERISTIC, "Flags"))));
                } catch (IllegalArgumentException e) {
                    LOG.debug("a characteristic has no UUID and is left out: {}", path);
                }
            }
        }
        return channels;
    }

    @Override
    public void added(String added, Map<?, ?> interfaces) {
        if (isWaitingForDevice && added.equals(path) && interfaces.containsKey(BluezObjects.DEVICE)) {
            listen();
        }
    }

    @Override
    public void removed(String removed, List<?> interfaces) {
        if (removed.equals(path) && interfaces.contains(BluezObjects.DEVICE) && !isWaitingForDevice && !isBonding) {
            fail(BluezFaults.of(BluezFault.OUT_OF_RANGE, doing + ", BlueZ gave the device up " + phase));
        }
    }

    @Override
    public void changed(String changed, String type, Map<?, ?> changes) {
        if (!changed.equals(path) || !type.equals(BluezObjects.DEVICE)) {
            return;
        }
        if (Boolean.TRUE.equals(changes.get("Connected"))) {
            isConnected = true;
            wasDropped = false;
        } else if (Boolean.FALSE.equals(changes.get("Connected")) && isConnected) {
            disconnected();
        }
        if (isWaitingForServices && Boolean.TRUE.equals(changes.get("ServicesResolved"))) {
            servicesResolved();
        }
    }

    @Override
    public void disconnecting(String reason) {
        disconnectReason = reason;
    }

    /** While we bond, the answer about the bond says more. */
    private void disconnected() {
        wasDropped = true;
        if (isBonding) {
            return;
        }
        String reason = disconnectReason;
        BluezFault kind = BluezFault.OUT_OF_RANGE;
        if (reason == null) {
            kind = unreachable();
        } else if (wasBonded && reason.endsWith(".Authentication")) {
            kind = BluezFault.STALE_BOND;
        }
        fail(BluezFaults.of(kind, doing + ", the device dropped the link " + phase));
    }

    @Override
    public void end(BluezException why) {
        fail(why);
    }

    private void startTimer(Duration time) {
        timer.cancel();
        timer = owner.scheduler()
                .schedule(
                        time,
                        () -> owner.mailbox()
                                .execute(() -> fail(BluezFaults.of(
                                        BluezFault.OUT_OF_RANGE,
                                        doing + ", nothing within " + time.toSeconds() + " s " + phase))));
    }

    private <T> void then(CompletionStage<T> stage, Consumer<? super T> next) {
        stage.whenComplete((value, fault) -> {
            if (isOver) {
                return;
            }
            if (fault != null) {
                fail(BluezFaults.of(fault, doing));
            } else {
                next.accept(value);
            }
        });
    }

    private void fail(BluezException why) {
        if (isOver) {
            return;
        }
        isOver = true;
        timer.cancel();
        owner.scanner().release(this);
        owner.agent().forget(path);
        if (isConnectAsked) {
            owner.leave(address, path);
        }
        if (isRuleAsked) {
            client.removeRule(rule);
        }
        owner.replace(address, this, null);
        LOG.debug("{}", why.getMessage());
        opened.completeExceptionally(why);
    }
}
