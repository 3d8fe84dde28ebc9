package org.openiomt.ble.virtual;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.continuousglucose.CgmFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmFinding;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmRecord;
import org.openiomt.ble.profile.continuousglucose.CgmStatus;
import org.openiomt.ble.profile.continuousglucose.SessionRunTime;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage.Interval;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A continuous glucose sensor under the skin. It measures only in a session, which a central starts and stops, or the sensor by
 * itself. Every record is stored under its minutes since the session began, and asked for through the Record Access Control
 * Point; who has subscribed hears the new ones at the communication interval, several in one value where they waited. Findings
 * and alerts follow the levels that a central has set. With the feature {@link CgmFeature#E2E_CRC} every value bears a check sum,
 * and a write without a right one is refused.
 */
public final class VirtualGlucoseSensor extends VirtualDevice {
    /** CGM Measurement. */
    public static final Channel MEASUREMENT = Gatt.channel("181f", "2aa7");

    /** CGM Feature. */
    public static final Channel FEATURE = Gatt.channel("181f", "2aa8");

    /** CGM Status. */
    public static final Channel STATUS = Gatt.channel("181f", "2aa9");

    /** CGM Session Start Time; written by the central with the present time. */
    public static final Channel SESSION_START = Gatt.channel("181f", "2aaa");

    /** CGM Session Run Time. */
    public static final Channel SESSION_RUN_TIME = Gatt.channel("181f", "2aab");

    /** Record Access Control Point. */
    public static final Channel RECORD_ACCESS = Gatt.channel("181f", "2a52");

    /** CGM Specific Ops Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("181f", "2aac");

    private static final int MOST_MINUTES = 0xFFFF;
    private static final int TREND_DIGITS = 1;
    private static final DeviceDateTime NOT_SET = DeviceDateTime.of(0, 0, 0, 0, 0, 0);

    private final Scheduler scheduler;
    private final Set<CgmFeature> features;
    private final E2eContext e2e;
    private final RecordServer records;
    private final GlucoseSensorOps ops;

    // Guarded by this.
    private final List<byte[]> waiting = new ArrayList<>();
    private final Set<CgmFinding> findings = EnumSet.noneOf(CgmFinding.class);
    private @Nullable Instant begun;
    private @Nullable CgmRecord last;
    private OptionalInt stoppedAt = OptionalInt.empty();
    private SessionStartTime start;
    private int runTimeHours = 24 * 14;
    private boolean isDamaging;
    private Scheduler.Cancellable sending = () -> {};
    private Scheduler.Cancellable end = () -> {};

    /** Puts a sensor that can do everything, check sums included, into the air, where it advertises. No session runs yet. */
    public VirtualGlucoseSensor(VirtualAir air, String address) {
        this(air, address, EnumSet.allOf(CgmFeature.class));
    }

    /**
     * Puts a sensor into the air, where it advertises. No session runs yet.
     *
     * @param features what it can do; requests for anything else are refused
     */
    public VirtualGlucoseSensor(VirtualAir air, String address, Set<CgmFeature> features) {
        super(air, address, "Virtual glucose sensor", "181f");
        CgmFeatures said =
                CgmFeatures.of(features, CgmFeatures.TYPE_INTERSTITIAL_FLUID, CgmFeatures.LOCATION_SUBCUTANEOUS);
        this.scheduler = air.scheduler();
        this.features = said.features();
        this.e2e = said.e2e();
        this.start = startTime(NOT_SET, OptionalInt.empty(), OptionalInt.empty());
        peripheral()
                .add(MEASUREMENT, Property.NOTIFY)
                .addReadable(FEATURE, CgmFeatures.CODEC.encode(said))
                .add(STATUS, Property.READ)
                .onRead(STATUS, () -> encode(CgmStatus::codec, status()))
                .add(SESSION_START, Property.READ, Property.WRITE)
                .onRead(SESSION_START, () -> encode(SessionStartTime::codec, sessionStart()))
                .onWrite(SESSION_START, this::setTime)
                .add(SESSION_RUN_TIME, Property.READ)
                .onRead(SESSION_RUN_TIME, () -> encode(SessionRunTime::codec, runTime()))
                .add(RECORD_ACCESS, Property.WRITE, Property.INDICATE)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        records = new RecordServer(peripheral(), scheduler, RECORD_ACCESS, MEASUREMENT, RecordServer.Rules.NUMBERED);
        ops = new GlucoseSensorOps(this, this.features, e2e);
        peripheral().appear();
    }

    /** Returns how the other characteristics are protected, as the feature characteristic says. */
    public E2eContext e2e() {
        return e2e;
    }

    /**
     * Starts a session as a sensor does that starts when it is put on. Records of the session before are forgotten.
     *
     * @return false when one runs, or one has ended and the sensor holds no more than one
     */
    public synchronized boolean startSession() {
        boolean isUsed = begun != null && !features.contains(CgmFeature.MULTIPLE_SESSIONS);
        if (isSessionRunning() || isUsed) {
            return false;
        }
        begun = scheduler.clock().instant();
        stoppedAt = OptionalInt.empty();
        start = startTime(NOT_SET, OptionalInt.empty(), OptionalInt.empty());
        last = null;
        waiting.clear();
        records.store().clear();
        end.cancel();
        end = scheduler.schedule(Duration.ofHours(runTimeHours), this::stopSession);
        restartSending();
        return true;
    }

    /** Stops the session; its records stay. Returns false when none runs. */
    public synchronized boolean stopSession() {
        if (!isSessionRunning()) {
            return false;
        }
        stoppedAt = OptionalInt.of(minutes());
        end.cancel();
        sending.cancel();
        send();
        return true;
    }

    /** Whether a session runs. */
    public synchronized boolean isSessionRunning() {
        return begun != null && stoppedAt.isEmpty();
    }

    /**
     * Sets how long the next session lasts, after which it stops by itself; 14 days at first.
     *
     * @param hours 1 to 1,092, because the minutes of a session end at 65,535
     */
    public synchronized void runTime(int hours) {
        if (hours < 1 || hours > MOST_MINUTES / 60) {
            throw new IllegalArgumentException("run time out of range 1..1092 h: " + hours);
        }
        runTimeHours = hours;
    }

    /**
     * Measures now, in mg/dL, with the trend where the sensor reports one and with what the levels say about the value.
     *
     * @throws IllegalStateException without a session
     */
    public synchronized void measure(int milligramPerDecilitre) {
        measure(MedicalFloat.of(milligramPerDecilitre, 0));
    }

    /**
     * Measures now at any resolution, in mg/dL.
     *
     * @throws IllegalStateException without a session
     */
    public synchronized void measure(MedicalFloat milligramPerDecilitre) {
        requireSession();
        int now = minutes();
        Optional<MedicalFloat> trend =
                features.contains(CgmFeature.TREND) ? trend(milligramPerDecilitre, now) : Optional.empty();
        Set<CgmFinding> said = EnumSet.noneOf(CgmFinding.class);
        said.addAll(findings);
        said.addAll(ops.alerts(milligramPerDecilitre, trend));
        CgmStatus bits = CgmStatus.of(now, said, ops.check());
        measure(new CgmRecord(
                milligramPerDecilitre,
                now,
                octet(bits, 0),
                octet(bits, 1),
                octet(bits, 2),
                trend,
                Optional.empty(),
                ops.check(),
                Remainder.NONE));
    }

    /** Fails to measure: the number is NaN, as sensors say it. */
    public void fail() {
        measure(MedicalFloat.NAN);
    }

    /**
     * Measures everything that a sensor can say, at any minute of the session.
     *
     * @throws IllegalStateException without a session
     */
    public synchronized void measure(CgmRecord value) {
        requireSession();
        byte[] octets = encode(CgmMeasurement::codec, CgmMeasurement.of(value));
        records.store()
                .store(new RecordStore.Entry(
                        value.timeOffsetMinutes(),
                        Optional.empty(),
                        () -> peripheral().notify(MEASUREMENT, octets)));
        last = value;
        waiting.add(octets);
        if (ops.interval() == Interval.FASTEST) {
            send();
        }
    }

    /** Announces raw octets as a measurement, sound or not. They are not stored. */
    public void replay(byte[] octets) {
        peripheral().notify(MEASUREMENT, octets);
    }

    /** Damages the next value that is announced on its own, so that its check sum is wrong; the stored record stays sound. */
    public synchronized void damageNext() {
        isDamaging = true;
    }

    /** Answers the next request to the control point with "procedure not completed". */
    public void failNextProcedure() {
        ops.failNext();
    }

    /** Refuses the next write to the control point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        ops.refuseNext(attError);
    }

    /** Finds something about itself from now on; status and records tell it. */
    public synchronized void find(CgmFinding finding) {
        findings.add(finding);
    }

    /** No longer finds something about itself. */
    public synchronized void clear(CgmFinding finding) {
        findings.remove(finding);
    }

    /** Gives it a memory of so many records: when it is full, the oldest makes room. */
    public void memory(int capacity) {
        records.store().capacity(capacity);
    }

    /** Returns how many records are stored. */
    public int stored() {
        return records.store().size();
    }

    /** Returns the minutes since the session began, up to where it stopped; 0 before the first. */
    synchronized int minutes() {
        Instant from = begun;
        if (from == null) {
            return 0;
        }
        long passed = Duration.between(from, scheduler.clock().instant()).toMinutes();
        return stoppedAt.orElse((int) Math.min(passed, MOST_MINUTES));
    }

    /** Counts the communication interval anew. */
    synchronized void restartSending() {
        sending.cancel();
        int minutes = ops.interval();
        if (isSessionRunning() && minutes != Interval.NEVER && minutes != Interval.FASTEST) {
            sending = scheduler.schedule(Duration.ofMinutes(minutes), this::sendAndWait);
        }
    }

    private synchronized void sendAndWait() {
        if (peripheral().isInTheAir()) {
            send();
            restartSending();
        }
    }

    /** Announces what waits, as many records in a value as fit; nobody hears it who does not listen. */
    private void send() {
        int room = peripheral().maxValueLength();
        List<byte[]> now = List.copyOf(waiting);
        waiting.clear();
        byte[] value = {};
        for (byte[] record : now) {
            if (value.length > 0 && value.length + record.length > room) {
                announce(value);
                value = new byte[0];
            }
            value = joined(value, record);
        }
        if (value.length > 0) {
            announce(value);
        }
    }

    private void announce(byte[] value) {
        if (isDamaging && peripheral().isSubscribed(MEASUREMENT)) {
            isDamaging = false;
            value[value.length - 1] ^= 1;
        }
        peripheral().notify(MEASUREMENT, value);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private synchronized CgmStatus status() {
        Set<CgmFinding> now = EnumSet.noneOf(CgmFinding.class);
        now.addAll(findings);
        if (!isSessionRunning()) {
            now.add(CgmFinding.SESSION_STOPPED);
        } else if (!start.dateTime().isComplete()) {
            now.add(CgmFinding.TIME_SYNCHRONISATION_REQUIRED);
        }
        return CgmStatus.of(minutes(), now, ops.check());
    }

    private synchronized SessionStartTime sessionStart() {
        return start;
    }

    private synchronized SessionRunTime runTime() {
        return new SessionRunTime(runTimeHours, ops.check(), Remainder.NONE);
    }

    /** Takes the present time of the central and computes when the session began. */
    private synchronized void setTime(byte[] octets) {
        SessionStartTime written;
        try {
            written = ProtectedWrite.decode(octets, e2e, SessionStartTime::codec);
        } catch (DecodeException e) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "no time: " + e.getMessage());
        }
        DeviceDateTime from = written.dateTime()
                .local()
                .filter(now -> written.remainder().isEmpty())
                .map(now -> DeviceDateTime.from(now.minusMinutes(minutes())))
                .orElseThrow(() -> new RefusedException(AttError.OUT_OF_RANGE, "no time that there is"));
        start = startTime(from, written.timeZoneQuarters(), written.dstQuarters());
    }

    private SessionStartTime startTime(DeviceDateTime from, OptionalInt zone, OptionalInt dst) {
        return new SessionStartTime(from, zone, dst, GlucoseSensorOps.check(e2e), Remainder.NONE);
    }

    private Optional<MedicalFloat> trend(MedicalFloat glucose, int now) {
        CgmRecord before = last;
        if (before == null
                || !glucose.isFinite()
                || !before.glucoseMilligramPerDecilitre().isFinite()) {
            return Optional.empty();
        }
        int passed = now - before.timeOffsetMinutes();
        if (passed <= 0) {
            return Optional.empty();
        }
        BigDecimal change = glucose.toBigDecimal()
                .subtract(before.glucoseMilligramPerDecilitre().toBigDecimal());
        return Optional.of(
                MedicalFloat.from(change.divide(BigDecimal.valueOf(passed), TREND_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private void requireSession() {
        if (!isSessionRunning()) {
            throw new IllegalStateException(peripheral().address() + " measures in a session only, and none runs");
        }
    }

    private <T> byte[] encode(Function<E2eContext, Codec<T>> codecs, T value) {
        return codecs.apply(e2e).encode(value);
    }

    private static OptionalInt octet(CgmStatus status, int index) {
        int bits = (status.bits() >> (index * Byte.SIZE)) & 0xFF;
        return bits == 0 ? OptionalInt.empty() : OptionalInt.of(bits);
    }
}
