package org.openiomt.core.json;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import org.openiomt.core.wire.MedicalFloat;

/** Any observation that the model allows. */
final class ArbitraryObservations {
    private ArbitraryObservations() {}

    static Arbitrary<Observation> observations() {
        Arbitrary<ObservationId> ids =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(ObservationId::of);
        return Combinators.combine(
                        ids,
                        names().map(DeviceId::of),
                        codes(),
                        values(2),
                        times(),
                        Arbitraries.of(MeasurementStatus.class).set(),
                        Arbitraries.maps(codes(), values(1)).ofMaxSize(4),
                        Combinators.combine(
                                        names().map(SubjectId::of).optional(),
                                        ids.list().ofMaxSize(3),
                                        unknown(15))
                                .as(Tail::new))
                .as((id, device, type, value, time, status, supplemental, tail) -> new Observation(
                        id,
                        device,
                        type,
                        value,
                        time,
                        status,
                        supplemental,
                        tail.subject(),
                        tail.derivedFrom(),
                        tail.unknown()));
    }

    private record Tail(Optional<SubjectId> subject, List<ObservationId> derivedFrom, UnknownEntries unknown) {}

    /** What a newer writer might add behind a last known key: mostly nothing. */
    static Arbitrary<UnknownEntries> unknown(int lastKnown) {
        Arbitrary<byte[]> keys = Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(lastKnown + 1).map(key -> item(out -> out.integer(key))),
                Arbitraries.longs().lessOrEqual(-1).map(key -> item(out -> out.integer(key))),
                Arbitraries.strings().ascii().ofMaxLength(30).map(key -> item(out -> out.text(key))));
        Arbitrary<byte[]> contents = Arbitraries.oneOf(
                values(1).map(value -> item(out -> ValueCbor.write(value, out, 0))),
                Arbitraries.of("f6", "f5", "a0", "80", "c074323032362d31312d32325431303a30303a30305a", "d9d9f7a1016161")
                        .map(HexFormat.of()::parseHex));
        Arbitrary<UnknownEntries> some = Arbitraries.maps(keys.map(HexFormat.of()::formatHex), contents)
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(ArbitraryObservations::entries);
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(UnknownEntries.NONE)), Tuple.of(1, some));
    }

    private static UnknownEntries entries(Map<String, byte[]> entries) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        new TreeMap<>(entries).forEach((key, value) -> {
            octets.writeBytes(HexFormat.of().parseHex(key));
            octets.writeBytes(value);
        });
        return UnknownEntries.of(entries.size(), octets.toByteArray());
    }

    private static byte[] item(Consumer<CborWriter> content) {
        CborWriter out = new CborWriter();
        content.accept(out);
        return out.finish();
    }

    static Arbitrary<MedicalFloat> numbers() {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-128, 127))
                        .as(MedicalFloat::of),
                Arbitraries.longs().map(mantissa -> MedicalFloat.of(mantissa, 0)),
                Arbitraries.of(
                        MedicalFloat.NAN,
                        MedicalFloat.NRES,
                        MedicalFloat.POSITIVE_INFINITY,
                        MedicalFloat.NEGATIVE_INFINITY,
                        MedicalFloat.RESERVED));
    }

    static Arbitrary<Code> codes() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(0, 2, 4, 128),
                                Arbitraries.integers().between(0, 0xFFFF)),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as(Code::of);
    }

    static Arbitrary<Value> values(int nesting) {
        Arbitrary<Value> leaf = Arbitraries.oneOf(
                Combinators.combine(numbers(), codes()).as(Value.Numeric::of),
                codes().map(Value.Coded::new),
                Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(1, 64))
                        .as((bits, width) -> new Value.Flags(bits & -1L >>> (64 - width), width)),
                Arbitraries.strings().filter(ArbitraryObservations::isUnicode).map(Value.Text::new),
                waves(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Value.Opaque::of));
        if (nesting == 0) {
            return leaf;
        }
        return Arbitraries.oneOf(
                leaf,
                components(values(nesting - 1)),
                codes().flatMap(unit -> components(numbers().map(number -> Value.Numeric.of(number, unit)))));
    }

    private static Arbitrary<Value> components(Arbitrary<? extends Value> values) {
        return Combinators.combine(codes(), values)
                .as(Value.Component::new)
                .list()
                .ofMaxSize(4)
                .map(Value.Compound::new);
    }

    private static Arbitrary<Value> waves() {
        Arbitrary<int[]> samples = Arbitraries.oneOf(
                Arbitraries.integers().array(int[].class).ofMaxSize(50),
                Arbitraries.shorts().map(Short::intValue).array(int[].class).ofMaxSize(50));
        Arbitrary<SampleRate> rates = Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.longs().between(1, 31_000_000_000_000_000L))
                .as((count, nanos) -> new SampleRate(count, Duration.ofNanos(nanos)));
        return Combinators.combine(codes(), numbers(), numbers(), rates, samples)
                .as(Value.SampleArray::of);
    }

    private static Arbitrary<ObservationTime> times() {
        Arbitrary<ClockState> clocks = Combinators.combine(
                        Arbitraries.of(Synchronisation.class), Arbitraries.of(Continuity.class))
                .as(ClockState::new);
        return Combinators.combine(
                        deviceTimes(), clocks, instants(), durations().optional())
                .as(ObservationTime::new);
    }

    private static Arbitrary<DeviceTime> deviceTimes() {
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 255);
        Arbitrary<DeviceDateTime> clocks = Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        octets,
                        octets,
                        octets,
                        octets,
                        octets,
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(0, 0xFFFF)))
                .as(DeviceDateTime::new);
        Arbitrary<Optional<ZoneOffset>> offsets = Arbitraries.integers()
                .between(-18 * 3600, 18 * 3600)
                .map(ZoneOffset::ofTotalSeconds)
                .optional();
        return Arbitraries.oneOf(
                Combinators.combine(clocks, offsets).as(DeviceTime.WallClock::new),
                Combinators.combine(clocks, durations()).as(DeviceTime.BaseOffset::new),
                Combinators.combine(instants(), offsets).as(DeviceTime.Utc::new),
                Combinators.combine(Arbitraries.longs(), durations()).as(DeviceTime.Ticks::new),
                Arbitraries.just(new DeviceTime.None()));
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999)))
                .as(Instant::ofEpochSecond);
    }

    private static Arbitrary<Duration> durations() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(0, 999_999_999)))
                .as(Duration::ofSeconds);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('_', '-')
                .ofMinLength(1)
                .ofMaxLength(64);
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
