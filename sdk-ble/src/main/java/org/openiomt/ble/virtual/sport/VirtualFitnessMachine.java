package org.openiomt.ble.virtual.sport;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameters;
import org.openiomt.ble.profile.controlpoint.SizedNumber;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.MachineControlPoint;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.fitness.MachineDataSplitter;
import org.openiomt.ble.profile.fitness.MachineFeatures;
import org.openiomt.ble.profile.fitness.MachineFeatures.Feature;
import org.openiomt.ble.profile.fitness.MachineFeatures.Target;
import org.openiomt.ble.profile.fitness.MachineParameters;
import org.openiomt.ble.profile.fitness.MachineParameters.StopOrPause;
import org.openiomt.ble.profile.fitness.MachineStatus;
import org.openiomt.ble.profile.fitness.MachineStatus.Event;
import org.openiomt.ble.profile.fitness.Metric;
import org.openiomt.ble.profile.fitness.SupportedRange;
import org.openiomt.ble.profile.fitness.TrainingStatus;
import org.openiomt.ble.profile.fitness.TrainingStatus.Status;
import org.openiomt.ble.virtual.OperationServer;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Remainder;

/**
 * A fitness machine of any {@link Machine kind}. It tells its data to who listens; what is longer than a packet comes as several
 * with "more data". A client steers it when it has asked for control, which it loses with the link, by a reset, or when the user
 * takes it: what it asks for otherwise is answered "control not permitted". Every change is told as Fitness Machine Status.
 */
public final class VirtualFitnessMachine extends VirtualDevice {
    /** Fitness Machine Feature. */
    public static final Channel FEATURE = Gatt.channel("1826", "2acc");

    /** Training Status. */
    public static final Channel TRAINING_STATUS = Gatt.channel("1826", "2ad3");

    /** Fitness Machine Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1826", "2ad9");

    /** Fitness Machine Status. */
    public static final Channel STATUS = Gatt.channel("1826", "2ada");

    private static final int AVAILABLE = 1;
    private static final List<String> DATA = List.of("2acd", "2ace", "2acf", "2ad0", "2ad1", "2ad2");

    /** What a machine measures, by the metric that tells it. */
    private static final Map<Metric, Feature> FEATURES = new EnumMap<>(Map.ofEntries(
            Map.entry(Metric.AVERAGE_SPEED, Feature.AVERAGE_SPEED),
            Map.entry(Metric.INSTANTANEOUS_CADENCE, Feature.CADENCE),
            Map.entry(Metric.TOTAL_DISTANCE, Feature.TOTAL_DISTANCE),
            Map.entry(Metric.INCLINATION, Feature.INCLINATION),
            Map.entry(Metric.POSITIVE_GAIN, Feature.ELEVATION_GAIN),
            Map.entry(Metric.POSITIVE_GAIN_DECIMETRE, Feature.ELEVATION_GAIN),
            Map.entry(Metric.INSTANTANEOUS_PACE, Feature.PACE),
            Map.entry(Metric.INSTANTANEOUS_PACE_KILOMETRE, Feature.PACE),
            Map.entry(Metric.STEP_RATE, Feature.STEP_COUNT),
            Map.entry(Metric.STEPS, Feature.STEP_COUNT),
            Map.entry(Metric.RESISTANCE_LEVEL, Feature.RESISTANCE_LEVEL),
            Map.entry(Metric.STRIDES, Feature.STRIDE_COUNT),
            Map.entry(Metric.STRIDES_TENTH, Feature.STRIDE_COUNT),
            Map.entry(Metric.TOTAL_ENERGY, Feature.EXPENDED_ENERGY),
            Map.entry(Metric.HEART_RATE, Feature.HEART_RATE),
            Map.entry(Metric.METABOLIC_EQUIVALENT, Feature.METABOLIC_EQUIVALENT),
            Map.entry(Metric.ELAPSED_TIME, Feature.ELAPSED_TIME),
            Map.entry(Metric.REMAINING_TIME, Feature.REMAINING_TIME),
            Map.entry(Metric.INSTANTANEOUS_POWER, Feature.POWER),
            Map.entry(Metric.FORCE_ON_BELT, Feature.FORCE_ON_BELT_AND_POWER)));

    /** What can be set: by which operation, told by which event. */
    private static final List<Setting> SETTINGS = List.of(
            new Setting(Target.SPEED, MachineControlPoint.SET_SPEED, Event.SPEED_CHANGED),
            new Setting(Target.INCLINATION, MachineControlPoint.SET_INCLINATION, Event.INCLINATION_CHANGED),
            new Setting(Target.RESISTANCE, MachineControlPoint.SET_RESISTANCE, Event.RESISTANCE_CHANGED),
            new Setting(Target.POWER, MachineControlPoint.SET_POWER, Event.POWER_CHANGED),
            new Setting(Target.HEART_RATE, MachineControlPoint.SET_HEART_RATE, Event.HEART_RATE_CHANGED),
            new Setting(Target.EXPENDED_ENERGY, MachineControlPoint.SET_ENERGY, Event.ENERGY_CHANGED),
            new Setting(Target.STEPS, MachineControlPoint.SET_STEPS, Event.STEPS_CHANGED),
            new Setting(Target.STRIDES, MachineControlPoint.SET_STRIDES, Event.STRIDES_CHANGED),
            new Setting(Target.DISTANCE, MachineControlPoint.SET_DISTANCE, Event.DISTANCE_CHANGED),
            new Setting(Target.TRAINING_TIME, MachineControlPoint.SET_TRAINING_TIME, Event.TRAINING_TIME_CHANGED),
            new Setting(Target.TIME_IN_TWO_ZONES, MachineControlPoint.SET_TWO_ZONES, Event.TWO_ZONES_CHANGED),
            new Setting(Target.TIME_IN_THREE_ZONES, MachineControlPoint.SET_THREE_ZONES, Event.THREE_ZONES_CHANGED),
            new Setting(Target.TIME_IN_FIVE_ZONES, MachineControlPoint.SET_FIVE_ZONES, Event.FIVE_ZONES_CHANGED),
            new Setting(Target.BIKE_SIMULATION, MachineControlPoint.SIMULATE_ROAD, Event.ROAD_CHANGED),
            new Setting(
                    Target.WHEEL_CIRCUMFERENCE,
                    MachineControlPoint.SET_WHEEL_CIRCUMFERENCE,
                    Event.WHEEL_CIRCUMFERENCE_CHANGED),
            new Setting(Target.CADENCE, MachineControlPoint.SET_CADENCE, Event.CADENCE_CHANGED));

    /** What a target can be set to, in its steps. */
    private static final Map<Target, SupportedRange> RANGES = new EnumMap<>(Map.of(
            Target.SPEED, SupportedRange.of(SupportedRange.Target.SPEED, 100, 2_000, 10),
            Target.INCLINATION, SupportedRange.of(SupportedRange.Target.INCLINATION, -30, 150, 5),
            Target.RESISTANCE, SupportedRange.of(SupportedRange.Target.RESISTANCE, 10, 240, 10),
            Target.HEART_RATE, SupportedRange.of(SupportedRange.Target.HEART_RATE, 60, 190, 1),
            Target.POWER, SupportedRange.of(SupportedRange.Target.POWER, 25, 800, 5)));

    private static final Map<Target, Channel> RANGE_CHANNELS = new EnumMap<>(Map.of(
            Target.SPEED, Gatt.channel("1826", "2ad4"),
            Target.INCLINATION, Gatt.channel("1826", "2ad5"),
            Target.RESISTANCE, Gatt.channel("1826", "2ad6"),
            Target.HEART_RATE, Gatt.channel("1826", "2ad7"),
            Target.POWER, Gatt.channel("1826", "2ad8")));

    private static final long SPIN_DOWN_LOW = 2_000;
    private static final long SPIN_DOWN_HIGH = 3_500;
    private static final long BEGIN_SPIN_DOWN = 1;
    private static final long IGNORE_SPIN_DOWN = 2;

    private final Machine machine;

    // Guarded by this.
    private final Map<Target, List<Object>> set = new EnumMap<>(Target.class);
    private Motion motion = Motion.STOPPED;
    private boolean isControlled;

    private record Setting(Target target, Operation operation, Event event) {}

    /** What a machine does. */
    public enum Motion {
        /** It is at rest. */
        STOPPED,
        /** Somebody trains. */
        RUNNING,
        /** The training rests. */
        PAUSED
    }

    /** Puts a machine that can be set to everything into the air, where it advertises. */
    public VirtualFitnessMachine(VirtualAir air, String address, Machine machine) {
        this(air, address, machine, EnumSet.allOf(Target.class));
    }

    /**
     * Puts a machine into the air, where it advertises.
     *
     * @param targets what it can be set to; other operations are answered "op code not supported"
     */
    public VirtualFitnessMachine(VirtualAir air, String address, Machine machine, Set<Target> targets) {
        super(air, address, "Virtual fitness machine", "1826");
        this.machine = machine;
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        machine.metrics(Machine.Reading.FIRST_EDITION)
                .forEach(metric -> Optional.ofNullable(FEATURES.get(metric)).ifPresent(features::add));
        peripheral()
                .advertises("service:1826", new byte[] {AVAILABLE, (byte) (1 << number(machine)), 0})
                .addReadable(FEATURE, MachineFeatures.CODEC.encode(MachineFeatures.of(features, targets)))
                .add(data(machine), Property.NOTIFY)
                .add(TRAINING_STATUS, Property.READ, Property.NOTIFY)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .add(STATUS, Property.NOTIFY)
                .onDisconnected(this::loseControl);
        RANGES.forEach((target, range) -> {
            if (targets.contains(target)) {
                peripheral().addReadable(range(target), range.target().codec().encode(range));
            }
        });
        training(Status.IDLE, Optional.empty());
        OperationServer server = new OperationServer(peripheral(), CONTROL_POINT, MachineControlPoint.POINT)
                .on(MachineControlPoint.REQUEST_CONTROL, asked -> giveControl())
                .on(MachineControlPoint.RESET, controlled(asked -> reset()))
                .on(MachineControlPoint.START_OR_RESUME, controlled(asked -> start()))
                .on(
                        MachineControlPoint.STOP,
                        controlled(asked -> StopOrPause.of(asked.get(MachineParameters.STOP_OR_PAUSE)
                                        .orElseThrow())
                                .map(this::stop)
                                .orElse(Reply.INVALID_PARAMETER)));
        SETTINGS.stream()
                .filter(setting -> targets.contains(setting.target))
                .forEach(setting -> server.on(setting.operation, controlled(asked -> set(setting, asked))));
        if (targets.contains(Target.SPIN_DOWN)) {
            server.on(MachineControlPoint.CONTROL_SPIN_DOWN, controlled(VirtualFitnessMachine::spinDown));
        }
        peripheral().appear();
    }

    /** Returns where the data of a machine are: {@code 1826/2acd} for a treadmill. */
    public static Channel data(Machine machine) {
        return Gatt.channel("1826", DATA.get(number(machine)));
    }

    /**
     * Returns where the range of a target is: {@code 1826/2ad4} for the speed.
     *
     * @throws IllegalArgumentException when the service has no range of this target
     */
    public static Channel range(Target target) {
        return Optional.ofNullable(RANGE_CHANNELS.get(target))
                .orElseThrow(() -> new IllegalArgumentException("no range of " + target));
    }

    /**
     * Measures.
     *
     * @param values in steps of each metric; those of the machine's first group must be there; empty for "not available"
     */
    public void measure(Map<Metric, OptionalLong> values) {
        measure(MachineData.of(machine, values));
    }

    /** Measures, with the first group of the machine. */
    public void measure(MachineData value) {
        MachineDataSplitter.split(value, peripheral().maxValueLength())
                .forEach(part -> replay(machine.codec().encode(part)));
    }

    /** Sends raw octets as data, sound or not. */
    public void replay(byte[] octets) {
        peripheral().notify(data(machine), octets);
    }

    /** Says what goes on in the training, and perhaps what the machine shows. */
    public void training(Status status, Optional<String> shown) {
        byte[] octets = TrainingStatus.CODEC.encode(new TrainingStatus(
                Arrays.asList(Status.values()).indexOf(status), shown.map(DeviceText::of), false, Remainder.NONE));
        peripheral().value(TRAINING_STATUS, octets);
        peripheral().notify(TRAINING_STATUS, octets);
    }

    /** The user starts the machine, or goes on. */
    public void userStarts() {
        start();
    }

    /** The user stops the machine, or lets it rest. */
    public void userStops(StopOrPause how) {
        stop(how);
    }

    /** The user pulls the safety key: the machine stops. */
    public void pullSafetyKey() {
        synchronized (this) {
            motion = Motion.STOPPED;
        }
        tell(MachineStatus.of(Event.STOPPED_BY_SAFETY_KEY));
        training(Status.IDLE, Optional.empty());
    }

    /** The user takes control: the client has lost it, and is told so. */
    public void takeControl() {
        boolean wasControlled;
        synchronized (this) {
            wasControlled = isControlled;
            isControlled = false;
        }
        if (wasControlled) {
            tell(MachineStatus.of(Event.CONTROL_LOST));
        }
    }

    /**
     * Tells how spinning down goes.
     *
     * @param code 1 asked for, 2 done, 3 error, 4 stop pedalling
     */
    public void spinDownStatus(int code) {
        tell(MachineStatus.of(Event.SPIN_DOWN, (long) code));
    }

    /** Returns what the machine does. */
    public synchronized Motion motion() {
        return motion;
    }

    /** Whether a client has control. */
    public synchronized boolean isControlled() {
        return isControlled;
    }

    /** Returns the number to which a target was set, the first when it has several; empty before and after a reset. */
    public synchronized OptionalLong target(Target target) {
        List<Object> values = set.get(target);
        return values == null ? OptionalLong.empty() : OptionalLong.of(number(values.get(0)));
    }

    private Function<Parameters, Reply> controlled(Function<Parameters, Reply> handler) {
        return asked -> isControlled() ? handler.apply(asked) : Reply.of(ControlPointResult.CONTROL_NOT_PERMITTED);
    }

    private synchronized Reply giveControl() {
        isControlled = true;
        return Reply.done();
    }

    private synchronized void loseControl() {
        isControlled = false;
    }

    private Reply reset() {
        synchronized (this) {
            set.clear();
            motion = Motion.STOPPED;
            isControlled = false;
        }
        tell(MachineStatus.of(Event.RESET));
        training(Status.IDLE, Optional.empty());
        return Reply.done();
    }

    private Reply start() {
        synchronized (this) {
            if (motion == Motion.RUNNING) {
                return Reply.FAILED;
            }
            motion = Motion.RUNNING;
        }
        tell(MachineStatus.of(Event.STARTED_BY_USER));
        training(Status.MANUAL, Optional.empty());
        return Reply.done();
    }

    private Reply stop(StopOrPause how) {
        synchronized (this) {
            boolean isPossible = how == StopOrPause.PAUSE ? motion == Motion.RUNNING : motion != Motion.STOPPED;
            if (!isPossible) {
                return Reply.FAILED;
            }
            motion = how == StopOrPause.PAUSE ? Motion.PAUSED : Motion.STOPPED;
        }
        tell(MachineStatus.of(Event.STOPPED_BY_USER, (long) how.code()));
        training(how == StopOrPause.PAUSE ? Status.OTHER : Status.IDLE, Optional.empty());
        return Reply.done();
    }

    private Reply set(Setting setting, Parameters asked) {
        long first = number(asked.values().get(0));
        SupportedRange range = RANGES.get(setting.target);
        if (range != null && (first < range.minimum() || first > range.maximum())) {
            return Reply.INVALID_PARAMETER;
        }
        synchronized (this) {
            set.put(setting.target, asked.values());
        }
        tell(MachineStatus.of(setting.event, asked.values().toArray()));
        return Reply.done();
    }

    private static Reply spinDown(Parameters asked) {
        long wish = asked.get(MachineParameters.SPIN_DOWN).orElseThrow();
        return wish == BEGIN_SPIN_DOWN || wish == IGNORE_SPIN_DOWN
                ? Reply.done(SPIN_DOWN_LOW, SPIN_DOWN_HIGH)
                : Reply.INVALID_PARAMETER;
    }

    private void tell(MachineStatus status) {
        peripheral().notify(STATUS, MachineStatus.CODEC.encode(status));
    }

    private static long number(Object value) {
        return value instanceof SizedNumber sized ? sized.value() : (Long) value;
    }

    /** The order of the machines is that of their characteristics, and of the bits in the advertisement. */
    private static int number(Machine machine) {
        return Arrays.asList(Machine.values()).indexOf(machine);
    }
}
