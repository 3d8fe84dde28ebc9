package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.insulin.AnnunciationHistory;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.AnnunciationState.Annunciation;
import org.openiomt.ble.profile.insulin.AnnunciationState.StatusWidth;
import org.openiomt.ble.profile.insulin.ClockHistory.RecordingReason;
import org.openiomt.ble.profile.insulin.Coded;
import org.openiomt.ble.profile.insulin.HistoryData;
import org.openiomt.ble.profile.insulin.HistoryEventType;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.InsulinFeatures;
import org.openiomt.ble.profile.insulin.InsulinFeatures.Feature;
import org.openiomt.ble.profile.insulin.InsulinStatus;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.ble.profile.insulin.StatusChanged;
import org.openiomt.ble.profile.insulin.StatusChanged.Change;
import org.openiomt.ble.profile.insulin.StatusReaderMessage.CounterType;
import org.openiomt.ble.profile.insulin.TemplateHistory;
import org.openiomt.ble.profile.insulin.TimeBlock;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * An insulin pump. It delivers by the clock of the air what it is told through its Command Control Point, and refuses what its
 * state does not allow; {@code PumpCommands} lists what it answers when. What changes it announces; what was done is in its
 * history. With the feature {@link Feature#E2E_PROTECTION} every value bears a counter and a check sum, and a write whose counter
 * is not ahead of the last is refused.
 *
 * <p>It comes with 300 IU in its reservoir, basal profile 1 active (0.8 IU/h until 6, 1.2 until 18, then 0.9), therapy stopped.
 * Templates: 1 to 3 basal rates, 4 and 5 sensitivity, 6 and 7 carbohydrate, 8 and 9 target ranges, 10 and 11 temporary rates, 12
 * and 13 boluses.
 */
public final class VirtualInsulinPump extends VirtualDevice {
    /** IDD Status Changed. */
    public static final Channel STATUS_CHANGED = Gatt.channel("183a", "2b20");

    /** IDD Status. */
    public static final Channel STATUS = Gatt.channel("183a", "2b21");

    /** IDD Annunciation Status. */
    public static final Channel ANNUNCIATION = Gatt.channel("183a", "2b22");

    /** IDD Features. */
    public static final Channel FEATURES = Gatt.channel("183a", "2b23");

    /** IDD Status Reader Control Point. */
    public static final Channel STATUS_READER = Gatt.channel("183a", "2b24");

    /** IDD Command Control Point. */
    public static final Channel COMMAND = Gatt.channel("183a", "2b25");

    /** IDD Command Data. */
    public static final Channel COMMAND_DATA = Gatt.channel("183a", "2b26");

    /** IDD Record Access Control Point. */
    public static final Channel RECORD_ACCESS = Gatt.channel("183a", "2b27");

    /** IDD History Data. */
    public static final Channel HISTORY_DATA = Gatt.channel("183a", "2b28");

    private static final MedicalFloat CONCENTRATION = MedicalFloat.of(100, 0);
    private static final BigDecimal LOW = BigDecimal.valueOf(20);
    private static final int AUXILIARIES = 5;
    private static final Duration RADIO_OFF_AFTER = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Set<Feature> features;
    private final PumpProtection protection;
    private final PumpTemplates templates = new PumpTemplates();
    private final PumpHistory history;
    private final PumpDelivery delivery;
    private final PumpCommands commands;
    private final ControlPointServer commandServer;
    private final Instant madeAt;

    // Guarded by this.
    private final Set<Change> changes = EnumSet.noneOf(Change.class);
    private final Set<Change> untold = EnumSet.noneOf(Change.class);
    private @Nullable Annunciation annunciation;
    private int lastAnnunciation;
    private boolean isLowTold;
    private Instant reservoirSince;

    /** Puts a pump that can do everything, end-to-end protection included, into the air, where it advertises. */
    public VirtualInsulinPump(VirtualAir air, String address) {
        this(air, address, EnumSet.allOf(Feature.class));
    }

    /**
     * Puts a pump into the air, where it advertises.
     *
     * @param features what it can do; requests for anything else are refused
     */
    public VirtualInsulinPump(VirtualAir air, String address, Set<Feature> features) {
        super(air, address, "Virtual insulin pump", "183a");
        this.scheduler = air.scheduler();
        this.features = Set.copyOf(features);
        this.madeAt = scheduler.clock().instant();
        this.reservoirSince = madeAt;
        this.protection =
                new PumpProtection(features.contains(Feature.E2E_PROTECTION) ? E2eContext.PRESENT : E2eContext.ABSENT);
        templates.put(1, List.of(block(360, "0.8"), block(720, "1.2"), block(360, "0.9")));
        templates.activate(PumpTemplates.Kind.BASAL, 1);
        addCharacteristics();
        history = new PumpHistory(this, scheduler, protection);
        delivery = new PumpDelivery(this, scheduler, templates);
        commands = new PumpCommands(this, delivery, templates, protection);
        PumpStatusReader reader = new PumpStatusReader(this, delivery, templates, protection);
        commandServer = serve(COMMAND, commands::serve);
        serve(STATUS_READER, reader::serve);
        history.recordTime(now(), RecordingReason.SET_DATE_TIME);
        peripheral().appear();
    }

    private void addCharacteristics() {
        peripheral()
                .add(STATUS_CHANGED, Property.READ, Property.INDICATE)
                .onRead(STATUS_CHANGED, this::statusChanged)
                .add(STATUS, Property.READ, Property.INDICATE)
                .onRead(STATUS, this::status)
                .add(ANNUNCIATION, Property.READ, Property.INDICATE)
                .onRead(ANNUNCIATION, this::annunciationState)
                .add(FEATURES, Property.READ)
                .onRead(FEATURES, this::featureOctets)
                .add(STATUS_READER, Property.WRITE, Property.INDICATE)
                .add(COMMAND, Property.WRITE, Property.INDICATE)
                .add(COMMAND_DATA, Property.NOTIFY)
                .add(RECORD_ACCESS, Property.WRITE, Property.INDICATE)
                .add(HISTORY_DATA, Property.NOTIFY)
                .onDisconnected(() -> {
                    protection.reset();
                    templates.abandon();
                });
    }

    private ControlPointServer serve(Channel controlPoint, Function<byte[], List<byte[]>> procedures) {
        return new ControlPointServer(peripheral(), controlPoint, ProcedureErrors.COMMON, octets -> {
            synchronized (this) {
                List<byte[]> answers = procedures.apply(octets);
                tell();
                return answers;
            }
        });
    }

    /** Returns how all values are protected and written, as the features say. */
    public InsulinContext context() {
        return protection.context();
    }

    /** Starts, pauses or stops the therapy at the pump itself. */
    public void therapy(TherapyControlState state) {
        later(() -> delivery.therapy(state));
    }

    /** Returns whether insulin is delivered. */
    public synchronized TherapyControlState therapy() {
        delivery.account();
        return delivery.therapy();
    }

    /** Returns IU that are left in the reservoir. */
    public synchronized BigDecimal reservoir() {
        delivery.account();
        return delivery.reservoir();
    }

    /** Puts a reservoir with so many IU, 0 to 300, into the pump. */
    public void fill(int units) {
        later(() -> {
            isLowTold = false;
            reservoirSince = scheduler.clock().instant();
            delivery.fill(BigDecimal.valueOf(units));
        });
    }

    /** Takes the reservoir out; the therapy stops. */
    public void detachReservoir() {
        later(delivery::detach);
    }

    /**
     * Raises an annunciation, in place of the one before.
     *
     * @return its number, from 1
     */
    public synchronized int annunciate(AnnunciationState.Type type) {
        lastAnnunciation = lastAnnunciation % 0xFFFF + 1;
        announce(new Annunciation(
                lastAnnunciation,
                Coded.of(type),
                Coded.of(AnnunciationState.Status.PENDING),
                StatusWidth.UINT8,
                Collections.nCopies(AUXILIARIES, OptionalInt.empty())));
        tell();
        return lastAnnunciation;
    }

    /** Records the clock in the history, as a pump does whose clock was set; see {@link #clock}. */
    public synchronized void recordTime() {
        history.recordTime(now(), RecordingReason.SET_DATE_TIME);
        changed(Change.HISTORY_EVENT_RECORDED);
        tell();
    }

    /** Answers the next command that the pump knows with "procedure not completed"; nothing is done. */
    public synchronized void failNextCommand() {
        commands.failNext();
    }

    /** Refuses the next write to the Command Control Point with an ATT error, whatever it asks. */
    public void refuseNextCommand(int attError) {
        commandServer.refuseNext(attError);
    }

    /** Appears again after flight mode. */
    public void wakeUp() {
        peripheral().appear();
    }

    /** Returns how many events the history holds. */
    public int events() {
        return history.size();
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Returns the op code of a message, 0 when it has none. */
    static int opCode(byte[] octets) {
        return octets.length < Short.BYTES ? 0 : (octets[0] & 0xFF) | (octets[1] & 0xFF) << Byte.SIZE;
    }

    /** Does something under the lock and announces what it changed. */
    synchronized void later(Runnable task) {
        task.run();
        tell();
    }

    void record(HistoryEventType type, HistoryData data) {
        history.record(now(), type, data);
        changed(Change.HISTORY_EVENT_RECORDED);
    }

    void changed(Change change) {
        changes.add(change);
        untold.add(change);
    }

    void reset(Set<Change> read) {
        changes.removeAll(read);
    }

    void activate(PumpTemplates.Profile profile, int number) {
        int before = templates.activate(profile.kind, number);
        record(
                HistoryEventType.PROFILE_TEMPLATE_ACTIVATED,
                new TemplateHistory.TemplateActivated(Coded.of(profile.type), before, number));
        if (profile == PumpTemplates.Profile.BASAL) {
            changed(Change.ACTIVE_BASAL_RATE);
        }
    }

    /** Changes what became of the annunciation that stands. Returns false when it is another one, or confirmed. */
    boolean annunciation(int id, AnnunciationState.Status status) {
        Annunciation standing = annunciation;
        if (standing == null
                || standing.instanceId() != id
                || standing.status().is(AnnunciationState.Status.CONFIRMED)) {
            return false;
        }
        announce(new Annunciation(id, standing.type(), Coded.of(status), standing.width(), standing.auxiliary()));
        return true;
    }

    private void announce(Annunciation now) {
        annunciation = now;
        record(
                HistoryEventType.ANNUNCIATION_STATUS_CHANGED_1,
                new AnnunciationHistory.AnnunciationChanged(
                        now.instanceId(),
                        now.type(),
                        now.status(),
                        now.auxiliary().subList(0, 2)));
        changed(Change.ANNUNCIATION_STATUS);
    }

    /** Nothing is left: the therapy stops. */
    void runsDry() {
        delivery.therapy(TherapyControlState.STOP);
        annunciate(AnnunciationState.Type.RESERVOIR_EMPTY);
    }

    /** Switches the radio off when the answer has come. */
    void flightMode() {
        scheduler.schedule(RADIO_OFF_AFTER, () -> {
            peripheral().vanish();
            disconnect();
        });
    }

    void resetOperationTime() {
        reservoirSince = scheduler.clock().instant();
    }

    long elapsedMinutes(CounterType type) {
        Instant from = type == CounterType.RESERVOIR_INSULIN_OPERATION_TIME ? reservoirSince : madeAt;
        return Duration.between(from, scheduler.clock().instant()).toMinutes();
    }

    /** Returns how long a counter goes on: 4 years, for the insulin in the reservoir 6 days. */
    static long lifeMinutes(CounterType type) {
        int days = type == CounterType.RESERVOIR_INSULIN_OPERATION_TIME ? 6 : 4 * 365;
        return Duration.ofDays(days).toMinutes();
    }

    /** Returns what the clock of the pump shows at a time of the air's clock. */
    Optional<DeviceDateTime> clockAt(Instant at) {
        Duration ago = Duration.between(at, scheduler.clock().instant());
        return now().flatMap(DeviceDateTime::local).map(local -> DeviceDateTime.from(local.minus(ago)));
    }

    private synchronized byte[] statusChanged() {
        delivery.account();
        return encode(
                StatusChanged::codec, new StatusChanged(changes, protection.next(STATUS_CHANGED), Remainder.NONE));
    }

    private synchronized byte[] status() {
        delivery.account();
        return encode(
                InsulinStatus::codec,
                new InsulinStatus(
                        Coded.of(delivery.therapy()),
                        Coded.of(delivery.operation()),
                        PumpDelivery.amount(delivery.reservoir()),
                        delivery.isAttached(),
                        protection.next(STATUS),
                        Remainder.NONE));
    }

    private synchronized byte[] annunciationState() {
        return encode(
                AnnunciationState::codec,
                new AnnunciationState(
                        Optional.ofNullable(annunciation), protection.next(ANNUNCIATION), Remainder.NONE));
    }

    private synchronized byte[] featureOctets() {
        int counter = protection.next(FEATURES).counter().orElse(0);
        return InsulinFeatures.CODEC.encode(InsulinFeatures.of(counter, CONCENTRATION, features));
    }

    private <T> byte[] encode(Function<InsulinContext, Codec<T>> codecs, T value) {
        return codecs.apply(context()).encode(value);
    }

    /** Announces what has changed since it was last announced. */
    private void tell() {
        if (!isLowTold && delivery.isAttached() && delivery.reservoir().compareTo(LOW) <= 0) {
            isLowTold = true;
            annunciate(AnnunciationState.Type.RESERVOIR_LOW);
            return;
        }
        if (untold.isEmpty()) {
            return;
        }
        Set<Change> now = EnumSet.copyOf(untold);
        untold.clear();
        tell(STATUS_CHANGED, this::statusChanged);
        if (!Collections.disjoint(
                now, EnumSet.of(Change.THERAPY_CONTROL_STATE, Change.OPERATIONAL_STATE, Change.RESERVOIR_STATUS))) {
            tell(STATUS, this::status);
        }
        if (now.contains(Change.ANNUNCIATION_STATUS)) {
            tell(ANNUNCIATION, this::annunciationState);
        }
    }

    private void tell(Channel channel, Supplier<byte[]> value) {
        if (peripheral().isSubscribed(channel)) {
            peripheral().notify(channel, value.get());
        }
    }

    private static TimeBlock block(int minutes, String unitsPerHour) {
        return new TimeBlock(minutes, MedicalFloat.parse(unitsPerHour), Optional.empty());
    }
}
