package org.openiomt.ble.virtual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.activity.ActivityControlPoint;
import org.openiomt.ble.profile.activity.ActivityControlPoint.Operation;
import org.openiomt.ble.profile.activity.ActivityData;
import org.openiomt.ble.profile.activity.ActivityFeatures;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.ble.profile.activity.CurrentSession;
import org.openiomt.ble.profile.activity.SessionDescriptor;
import org.openiomt.ble.profile.activity.SessionDescriptor.Flag;
import org.openiomt.ble.profile.activity.SessionMoment;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * A physical activity monitor on the wrist. What it observes belongs to a session and to a part of it, the sub-session. Who has
 * subscribed hears it at once; all of it is kept, and given to a central that asks for an ended session. When a part ends, the
 * monitor adds summaries of its steps and heart rates, and at the end of the session those of the whole.
 *
 * <p>A command that has no answer of its own is refused with an ATT error: {@link AttError#WRITE_REQUEST_REJECTED} where there is
 * no such session or it is not the moment, {@link AttError#OUT_OF_RANGE} for an operand that is none.
 */
public final class VirtualActivityMonitor extends VirtualDevice {
    /** Physical Activity Monitor Features. */
    public static final Channel FEATURES = Gatt.channel("183e", "2b3b");

    /** Physical Activity Monitor Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("183e", "2b43");

    /** Physical Activity Current Session. */
    public static final Channel CURRENT_SESSION = Gatt.channel("183e", "2b44");

    /** Physical Activity Session Descriptor. */
    public static final Channel SESSION_DESCRIPTOR = Gatt.channel("183e", "2b45");

    /** The error of an answer about a session or characteristic that there is not. */
    public static final int NOTHING_THERE = 1;

    /** The error of an answer when a test has ordered a fault. */
    public static final int FAILED = 2;

    private static final int FIRST_DATA = 0x2B3C;
    private static final int MOST_SESSIONS = 0xFFFE;
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private final Scheduler scheduler;
    private final SegmentSender segments;
    private final RecordStore reports;
    private final ControlPointServer server;

    // Guarded by this.
    private final TreeMap<Integer, Session> sessions = new TreeMap<>();
    private @Nullable Session running;
    private long sequence;
    private boolean isWorn = true;
    private boolean isFailing;

    /** A session, or a part of one. */
    private static class Span {
        final int id;
        final SessionMoment start;
        final LongSummaryStatistics heartRates = new LongSummaryStatistics();

        @Nullable
        SessionMoment end;

        long steps;
        int activityType;

        Span(int id, SessionMoment start) {
            this.id = id;
            this.start = start;
        }
    }

    private static final class Session extends Span {
        final List<Span> parts = new ArrayList<>();
        final List<ActivityData> data = new ArrayList<>();
        boolean isDeleted;

        Session(int id, SessionMoment start) {
            super(id, start);
        }

        Span part() {
            return parts.get(parts.size() - 1);
        }
    }

    /** Puts a monitor into the air, where it advertises. No session runs yet. */
    public VirtualActivityMonitor(VirtualAir air, String address) {
        super(air, address, "Virtual activity monitor", "183e");
        scheduler = air.scheduler();
        Set<ActivityFeatures.Feature> features = EnumSet.allOf(ActivityFeatures.Feature.class);
        features.remove(ActivityFeatures.Feature.MULTIPLE_USERS);
        features.remove(ActivityFeatures.Feature.USER_DATA_SERVICE);
        peripheral()
                .addReadable(FEATURES, ActivityFeatures.CODEC.encode(new ActivityFeatures(features, Remainder.NONE)))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .add(CURRENT_SESSION, Property.READ, Property.NOTIFY)
                .onRead(CURRENT_SESSION, this::currentSession)
                .add(SESSION_DESCRIPTOR, Property.NOTIFY);
        for (ActivityLayout layout : ActivityLayout.values()) {
            peripheral().add(channel(layout), Property.NOTIFY);
        }
        segments = new SegmentSender(peripheral());
        reports = new RecordStore(scheduler);
        peripheral().onDisconnected(reports::stop);
        server = ControlPointServer.serve(peripheral(), CONTROL_POINT, this::serve);
        peripheral().appear();
    }

    /** Returns the channel of a characteristic of activity data. */
    @SuppressWarnings("EnumOrdinal") // the characteristics are numbered in this order
    public static Channel channel(ActivityLayout layout) {
        return Gatt.channel("183e", Integer.toHexString(FIRST_DATA + layout.ordinal()));
    }

    /** Starts a session with its first part. Returns false when one runs. */
    public synchronized boolean startSession() {
        if (running != null || sessions.size() > MOST_SESSIONS) {
            return false;
        }
        Session begun = new Session(sessions.isEmpty() ? 1 : sessions.lastKey() + 1, moment());
        begun.parts.add(new Span(1, moment()));
        sessions.put(begun.id, begun);
        running = begun;
        tellSession();
        return true;
    }

    /** Ends the part that runs and starts the next. Returns false without a session. */
    public synchronized boolean startSubSession() {
        Session session = running;
        if (session == null) {
            return false;
        }
        end(session, session.part(), session.part().id);
        session.parts.add(new Span(session.part().id + 1, moment()));
        tellSession();
        return true;
    }

    /** Ends the session and its last part. Returns false when none runs. */
    public synchronized boolean stopSession() {
        Session session = running;
        if (session == null) {
            return false;
        }
        end(session, session.part(), session.part().id);
        end(session, session, ActivityControlPoint.ALL_SUB_SESSIONS);
        running = null;
        tellSession();
        return true;
    }

    /** Whether a session runs. */
    public synchronized boolean isSessionRunning() {
        return running != null;
    }

    /** Is worn, or not, from now on. */
    public synchronized void worn(boolean worn) {
        isWorn = worn;
    }

    /**
     * Counts steps.
     *
     * @throws IllegalStateException without a session
     */
    public synchronized void walk(int steps) {
        Session session = session();
        session.steps += steps;
        session.part().steps += steps;
    }

    /**
     * Observes a heart rate, per minute.
     *
     * @throws IllegalStateException without a session
     */
    public synchronized void beat(int perMinute) {
        Session session = session();
        session.heartRates.accept(perMinute);
        session.part().heartRates.accept(perMinute);
        observe(ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS, Map.of("heartRate", (long) perMinute));
    }

    /**
     * Observes anything, now, in the part that runs.
     *
     * @param values by the names of the layout
     * @throws IllegalStateException without a session
     */
    public synchronized void observe(ActivityLayout layout, Map<String, Long> values) {
        Session session = session();
        keep(session, layout, session.part().id, values);
    }

    /** Loses the next packet of a characteristic, as the air does. */
    public void loseNext(ActivityLayout layout) {
        segments.lose(channel(layout));
    }

    /** Answers the next request for sessions or data with the error {@link #FAILED}, and refuses any other with its ATT error. */
    public synchronized void failNextProcedure() {
        isFailing = true;
    }

    /** Refuses the next write to the control point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        server.refuseNext(attError);
    }

    private Session session() {
        Session session = running;
        if (session == null) {
            throw new IllegalStateException(peripheral().address() + " observes in a session only, and none runs");
        }
        return session;
    }

    /** Ends a part or the whole, and sums it up. */
    private void end(Session session, Span span, int subSession) {
        SessionMoment end = moment();
        span.end = end;
        long seconds = end.baseSeconds() - span.start.baseSeconds();
        keep(
                session,
                ActivityLayout.STEP_COUNTER_SUMMARY,
                subSession,
                Map.of("normalWalkingSteps", span.steps, "wornDuration", seconds));
        if (span.heartRates.getCount() > 0) {
            Map<String, Long> heart = new LinkedHashMap<>();
            heart.put("minimumHeartRate", span.heartRates.getMin());
            heart.put("maximumHeartRate", span.heartRates.getMax());
            heart.put("averageHeartRate", Math.round(span.heartRates.getAverage()));
            keep(session, ActivityLayout.CARDIORESPIRATORY_SUMMARY, subSession, heart);
        }
    }

    private void keep(Session session, ActivityLayout layout, int subSession, Map<String, Long> values) {
        boolean canBeWorn = isWorn && layout.name().endsWith("INSTANTANEOUS");
        ActivityData value = new ActivityData(
                layout,
                session.id,
                subSession,
                moment().baseSeconds() - session.start.baseSeconds(),
                sequence++,
                canBeWorn,
                values,
                Remainder.NONE);
        session.data.add(value);
        send(value);
    }

    private void send(ActivityData value) {
        segments.send(channel(value.layout()), value.layout().codec().encode(value));
    }

    /** Returns the seconds since 2000 by the clock of the air, which never jumps. */
    private SessionMoment moment() {
        return new SessionMoment(
                Duration.between(START, scheduler.clock().instant()).toSeconds(), 0);
    }

    private synchronized byte[] currentSession() {
        Session newest = sessions.isEmpty() ? null : sessions.lastEntry().getValue();
        SessionMoment never = new SessionMoment(0, 0);
        CurrentSession value = newest == null
                ? new CurrentSession(false, 0, never, 0, never, 0, Remainder.NONE)
                : new CurrentSession(
                        newest == running,
                        newest.id,
                        newest.start,
                        newest.part().id,
                        newest.part().start,
                        newest.activityType,
                        Remainder.NONE);
        return CurrentSession.CODEC.encode(value);
    }

    private void tellSession() {
        peripheral().notify(CURRENT_SESSION, currentSession());
    }

    private synchronized CompletionStage<List<byte[]>> serve(byte[] octets) {
        ActivityControlPoint request;
        try {
            request = ActivityControlPoint.CODEC.decode(octets);
        } catch (DecodeException e) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "no request: " + e.getMessage());
        }
        Operation operation = request.operation()
                .filter(known -> known.opCode() <= Operation.SET_AVERAGE_ACTIVITY_TYPE.opCode())
                .orElseThrow(() -> new RefusedException(AttError.REQUEST_NOT_SUPPORTED, "no such request"));
        if (!request.remainder().isEmpty()) {
            throw new RefusedException(AttError.INVALID_VALUE_LENGTH, "octets behind the request");
        }
        boolean isFault = isFailing;
        isFailing = false;
        switch (operation) {
            case ENQUIRE_SESSIONS -> {
                List<SessionDescriptor> found =
                        sessions.values().stream().map(this::describe).toList();
                return report(isFault ? FAILED : 0, found, Operation.SESSIONS_SENT, Operation.SESSIONS_FAILED);
            }
            case ENQUIRE_SUB_SESSIONS -> {
                Optional<Session> session = kept(request);
                List<SessionDescriptor> found = session.stream()
                        .flatMap(each -> each.parts.stream().map(part -> describe(each, part)))
                        .toList();
                int error = session.isEmpty() ? NOTHING_THERE : 0;
                return report(
                        isFault ? FAILED : error, found, Operation.SUB_SESSIONS_SENT, Operation.SUB_SESSIONS_FAILED);
            }
            case GET_ENDED_SESSION_DATA -> {
                return reportData(request, isFault);
            }
            default -> {
                reject(isFault, "a fault was ordered");
                obey(operation, request);
                return CompletableFuture.completedFuture(List.of());
            }
        }
    }

    private void obey(Operation operation, ActivityControlPoint request) {
        switch (operation) {
            case START_SESSION -> {
                long scope = operand(request, "scope", 1);
                reject(!(scope == 0 ? startSession() : startSubSession()), "not while this session runs, or none");
            }
            case STOP_SESSION -> reject(!stopSession(), "no session runs");
            case DELETE_ENDED_SESSION -> {
                Session session = kept(request).filter(each -> each != running).orElse(null);
                reject(session == null, "no such session has ended");
                if (session != null) {
                    session.isDeleted = true;
                    session.data.clear();
                }
            }
            case SET_AVERAGE_ACTIVITY_TYPE -> {
                long scope = operand(request, "scope", 1);
                int said = (int) operand(request, "activityType", 0xFF) << Byte.SIZE;
                reject(running == null, "no session runs");
                Span span = scope == 0 ? session().part() : session();
                span.activityType = (span.activityType & 0xFF) | said;
                tellSession();
            }
            default -> throw new AssertionError(operation);
        }
    }

    private static void reject(boolean isRejected, String why) {
        if (isRejected) {
            throw new RefusedException(AttError.WRITE_REQUEST_REJECTED, why);
        }
    }

    private static long operand(ActivityControlPoint request, String name, long most) {
        long value = request.operands().getOrDefault(name, 0L);
        if (value > most) {
            throw new RefusedException(AttError.OUT_OF_RANGE, name + " out of range");
        }
        return value;
    }

    private Optional<Session> kept(ActivityControlPoint request) {
        int id = (int) operand(request, "sessionId", 0xFFFF);
        return Optional.ofNullable(sessions.get(id)).filter(session -> !session.isDeleted);
    }

    private SessionDescriptor describe(Session session) {
        Set<Flag> flags = EnumSet.of(Flag.SESSION);
        if (session.isDeleted) {
            flags.add(Flag.DELETED);
        }
        return descriptor(flags, session.id, OptionalInt.empty(), session);
    }

    private SessionDescriptor describe(Session session, Span part) {
        return descriptor(EnumSet.noneOf(Flag.class), session.id, OptionalInt.of(part.id), part);
    }

    private static SessionDescriptor descriptor(Set<Flag> flags, int session, OptionalInt part, Span span) {
        if (span.end == null) {
            flags.add(Flag.RUNNING);
        }
        return new SessionDescriptor(flags, session, part, span.start, Optional.ofNullable(span.end), Remainder.NONE);
    }

    private CompletionStage<List<byte[]>> report(
            int error, List<SessionDescriptor> found, Operation sent, Operation failed) {
        requireListening(SESSION_DESCRIPTOR);
        if (error != 0) {
            return CompletableFuture.completedFuture(answer(failed, "error", error));
        }
        return report(
                found.stream()
                        .map(each -> (Runnable)
                                () -> segments.send(SESSION_DESCRIPTOR, SessionDescriptor.CODEC.encode(each)))
                        .toList(),
                answer(sent, "count", found.size()));
    }

    private CompletionStage<List<byte[]>> reportData(ActivityControlPoint request, boolean isFault) {
        ActivityLayout[] layouts = ActivityLayout.values();
        int which = (int) operand(request, "characteristic", 0xFF);
        int part = (int) operand(request, "subSessionId", 0xFFFF);
        Optional<Session> session = kept(request).filter(each -> each != running);
        boolean isThere = which < layouts.length
                && session.filter(each -> part == ActivityControlPoint.ALL_SUB_SESSIONS
                                || each.parts.stream().anyMatch(span -> span.id == part))
                        .isPresent();
        if (isFault || !isThere) {
            return CompletableFuture.completedFuture(
                    answer(Operation.ENDED_SESSION_DATA_FAILED, "error", isFault ? FAILED : NOTHING_THERE));
        }
        ActivityLayout layout = layouts[which];
        requireListening(channel(layout));
        List<ActivityData> found = session.stream()
                .flatMap(each -> each.data.stream())
                .filter(value -> value.layout() == layout)
                .filter(value -> part == ActivityControlPoint.ALL_SUB_SESSIONS || value.subSessionId() == part)
                .toList();
        return report(
                found.stream().map(value -> (Runnable) () -> send(value)).toList(),
                answer(Operation.ENDED_SESSION_DATA_SENT, "count", found.size()));
    }

    /** Sends values one after the other; the answer comes behind them. */
    private CompletionStage<List<byte[]>> report(List<Runnable> sends, List<byte[]> answer) {
        CompletableFuture<List<byte[]>> done = new CompletableFuture<>();
        List<RecordStore.Entry> entries = new ArrayList<>();
        for (Runnable send : sends) {
            entries.add(new RecordStore.Entry(entries.size(), Optional.empty(), send));
        }
        reports.report(entries, () -> done.complete(answer));
        return done;
    }

    private void requireListening(Channel channel) {
        if (!peripheral().isSubscribed(channel)) {
            throw new RefusedException(ProcedureErrors.COMMON.notSubscribed(), "nobody listens to " + channel);
        }
    }

    private static List<byte[]> answer(Operation operation, String operand, long value) {
        return List.of(ActivityControlPoint.CODEC.encode(ActivityControlPoint.of(operation, Map.of(operand, value))));
    }
}
