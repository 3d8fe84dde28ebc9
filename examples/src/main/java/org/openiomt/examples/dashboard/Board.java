package org.openiomt.examples.dashboard;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.outbox.Lane;
import org.openiomt.examples.cli.JsonText;

/**
 * What the page knows: the last reading of each kind at each bed, devices, counts, and what came late. Safe for use by several
 * threads at once; every change goes to the event stream in the order in which it was made.
 */
public final class Board {
    private static final int LATE_REMEMBERED = 60;
    private static final int MAX_BEDS = 24;
    private static final int MAX_TILES = 16;

    private final Clock clock;
    private final Map<SubjectId, BedState> beds = new LinkedHashMap<>();
    private final Map<DeviceId, BedState> bedOfDevice = new LinkedHashMap<>();
    private final Deque<Map<String, Object>> late = new ArrayDeque<>();
    private final EventStream stream = new EventStream();
    private final LaneCount readings = new LaneCount();
    private final LaneCount waves = new LaneCount();
    private long lateReadings;
    private String outageText = "";
    private Optional<Instant> outageUntil = Optional.empty();
    private final Map<DeviceId, DeviceEvent.Delayed> delayed = new LinkedHashMap<>();
    private boolean isCountChanged;

    /** How many were accepted at the gateway and delivered at the application. */
    private static final class LaneCount {
        private long accepted;
        private long delivered;

        long waiting() {
            return Math.max(0, accepted - delivered);
        }
    }

    /** One bed. */
    private static final class BedState {
        private final String id;
        private final String name;
        private final Map<String, Reading> tiles = new LinkedHashMap<>();
        private final Map<DeviceId, Map<String, Object>> devices = new LinkedHashMap<>();
        private final LaneCount readings = new LaneCount();
        private Map<String, Object> wave = Map.of();

        BedState(SubjectId subject, String name) {
            this.id = subject.value();
            this.name = name;
        }
    }

    /** Makes a board with empty beds. */
    public Board(Ward ward, Clock clock) {
        this.clock = clock;
        for (Ward.Bed bed : ward.beds()) {
            BedState state = new BedState(bed.subject(), bed.name());
            beds.put(bed.subject(), state);
            for (Ward.Placed placed : bed.devices()) {
                state.devices.put(
                        placed.device(),
                        device(placed.title(), "new", "not seen yet", Optional.empty(), clock.instant()));
                bedOfDevice.put(placed.device(), state);
            }
        }
    }

    /** Counts records that the gateway has made durable. */
    public synchronized void accepted(DeviceId device, Lane lane, long count) {
        (lane == Lane.WAVEFORM ? waves : readings).accepted += count;
        BedState bed = bedOfDevice.get(device);
        if (bed != null && lane == Lane.CLINICAL) {
            bed.readings.accepted += count;
        }
        isCountChanged = true;
    }

    /** Shows an observation that has arrived at the application now. */
    public synchronized void delivered(Observation observation) {
        isCountChanged = true;
        Reading reading = new Reading(observation, clock.instant());
        BedState bed = bedOf(observation);
        if (observation.value() instanceof Value.SampleArray samples) {
            waves.delivered++;
            if (!reading.isLate() && bed != null) {
                wave(bed, observation, samples);
            }
            return;
        }
        readings.delivered++;
        if (bed == null) {
            return;
        }
        bed.readings.delivered++;
        if (reading.isLate()) {
            late(bed, reading);
        }
        if (observation.type().equals(Mdc.MDC_ATTR_VAL_BATT_CHARGE)) {
            battery(observation.device(), reading);
            return;
        }
        if (!Vitals.isShown(observation.type())) {
            return;
        }
        String key = reading.vital().key();
        Reading shown = bed.tiles.get(key);
        if (shown == null ? bed.tiles.size() < MAX_TILES : !isOlder(observation, shown.observation())) {
            bed.tiles.put(key, reading);
            publish("tile", Map.of("bed", bed.id, "tile", reading.toMap()));
        }
    }

    /** Shows what happened to a device. */
    public synchronized void device(DeviceEvent event) {
        if (event instanceof DeviceEvent.StateChanged change) {
            String state = change.to().name().toLowerCase(Locale.ROOT);
            device(change.device(), state, change.reason(), change.nextAttempt(), change.at());
        } else if (event instanceof DeviceEvent.Unmatched unmatched) {
            device(unmatched.device(), "unknown", unmatched.reason(), Optional.empty(), unmatched.at());
        } else if (event instanceof DeviceEvent.Delayed delay) {
            delayed.remove(delay.device());
            if (delay.waiting() > 0) {
                delayed.put(delay.device(), delay);
            }
            isCountChanged = true;
        }
    }

    /**
     * Says that the way between gateway and application is cut.
     *
     * @param text why, for a person
     * @param until when it is expected back
     */
    public synchronized void outage(String text, Optional<Instant> until) {
        outageText = text;
        outageUntil = until;
        isCountChanged = true;
        tick();
    }

    /** Says that the way between gateway and application is open. */
    public synchronized void outageOver() {
        outage("", Optional.empty());
    }

    /** Sends the counts when they have changed. Called a few times a second. */
    public synchronized void tick() {
        if (isCountChanged) {
            isCountChanged = false;
            publish("counts", counts());
        }
    }

    /** Returns how many readings and pieces of traces were accepted at the gateway and have not arrived at the application. */
    public synchronized long waiting() {
        return readings.waiting() + waves.waiting();
    }

    /** Returns a number that changes whenever something is accepted or delivered. */
    public synchronized long progress() {
        return readings.accepted + readings.delivered + waves.accepted + waves.delivered;
    }

    /** Returns one line for a terminal. */
    public synchronized String summary() {
        return "accepted " + readings.accepted + ", delivered " + readings.delivered + ", waiting " + readings.waiting()
                + ", late " + lateReadings + "; pieces of traces: accepted " + waves.accepted + ", delivered "
                + waves.delivered;
    }

    /** Adds a client of the event stream. */
    synchronized EventStream.Client watch(OptionalLong lastSeen) {
        return stream.connect(lastSeen);
    }

    /** Gives a client a whole picture. */
    synchronized void refresh(EventStream.Client client) {
        stream.snapshot(client, JsonText.of(snapshot()));
    }

    private @Nullable BedState bedOf(Observation observation) {
        BedState bed = observation.subject().map(beds::get).orElse(null);
        if (bed == null) {
            bed = bedOfDevice.get(observation.device());
        }
        if (bed == null && beds.size() < MAX_BEDS) {
            SubjectId subject = observation
                    .subject()
                    .orElse(SubjectId.of(observation.device().value()));
            bed = new BedState(subject, subject.value());
            beds.put(subject, bed);
            bedOfDevice.put(observation.device(), bed);
            publish("bed", bed(bed));
        }
        return bed;
    }

    private void late(BedState bed, Reading reading) {
        lateReadings++;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("bedId", bed.id);
        entry.put("bed", bed.name);
        entry.put("tile", reading.toMap());
        late.add(entry);
        if (late.size() > LATE_REMEMBERED) {
            late.remove();
        }
        publish("late", entry);
    }

    private void wave(BedState bed, Observation observation, Value.SampleArray samples) {
        Map<String, Object> chunk = new LinkedHashMap<>();
        chunk.put("label", waveLabel(observation));
        chunk.put("unit", Vitals.unit(samples.unit()));
        chunk.put("hertz", samples.rate().samples() / (samples.rate().per().toNanos() / 1e9));
        chunk.put("scale", samples.scale().toDouble());
        chunk.put("offset", samples.offset().toDouble());
        bed.wave = Map.copyOf(chunk);
        chunk.put("bed", bed.id);
        chunk.put("samples", samples.samples());
        publish("wave", chunk);
    }

    private static String waveLabel(Observation observation) {
        return observation.type().equals(Mdc.MDC_PULS_OXIM_PLETH) ? "Pulse wave" : "ECG";
    }

    private void device(DeviceId id, String state, String reason, Optional<Instant> nextAttempt, Instant since) {
        change(id, old -> {
            Map<String, Object> device = device(String.valueOf(old.get("title")), state, reason, nextAttempt, since);
            device.put("battery", old.getOrDefault("battery", ""));
            return device;
        });
    }

    private void battery(DeviceId id, Reading reading) {
        change(id, old -> {
            Map<String, Object> device = new LinkedHashMap<>(old);
            device.put("battery", reading.value() + " " + reading.unit());
            return device;
        });
    }

    private void change(DeviceId id, UnaryOperator<Map<String, Object>> change) {
        BedState bed = bedOfDevice.get(id);
        if (bed != null) {
            Map<String, Object> device = change.apply(bed.devices.getOrDefault(id, Map.of("title", id.value())));
            bed.devices.put(id, device);
            publish("device", Map.of("bed", bed.id, "id", id.value(), "device", device));
        }
    }

    private static Map<String, Object> device(
            String title, String state, String reason, Optional<Instant> nextAttempt, Instant since) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("title", title);
        device.put("state", state);
        device.put("reason", reason);
        device.put("since", since.toEpochMilli());
        nextAttempt.ifPresent(at -> device.put("nextAttempt", at.toEpochMilli()));
        return device;
    }

    private Map<String, Object> counts() {
        Map<String, Object> waitingAt = new LinkedHashMap<>();
        beds.values().forEach(bed -> waitingAt.put(bed.id, bed.readings.waiting()));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("now", clock.millis());
        counts.put("accepted", readings.accepted);
        counts.put("delivered", readings.delivered);
        counts.put("waiting", readings.waiting());
        counts.put("late", lateReadings);
        counts.put("wavesWaiting", waves.waiting());
        counts.put("waitingAt", waitingAt);
        counts.put("outage", outageText);
        outageUntil.ifPresent(at -> counts.put("outageUntil", at.toEpochMilli()));
        counts.put("storageProblem", storageProblem());
        return counts;
    }

    private String storageProblem() {
        return delayed.values().stream()
                .findFirst()
                .map(first -> "readings of " + delayed.size() + " device(s) cannot be stored: " + first.reason())
                .orElse("");
    }

    private Map<String, Object> snapshot() {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("counts", counts());
        snapshot.put("beds", beds.values().stream().map(Board::bed).toList());
        snapshot.put("late", new ArrayList<>(late));
        return snapshot;
    }

    private static Map<String, Object> bed(BedState bed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", bed.id);
        map.put("name", bed.name);
        map.put("tiles", bed.tiles.values().stream().map(Reading::toMap).toList());
        Map<String, Object> devices = new LinkedHashMap<>();
        bed.devices.forEach((id, device) -> devices.put(id.value(), device));
        map.put("devices", devices);
        map.put("wave", bed.wave);
        return map;
    }

    private void publish(String type, Object data) {
        stream.publish(type, JsonText.of(data));
    }

    /** Whether {@code one} was received before {@code shown}: an old reading never takes the place of a newer one. */
    private static boolean isOlder(Observation one, Observation shown) {
        return one.time().receivedAt().isBefore(shown.time().receivedAt());
    }
}
