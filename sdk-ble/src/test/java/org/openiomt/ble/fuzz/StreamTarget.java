package org.openiomt.ble.fuzz;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.conformance.Vector;
import org.openiomt.ble.driver.ContinuousGlucoseObservations;
import org.openiomt.ble.driver.ContinuousGlucoseObservations.Session;
import org.openiomt.ble.driver.GlucoseObservations;
import org.openiomt.ble.driver.InsulinObservations;
import org.openiomt.ble.driver.InsulinObservations.Reference;
import org.openiomt.ble.driver.Mappings;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.gatt.Segmenter;
import org.openiomt.ble.procedure.GlucoseRecord;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.fitness.MachineDataJoiner;
import org.openiomt.ble.profile.fitness.MachineDataSplitter;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.BodyCompositionParts;
import org.openiomt.ble.quirk.Quirk;
import org.openiomt.ble.quirk.Quirks;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;

/**
 * Whatever takes more than one value: what joins packets, follows a count, or makes observations with what was read before. An
 * input is a stream of pieces, each behind an octet with its length (bits 0 to 5) and what else is to happen (bits 6 and 7).
 */
enum StreamTarget implements FuzzTarget {
    /** Packets of split values; bit 7 is a new connection. */
    REASSEMBLER(StreamTarget::reassemble, Stream::of),

    /** Values that are split, of whose packets some do not come; bits 6 and 7 say which. */
    SEGMENTER(StreamTarget::segment, Stream::of),

    /** End-to-end counters. */
    E2E_COUNTER(StreamTarget::count, Stream::of),

    /** A message of binary sensors that is split; bits 6 and 7 of the first octet and its piece say how. */
    BINARY_SENSOR_PACKET(StreamTarget::splitBinarySensor, Stream::of),

    /** Packets of body compositions; bit 7 ends a connection, bit 6 lets time pass. */
    BODY_COMPOSITION_PARTS(StreamTarget::joinBodyCompositions, () -> pieces("2A9C")),

    /** Data of fitness machines; the first octet chooses the machine, bit 7 ends a connection, bit 6 lets time pass. */
    MACHINE_DATA_JOINER(StreamTarget::joinMachineData, () -> machines()),

    /** Data of a fitness machine that are split and joined again; the first octet chooses the machine, bits 6 and 7 the room. */
    MACHINE_DATA_SPLITTER(StreamTarget::splitMachineData, () -> machines()),

    /** What a device announces, under every key; bits 6 and 7 choose the first. */
    ADVERTISEMENTS(StreamTarget::announce, () -> announced()),

    /** Values of devices with a form of their own, put in order and then decoded. */
    QUIRKS(
            StreamTarget::rewrite,
            () -> Quirks.all().stream()
                    .flatMap(quirk -> Quirks.effects(List.of(quirk), Quirk.Form.class).stream())
                    .flatMap(form -> pieces(form.characteristic()))),

    /** A glucose measurement with its context. */
    GLUCOSE_RECORD(StreamTarget::glucose, () -> pieces("2A18", "2A34")),

    /** Glucose of a sensor with its features and the start of its session. */
    CGM_SESSION(StreamTarget::session, () -> pieces("2AA8", "2AAA", "2AA7")),

    /** The history of a pump, whose times are told from its reference times. */
    INSULIN_HISTORY(StreamTarget::history, () -> pieces("2B28", "2B28"));

    private static final int SIZE = 0x3F;
    private static final int TOP = 0x80;
    private static final int NEXT = 0x40;
    private static final int MAX_SIZE = 512;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final Consumer<byte[]> test;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final Seeds seeds;

    /** Makes inputs to begin with. */
    private interface Seeds {
        Stream<byte[]> get();
    }

    /** A piece of the input with bits 6 and 7 of the octet before it. */
    private static final class Piece {
        private final int flags;
        private final byte[] octets;

        Piece(int flags, byte[] octets) {
            this.flags = flags;
            this.octets = octets;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    StreamTarget(Consumer<byte[]> test, Seeds seeds) {
        this.test = test;
        this.seeds = seeds;
    }

    @Override
    public List<String> members() {
        return List.of("a stream of values");
    }

    @Override
    public void accept(byte[] input) {
        test.accept(input);
    }

    @Override
    public Stream<byte[]> seeds() {
        return seeds.get();
    }

    private static List<Piece> split(byte[] input) {
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < input.length; ) {
            int end = Math.min(input.length, at + 1 + (input[at] & SIZE));
            pieces.add(new Piece(input[at] & ~SIZE & 0xFF, Arrays.copyOfRange(input, at + 1, end)));
            at = end;
        }
        return pieces;
    }

    /** Returns every vector of the first characteristic, each behind one of every other: one input each. */
    private static Stream<byte[]> pieces(String... characteristics) {
        Stream<byte[]> inputs = Stream.of(new byte[0]);
        for (String characteristic : characteristics) {
            Profile<?> profile = Profiles.find(characteristic).orElseThrow();
            inputs = inputs.flatMap(before -> Vector.octets(profile)
                    .filter(octets -> octets.length <= SIZE)
                    .map(octets -> concat(before, concat(new byte[] {(byte) octets.length}, octets))));
        }
        return inputs;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static <T> Optional<T> decoded(Codec<T> codec, byte[] octets) {
        try {
            return Optional.of(codec.decode(octets));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    private static void reassemble(byte[] input) {
        Reassembler reassembler = new Reassembler(MAX_SIZE);
        for (Piece packet : split(input)) {
            if (packet.has(TOP)) {
                reassembler.reset();
            }
            List<Reassembly> events = reassembler.accept(packet.octets);
            Findings.require(events.size() <= 3, "one packet brought about " + events.size() + " events");
            for (Reassembly event : events) {
                int size = event instanceof Reassembly.Whole whole
                        ? whole.octets().length
                        : ((Reassembly.Loss) event).dropped();
                Findings.require(size <= MAX_SIZE, "a value of " + size + " octets");
            }
        }
    }

    /** What comes out whole was sent, in the order in which it was sent, whichever packets are lost or come twice. */
    private static void segment(byte[] input) {
        Segmenter segmenter = new Segmenter();
        Reassembler reassembler = new Reassembler(MAX_SIZE);
        Deque<byte[]> sent = new ArrayDeque<>();
        int mtu = input.length == 0 ? 2 : 2 + (input[0] & SIZE);
        int lostInARow = 0;
        for (Piece value : split(input)) {
            sent.add(value.octets);
            int number = 0;
            for (byte[] packet : segmenter.split(value.octets, mtu)) {
                boolean isLost = value.has(TOP) && number % 3 == 1 && lostInARow < SIZE - 2;
                lostInARow = isLost ? lostInARow + 1 : 0;
                for (int copies = isLost ? 0 : value.has(NEXT) && number % 3 == 2 ? 2 : 1; copies > 0; copies--) {
                    for (Reassembly event : reassembler.accept(packet.clone())) {
                        if (event instanceof Reassembly.Whole whole) {
                            while (!sent.isEmpty() && !Arrays.equals(sent.element(), whole.octets())) {
                                sent.remove();
                            }
                            Findings.require(!sent.isEmpty(), "a value came that was not sent");
                            sent.remove();
                        }
                    }
                }
                number++;
            }
        }
    }

    private static void splitBinarySensor(byte[] input) {
        for (Piece message : split(input)) {
            int size = 5 + (message.flags >> 6);
            List<BinarySensorPacket> packets = BinarySensorPacket.split(
                    BinarySensorPacket.Message.SENSOR_STATUS_EVENT, 1, message.has(TOP), message.octets, size);
            byte[] joined = {};
            for (BinarySensorPacket packet : packets) {
                byte[] octets = BinarySensorPacket.CODEC.encode(packet);
                Findings.require(octets.length <= size, "a packet is too long");
                joined = concat(
                        joined,
                        BinarySensorPacket.CODEC.decode(octets).payload().octets());
            }
            Findings.requireSame("the pieces together", joined, message.octets);
        }
    }

    private static void count(byte[] input) {
        E2eCounter counter = new E2eCounter();
        for (byte number : input) {
            if (counter.accept(number & 0xFF) instanceof E2eCounter.Lost lost) {
                Findings.require(
                        lost.missing() >= 1 && lost.missing() <= 253 && lost.expected() != lost.received(),
                        lost.toString());
            }
        }
    }

    /** Every packet comes out once, alone or in a whole. */
    private static void joinBodyCompositions(byte[] input) {
        BodyCompositionParts parts = new BodyCompositionParts(BodyCompositionParts.DEFAULT_MAX_AGE);
        Instant now = Findings.RECEIVED_AT;
        int in = 0;
        int out = 0;
        for (Piece piece : split(input)) {
            List<BodyCompositionParts.Joined> joined = new ArrayList<>();
            if (piece.has(TOP)) {
                joined.addAll(parts.end());
            }
            Optional<BodyCompositionMeasurement> packet = decoded(BodyCompositionMeasurement.CODEC, piece.octets);
            in += packet.isPresent() ? 1 : 0;
            now = piece.has(NEXT) ? now.plus(BodyCompositionParts.DEFAULT_MAX_AGE) : now.plusMillis(1);
            joined.addAll(parts.expire(now));
            if (packet.isPresent()) {
                joined.addAll(parts.accept(packet.get(), now));
            }
            out += packets(joined, packet);
        }
        out += packets(parts.end(), Optional.empty());
        Findings.require(in == out, in + " packets came, " + out + " came out");
    }

    private static int packets(List<BodyCompositionParts.Joined> joined, Optional<BodyCompositionMeasurement> latest) {
        int packets = 0;
        for (BodyCompositionParts.Joined one : joined) {
            boolean isAlone = !one.isComplete()
                    || latest.filter(one.measurement()::equals).isPresent();
            packets += isAlone ? 1 : 2;
            Findings.observed(Mappings.observations(one.measurement(), Findings.ARRIVAL));
        }
        return packets;
    }

    /** Every metric comes out once. */
    private static void joinMachineData(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<Machine> machines = List.of(Machine.values());
        Machine machine = machines.get((input[0] & 0xFF) % machines.size());
        MachineDataJoiner joiner = new MachineDataJoiner(MachineDataJoiner.DEFAULT_MAX_AGE);
        Instant now = Findings.RECEIVED_AT;
        int in = 0;
        int out = 0;
        for (Piece piece : split(Arrays.copyOfRange(input, 1, input.length))) {
            if (piece.has(TOP)) {
                out += metrics(joiner.reset());
            }
            now = piece.has(NEXT) ? now.plus(MachineDataJoiner.DEFAULT_MAX_AGE) : now.plusMillis(1);
            Optional<MachineData> part = decoded(machine.codec(), piece.octets);
            in += part.map(one -> one.values().size()).orElse(0);
            if (part.isPresent()) {
                MachineDataJoiner.Joined joined = joiner.accept(part.get(), now);
                out += metrics(joined.whole()) + metrics(joined.lost());
            }
        }
        out += metrics(joiner.reset());
        Findings.require(in == out, in + " metrics came, " + out + " came out");
    }

    private static void splitMachineData(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<Machine> machines = List.of(Machine.values());
        Machine machine = machines.get((input[0] & 0xFF) % machines.size());
        for (Piece piece : split(Arrays.copyOfRange(input, 1, input.length))) {
            Optional<MachineData> whole = decoded(machine.codec(), piece.octets)
                    .filter(data -> !data.hasMoreData() && data.remainder().isEmpty());
            if (whole.isPresent()) {
                MachineDataJoiner joiner = new MachineDataJoiner(MachineDataJoiner.DEFAULT_MAX_AGE);
                Optional<MachineData> joined = Optional.empty();
                for (MachineData part : MachineDataSplitter.split(whole.get(), 6 + (piece.flags >> 4))) {
                    Findings.require(joined.isEmpty(), "a part follows the last");
                    joined = joiner.accept(part, Findings.RECEIVED_AT).whole();
                }
                Findings.require(joined.equals(whole), "the parts together are not the whole");
            }
        }
    }

    private static int metrics(Optional<MachineData> data) {
        data.ifPresent(one -> Findings.observed(Mappings.observations(one, Findings.ARRIVAL)));
        return data.map(one -> one.values().size()).orElse(0);
    }

    private static Stream<byte[]> machines() {
        List<Machine> machines = List.of(Machine.values());
        return IntStream.range(0, machines.size())
                .boxed()
                .flatMap(which -> Profiles.all().stream()
                        .filter(profile ->
                                profile.codec() == machines.get(which).codec())
                        .flatMap(profile -> pieces(profile.uuid()))
                        .map(octets -> concat(new byte[] {which.byteValue()}, octets)));
    }

    private static void announce(byte[] input) {
        List<String> keys = List.copyOf(Advertisements.all().keySet());
        Map<String, byte[]> data = new HashMap<>();
        int at = 0;
        for (Piece piece : split(input)) {
            data.put(keys.get(((piece.flags >> 6) + at++) % keys.size()), piece.octets);
        }
        Advertisements.of(
                new Discovery("address", Optional.empty(), Set.of(), data, OptionalInt.empty(), Findings.RECEIVED_AT));
    }

    private static Stream<byte[]> announced() {
        return Advertisements.all().values().stream()
                .flatMap(Vector::octets)
                .filter(octets -> octets.length <= SIZE)
                .map(octets -> concat(new byte[] {(byte) octets.length}, octets));
    }

    private static void rewrite(byte[] input) {
        for (Piece piece : split(input)) {
            for (Quirk.Form form : Quirks.effects(Quirks.all(), Quirk.Form.class)) {
                Quirks.rewrite(Quirks.all(), form.characteristic(), piece.octets)
                        .flatMap(octets -> decoded(
                                Profiles.find(form.characteristic())
                                        .orElseThrow()
                                        .codec(),
                                octets))
                        .ifPresent(value -> Findings.observed(Mappings.observations(value, Findings.ARRIVAL)));
            }
        }
    }

    private static void glucose(byte[] input) {
        List<Piece> pieces = split(input);
        if (pieces.size() < 2 || pieces.get(0).octets.length < 3 || pieces.get(1).octets.length < 3) {
            return;
        }
        System.arraycopy(pieces.get(0).octets, 1, pieces.get(1).octets, 1, 2); // the sequence number
        decoded(GlucoseMeasurement.CODEC, pieces.get(0).octets)
                .ifPresent(measurement -> Findings.observed(GlucoseObservations.of(new GlucoseRecord(
                        Findings.ARRIVAL,
                        measurement,
                        decoded(GlucoseMeasurementContext.CODEC, pieces.get(1).octets)))));
    }

    private static void session(byte[] input) {
        List<Piece> pieces = split(input);
        if (pieces.size() >= 3) {
            Session session = new Session(
                    decoded(CgmFeatures.CODEC, pieces.get(0).octets),
                    decoded(SessionStartTime.CODEC, pieces.get(1).octets));
            decoded(CgmMeasurement.CODEC, pieces.get(2).octets)
                    .ifPresent(measurement -> Findings.observed(
                            ContinuousGlucoseObservations.of(measurement, session, Findings.ARRIVAL)));
        }
    }

    private static void history(byte[] input) {
        Optional<Reference> reference = Optional.empty();
        for (Piece piece : split(input)) {
            Optional<HistoryEvent> event = decoded(HistoryEvent.CODEC, piece.octets);
            if (event.isPresent()) {
                Findings.observed(InsulinObservations.of(event.get(), reference, Findings.ARRIVAL));
                reference = event.flatMap(Reference::of).or(Optional::empty);
            }
        }
    }
}
