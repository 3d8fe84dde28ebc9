package org.openiomt.examples.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualScale;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.dashboard.Ward;
import org.openiomt.testkit.transcript.Event;
import org.openiomt.testkit.transcript.Transcript;

/**
 * Plays a transcript of values: each device of it is a virtual device of the kind that its characteristics belong to, and sends the
 * very octets of the transcript, sound or not. Glucose records are fetched by the driver, as from a real meter; a context
 * ({@code 2a34}) goes with the measurement before it. Maker, model and firmware ({@code 2a29}, {@code 2a24}, {@code 2a26}) are
 * known before the first measurement, so that the quirks of a device are.
 */
final class TranscriptPlayer {
    /** Which kind of device announces which characteristic. The battery is every device's. */
    private enum Kind {
        CUFF("Blood pressure cuff", "2a35", "2a36"),
        THERMOMETER("Thermometer", "2a1c", "2a1e"),
        SCALE("Scale", "2a9d"),
        OXIMETER("Pulse oximeter", "2a5e", "2a5f"),
        STRAP("Heart rate strap", "2a37"),
        GLUCOSE_METER("Glucose meter", "2a18", "2a34");

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> characteristics;

        Kind(String title, String... characteristics) {
            this.title = title;
            this.characteristics = List.of(characteristics);
        }
    }

    private static final String BATTERY = "2a19";

    /** What a device says of itself; known from the beginning, wherever the line stands. */
    private static final Map<String, Channel> IDENTITY =
            Map.of("2a29", VirtualDevice.MANUFACTURER, "2a24", VirtualDevice.MODEL, "2a26", VirtualDevice.FIRMWARE);

    private static final SubjectId SUBJECT = SubjectId.of("recording");

    private final List<Line> lines;
    private final VirtualAir air;
    private final List<Recording.Step> steps = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, Map<String, Send>> senders = new HashMap<>();
    private final Map<String, VirtualGlucoseMeter> meters = new HashMap<>();

    /** Sends the octets of one line. */
    private interface Send {
        void octets(byte[] octets);
    }

    /** A value that a device announced. */
    private record Line(Transcript.Entry entry, Event.Value value) {
        int number() {
            return entry.line();
        }

        String device() {
            return entry.device();
        }

        String characteristic() {
            return Gatt.characteristic(value.channel());
        }

        byte[] octets() {
            return value.octets();
        }

        @Override
        public String toString() {
            return entry.toString();
        }
    }

    private TranscriptPlayer(List<Line> lines, VirtualAir air) {
        this.lines = lines;
        this.air = air;
    }

    /**
     * Puts the devices of a transcript into the air.
     *
     * @throws BadInputException when a line has a characteristic that no virtual device announces, or a device speaks as two
     *     kinds at once
     */
    static Recording prepare(Transcript transcript, VirtualAir air) {
        List<Line> lines = transcript.entries().stream()
                .filter(entry -> entry.event() instanceof Event.Value)
                .map(entry -> new Line(entry, (Event.Value) entry.event()))
                .toList();
        Map<String, Kind> kinds = kinds(lines);
        TranscriptPlayer player = new TranscriptPlayer(lines, air);
        List<Ward.Placed> placed = new ArrayList<>();
        Map<String, VirtualDevice> devices = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> {
            devices.put(name, player.device(name, kind));
            placed.add(new Ward.Placed(DeviceId.of(name), kind.title));
        });
        for (Line line : lines) {
            Channel said = IDENTITY.get(line.characteristic());
            VirtualDevice device = devices.get(line.device());
            if (said != null && device != null) {
                device.peripheral().value(said, line.octets());
            }
        }
        Ward ward = new Ward(List.of(new Ward.Bed(SUBJECT, "Recording", placed)));
        return new Recording(
                ward,
                player.steps(),
                player.remarks,
                1,
                any -> Optional.empty(),
                List.copyOf(devices.values()),
                Optional.empty());
    }

    private static Map<String, Kind> kinds(List<Line> lines) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Line line : lines) {
            Optional<Kind> kind = kindOf(line.characteristic());
            boolean isAnyDevices = line.characteristic().equals(BATTERY) || IDENTITY.containsKey(line.characteristic());
            if (kind.isEmpty() && !isAnyDevices) {
                throw new BadInputException("line " + line.number() + ": " + line.characteristic()
                        + " cannot be played without a link; 2a35 2a36 2a1c 2a1e 2a9d 2a5e 2a5f 2a37 2a18 2a34"
                        + " 2a19 can, and 2a24 2a26 2a29");
            }
            kind.ifPresent(found -> {
                Kind before = kinds.putIfAbsent(line.device(), found);
                if (before != null && before != found) {
                    throw new BadInputException("line " + line.number() + ": device " + line.device() + " was a "
                            + words(before) + " and is now a " + words(found) + "; give each a name of its own");
                }
            });
        }
        for (Line line : lines) {
            if (!kinds.containsKey(line.device())) {
                throw new BadInputException("line " + line.number() + ": device " + line.device()
                        + " sends no measurement; it needs one to be known by");
            }
        }
        return kinds;
    }

    private static Optional<Kind> kindOf(String characteristic) {
        for (Kind kind : Kind.values()) {
            if (kind.characteristics.contains(characteristic)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String words(Kind kind) {
        return kind.title.toLowerCase(Locale.ROOT);
    }

    private VirtualDevice device(String name, Kind kind) {
        Map<String, Send> sends = new HashMap<>();
        senders.put(name, sends);
        VirtualDevice device = switch (kind) {
            case CUFF -> {
                VirtualCuff cuff = new VirtualCuff(air, name);
                sends.put("2a35", cuff::replay);
                sends.put("2a36", octets -> cuff.peripheral().notify(VirtualCuff.CUFF_PRESSURE, octets));
                yield cuff;
            }
            case THERMOMETER -> {
                VirtualThermometer thermometer = new VirtualThermometer(air, name);
                sends.put("2a1c", thermometer::replay);
                sends.put("2a1e", octets -> thermometer.peripheral().notify(VirtualThermometer.INTERMEDIATE, octets));
                yield thermometer;
            }
            case SCALE -> {
                VirtualScale scale = new VirtualScale(air, name);
                sends.put("2a9d", scale::replay);
                yield scale;
            }
            case OXIMETER -> {
                VirtualOximeter oximeter = new VirtualOximeter(air, name);
                sends.put("2a5e", octets -> oximeter.replay(VirtualOximeter.SPOT_CHECK, octets));
                sends.put("2a5f", octets -> oximeter.replay(VirtualOximeter.CONTINUOUS, octets));
                yield oximeter;
            }
            case STRAP -> {
                VirtualHeartRateStrap strap = new VirtualHeartRateStrap(air, name);
                sends.put("2a37", strap::replay);
                yield strap;
            }
            case GLUCOSE_METER -> {
                VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, name);
                sends.put("2a18", meter::replay);
                meters.put(name, meter);
                yield meter;
            }
        };
        sends.put(BATTERY, octets -> device.peripheral().notify(VirtualDevice.BATTERY_LEVEL, octets));
        return device;
    }

    private List<Recording.Step> steps() {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean isContext = line.characteristic().equals("2a34");
            Optional<Line> next = i + 1 < lines.size() ? Optional.of(lines.get(i + 1)) : Optional.empty();
            boolean hasContext = line.characteristic().equals("2a18")
                    && next.filter(after -> after.characteristic().equals("2a34")
                                    && after.device().equals(line.device()))
                            .isPresent();
            if (hasContext && addPair(line, next.orElseThrow())) {
                i++;
            } else if (isContext) {
                remarks.add("line " + line.number() + " is not played: a context goes with the measurement before it");
            } else if (!IDENTITY.containsKey(line.characteristic())) {
                steps.add(new Recording.Step(line.entry().at(), () -> send(line)));
            }
        }
        return steps;
    }

    private void send(Line line) {
        Send send = senders.getOrDefault(line.device(), Map.of()).get(line.characteristic());
        if (send == null) {
            throw new AssertionError("no sender for " + line);
        }
        send.octets(line.octets());
    }

    /** Plays a measurement and its context as one record, when both can be understood. */
    private boolean addPair(Line first, Line second) {
        try {
            GlucoseMeasurement measurement = GlucoseMeasurement.CODEC.decode(first.octets());
            GlucoseMeasurementContext context = GlucoseMeasurementContext.CODEC.decode(second.octets());
            VirtualGlucoseMeter meter = meters.get(first.device());
            if (meter == null || measurement.sequenceNumber() != context.sequenceNumber()) {
                return false;
            }
            steps.add(new Recording.Step(second.entry().at(), () -> meter.measure(measurement, Optional.of(context))));
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }
}
