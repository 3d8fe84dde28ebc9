package org.openiomt.ble.virtual.surroundings;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.environment.DescriptorValueChanged;
import org.openiomt.ble.profile.environment.DescriptorValueChanged.Change;
import org.openiomt.ble.profile.environment.EnvironmentalConfiguration;
import org.openiomt.ble.profile.environment.EnvironmentalConfiguration.Logic;
import org.openiomt.ble.profile.environment.EnvironmentalMeasurement;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.environment.EnvironmentalReading.Kind;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger.Condition;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A sensor of rooms or weather. What it measures can be read, and is told to who listens when its triggers say so; without triggers,
 * at each measurement.
 *
 * <p>A {@link org.openiomt.core.spi.Link} has characteristics and no descriptors, so that a client of this air cannot reach those of
 * this service: the methods {@link #writeTrigger} and {@link #writeConfiguration} do what such a write does, refusals included, and
 * {@link #trigger}, {@link #configuration} and {@link #measurement} give what a read gives. Of each kind the sensor has one
 * characteristic, for only descriptors could tell several apart.
 */
public final class VirtualEnvironmentSensor extends VirtualDevice {
    /** Descriptor Value Changed. */
    public static final Channel DESCRIPTOR_VALUE_CHANGED = Gatt.channel("181a", "2a7d");

    /** How many triggers a characteristic has. */
    public static final int TRIGGERS = 3;

    private static final EnvironmentalTrigger INACTIVE = EnvironmentalTrigger.of(Condition.INACTIVE);

    /** One characteristic. Guarded by the sensor. */
    private static final class Sensing {
        final Kind kind;
        final EnvironmentalTrigger[] triggers = {INACTIVE, INACTIVE, INACTIVE};
        Logic logic = Logic.OR;
        EnvironmentalMeasurement measurement =
                new EnvironmentalMeasurement(0, 0, 0, 0, MedicalFloat.NAN, Remainder.NONE);
        boolean isTriggered;
        Object settings = new Object();
        Optional<EnvironmentalReading> now = Optional.empty();
        Optional<EnvironmentalReading> told = Optional.empty();

        @Nullable
        Instant toldAt;

        Sensing(Kind kind) {
            this.kind = kind;
        }
    }

    private final Map<Kind, Sensing> sensings = new EnumMap<>(Kind.class);

    /** Puts a sensor into the air, where it advertises. What has a code for "not known" is not known yet; all else is 0. */
    public VirtualEnvironmentSensor(VirtualAir air, String address, Kind... kinds) {
        super(air, address, "Virtual environment sensor", "181a");
        for (Kind kind : kinds) {
            sensings.put(kind, new Sensing(kind));
            peripheral()
                    .add(channel(kind), Property.READ, Property.NOTIFY)
                    .value(channel(kind), kind.profile().codec().encode(unknown(kind)));
        }
        peripheral().add(DESCRIPTOR_VALUE_CHANGED, Property.INDICATE);
        peripheral().appear();
    }

    /** Returns where a kind is: {@code 181a/2a6e} for the temperature. */
    public static Channel channel(Kind kind) {
        return Gatt.channel("181a", kind.profile().uuid());
    }

    /**
     * Measures.
     *
     * @param value in the unit of the kind; NaN where it has a code for "not known"
     * @throws IllegalArgumentException when the octets cannot bear it, or the sensor does not measure this
     */
    public synchronized void measure(Kind kind, MedicalFloat value) {
        Sensing sensing = sensing(kind);
        EnvironmentalReading reading = kind.of(value);
        sensing.now = Optional.of(reading);
        peripheral().value(channel(kind), kind.profile().codec().encode(reading));
        if (!sensing.isTriggered || holds(sensing, Duration.ZERO)) {
            tell(sensing, reading);
        }
    }

    /** Sends raw octets as a reading, sound or not. */
    public void replay(Kind kind, byte[] octets) {
        peripheral().notify(channel(kind), octets);
    }

    /**
     * Does what a client's write of the descriptor {@code 0x290D} does; the change is indicated.
     *
     * @param number which trigger, from 0 to 2
     * @throws GattRefusedException "condition not supported" for a condition that the standard reserves, "write request rejected"
     *     for octets that do not suit the characteristic
     */
    public void writeTrigger(Kind kind, int number, byte[] octets) {
        EnvironmentalTrigger trigger = decode(kind, EnvironmentalTrigger.codec(kind), octets);
        synchronized (this) {
            Sensing sensing = sensing(kind);
            sensing.triggers[number] = trigger;
            sensing.isTriggered = true;
            restart(sensing);
        }
        changed(kind, Set.of(Change.BY_CLIENT, Change.TRIGGER_SETTING));
    }

    /**
     * Does what a client's write of the descriptor {@code 0x290B} does; the change is indicated.
     *
     * @throws GattRefusedException as {@link #writeTrigger} does
     */
    public void writeConfiguration(Kind kind, byte[] octets) {
        EnvironmentalConfiguration configuration = decode(kind, EnvironmentalConfiguration.CODEC, octets);
        synchronized (this) {
            Sensing sensing = sensing(kind);
            sensing.logic = configuration.logic().orElseThrow();
            restart(sensing);
        }
        changed(kind, Set.of(Change.BY_CLIENT, Change.CONFIGURATION));
    }

    /** Says how it measures, which is the descriptor {@code 0x290C}; the change is indicated. */
    public void measuresBy(Kind kind, EnvironmentalMeasurement measurement) {
        synchronized (this) {
            sensing(kind).measurement = measurement;
        }
        changed(kind, Set.of(Change.MEASUREMENT));
    }

    /** Returns a trigger, from 0 to 2. */
    public synchronized EnvironmentalTrigger trigger(Kind kind, int number) {
        return sensing(kind).triggers[number];
    }

    /** Returns how the triggers count together; any of them at first. */
    public synchronized EnvironmentalConfiguration configuration(Kind kind) {
        return EnvironmentalConfiguration.of(sensing(kind).logic);
    }

    /** Returns how it measures; not said at first. */
    public synchronized EnvironmentalMeasurement measurement(Kind kind) {
        return sensing(kind).measurement;
    }

    private Sensing sensing(Kind kind) {
        return Optional.ofNullable(sensings.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("the sensor does not measure " + kind));
    }

    private static EnvironmentalReading unknown(Kind kind) {
        try {
            return kind.of(MedicalFloat.NAN);
        } catch (IllegalArgumentException e) {
            return kind.of(MedicalFloat.of(0, 0));
        }
    }

    private static <T> T decode(Kind kind, Codec<T> codec, byte[] octets) {
        try {
            return codec.decode(octets, DecodeMode.STRICT).value();
        } catch (DecodeException e) {
            boolean isCondition = e.field().equals("condition") && octets.length > 0;
            throw new GattRefusedException(
                    channel(kind),
                    isCondition ? AttMeaning.CONDITION_NOT_SUPPORTED : AttMeaning.WRITE_REQUEST_REJECTED,
                    e.field());
        }
    }

    private void changed(Kind kind, Set<Change> changes) {
        UUID characteristic = UUID.fromString("0000" + kind.profile().uuid() + "-0000-1000-8000-00805F9B34FB");
        peripheral()
                .notify(
                        DESCRIPTOR_VALUE_CHANGED,
                        DescriptorValueChanged.CODEC.encode(
                                new DescriptorValueChanged(changes, characteristic, false, Remainder.NONE)));
    }

    private void tell(Sensing sensing, EnvironmentalReading reading) {
        sensing.told = Optional.of(reading);
        sensing.toldAt = scheduler().clock().instant();
        replay(sensing.kind, sensing.kind.profile().codec().encode(reading));
    }

    /** Begins the intervals of the triggers; those of the settings before have ended. */
    private void restart(Sensing sensing) {
        Object settings = new Object();
        sensing.settings = settings;
        for (EnvironmentalTrigger trigger : sensing.triggers) {
            if (is(trigger, Condition.FIXED_INTERVAL) && seconds(trigger).toSeconds() > 0) {
                scheduler().schedule(seconds(trigger), () -> tick(sensing, settings, seconds(trigger)));
            }
        }
    }

    private synchronized void tick(Sensing sensing, Object settings, Duration interval) {
        if (sensing.settings != settings) {
            return;
        }
        scheduler().schedule(interval, () -> tick(sensing, settings, interval));
        if (sensing.now.isPresent() && holds(sensing, interval)) {
            tell(sensing, sensing.now.get());
        }
    }

    /** Whether the triggers say that a value is told, at a measurement or at the end of an interval. */
    private boolean holds(Sensing sensing, Duration interval) {
        List<EnvironmentalTrigger> active = List.of(sensing.triggers).stream()
                .filter(trigger -> !is(trigger, Condition.INACTIVE))
                .toList();
        return sensing.logic == Logic.AND
                ? !active.isEmpty() && active.stream().allMatch(trigger -> holds(trigger, sensing, interval))
                : active.stream().anyMatch(trigger -> holds(trigger, sensing, interval));
    }

    private boolean holds(EnvironmentalTrigger trigger, Sensing sensing, Duration interval) {
        Condition condition = trigger.condition().orElseThrow();
        return switch (condition) {
            case INACTIVE -> false;
            case FIXED_INTERVAL -> seconds(trigger).equals(interval);
            case NO_LESS_THAN_INTERVAL -> {
                Instant toldAt = sensing.toldAt;
                yield toldAt == null || !scheduler().clock().instant().isBefore(toldAt.plus(seconds(trigger)));
            }
            case CHANGED -> !sensing.now.equals(sensing.told);
            default ->
                compares(
                        condition,
                        sensing.now.orElseThrow(),
                        trigger.threshold().orElseThrow());
        };
    }

    private static boolean compares(Condition condition, EnvironmentalReading now, EnvironmentalReading threshold) {
        if (!now.value().isFinite() || !threshold.value().isFinite()) {
            return false;
        }
        int order = now.value().toBigDecimal().compareTo(threshold.value().toBigDecimal());
        return switch (condition) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            default -> throw new AssertionError(condition);
        };
    }

    private static boolean is(EnvironmentalTrigger trigger, Condition condition) {
        return trigger.condition().equals(Optional.of(condition));
    }

    private static Duration seconds(EnvironmentalTrigger trigger) {
        return Duration.ofSeconds(trigger.seconds().orElseThrow());
    }
}
