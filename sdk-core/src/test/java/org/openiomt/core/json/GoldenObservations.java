package org.openiomt.core.json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** The observations of docs/contract/examples, stated in Java; a file's name is the key. */
final class GoldenObservations {
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:00:01.5Z");
    private static final DeviceDateTime ELEVEN = DeviceDateTime.of(2026, 11, 22, 11, 0, 0);

    /** A term of no table: whoever reads it keeps the number. */
    private static final Code UNHEARD_OF = Code.of(1024, 0xBEEF);

    private final Map<String, Observation> all = new LinkedHashMap<>();

    private GoldenObservations() {
        values();
        numbers();
        times();
        rest();
    }

    static Map<String, Observation> all() {
        return new GoldenObservations().all;
    }

    private void values() {
        put("numeric", Mdc.MDC_TEMP_BODY, number(MedicalFloat.of(3760, -2), Units.MDC_DIM_DEGC));
        put("compound-blood-pressure", Observations.bloodPressure());
        put(
                "compound-of-several-units",
                Mdc.MDC_PULS_OXIM_SAT_O2,
                Value.Compound.of(
                        part(Mdc.MDC_PULS_OXIM_SAT_O2, number(MedicalFloat.of(98, 0), Units.MDC_DIM_PERCENT)),
                        part(Mdc.MDC_PULS_OXIM_PULS_RATE, number(MedicalFloat.of(612, -1), Units.MDC_DIM_BEAT_PER_MIN)),
                        part(UNHEARD_OF, new Value.Coded(Mdc.MDC_MODALITY_SPOT))));
        put(
                "compound-in-compound",
                UNHEARD_OF,
                Value.Compound.of(
                        part(Mdc.MDC_TEMP_BODY, Value.Compound.of(part(UNHEARD_OF, new Value.Text("inner")))),
                        part(Mdc.MDC_TEMP_BODY, Value.Compound.of())));
        put("coded", Mdc.MDC_PULS_OXIM_SAT_O2, new Value.Coded(Mdc.MDC_MODALITY_SPOT));
        put("coded-unheard-of", UNHEARD_OF, new Value.Coded(Code.of(0, 7)));
        put("flags", UNHEARD_OF, new Value.Flags(0x0801, 12));
        put("flags-64", UNHEARD_OF, new Value.Flags(0x8000_0000_0000_0001L, 64));
        put("text", UNHEARD_OF, new Value.Text("R\u00fcckseite, \"zwei\"\n\ud83d\ude80"));
        put("samples-16", Mdc.MDC_ECG_ELEC_POTL_I, Observations.wave(-2048, -1, 0, 1, 2047));
        put(
                "samples-32",
                Mdc.MDC_ECG_ELEC_POTL_I,
                Value.SampleArray.of(
                        Units.MDC_DIM_MILLI_VOLT,
                        MedicalFloat.of(1, -6),
                        MedicalFloat.NAN,
                        new SampleRate(5, Duration.ofMillis(13_889)),
                        new int[] {Integer.MIN_VALUE, -1, 70_000, Integer.MAX_VALUE}));
        put("opaque", UNHEARD_OF, Value.Opaque.of(HexFormat.of().parseHex("000a0bff")));
    }

    private void numbers() {
        number("number-not-a-number", MedicalFloat.NAN);
        number("number-not-at-this-resolution", MedicalFloat.NRES);
        number("number-above-the-range", MedicalFloat.POSITIVE_INFINITY);
        number("number-below-the-range", MedicalFloat.NEGATIVE_INFINITY);
        number("number-reserved", MedicalFloat.RESERVED);
        number("number-zero-with-two-places", MedicalFloat.of(0, -2));
        number("number-in-tens", MedicalFloat.of(12, 1));
        number("number-small", MedicalFloat.of(-104, -9));
        number("number-of-64-bits", MedicalFloat.of(Long.MAX_VALUE, 0));
        number("number-of-64-bits-below-zero", MedicalFloat.of(Long.MIN_VALUE, -9));
        number("number-with-the-greatest-exponent", MedicalFloat.of(9_007_199_254_740_993L, 127));
        number("number-with-the-least-exponent", MedicalFloat.of(-1, -128));
    }

    private void times() {
        time("time-unknown", new DeviceTime.None());
        time("time-wall-clock", DeviceTime.WallClock.of(ELEVEN));
        time("time-wall-clock-with-offset", new DeviceTime.WallClock(ELEVEN, Optional.of(ZoneOffset.ofHours(1))));
        time("time-wall-clock-of-unknown-day", DeviceTime.WallClock.of(DeviceDateTime.of(2026, 0, 0, 11, 0, 0)));
        time("time-wall-clock-that-cannot-be", DeviceTime.WallClock.of(DeviceDateTime.of(65535, 255, 31, 25, 61, 99)));
        time(
                "time-wall-clock-with-fraction",
                DeviceTime.WallClock.of(new DeviceDateTime(2026, 11, 22, 11, 0, 0, 32768)));
        time("time-base-with-correction", new DeviceTime.BaseOffset(ELEVEN, Duration.ofMinutes(-90)));
        time("time-utc", new DeviceTime.Utc(Instant.parse("2026-11-22T10:00:00Z"), Optional.empty()));
        time(
                "time-utc-with-offset",
                new DeviceTime.Utc(
                        Instant.parse("1969-12-31T23:59:59.000000001Z"),
                        Optional.of(ZoneOffset.ofTotalSeconds(-12_345))));
        time("time-ticks", new DeviceTime.Ticks(9_007_199_254_740_993L, Duration.ofNanos(7_812_500)));
        for (Synchronisation synchronisation : Synchronisation.values()) {
            for (Continuity continuity : Continuity.values()) {
                ClockState state = new ClockState(synchronisation, continuity);
                String name = "clock-" + word(synchronisation) + "-" + word(continuity);
                put(
                        name,
                        temperature(new ObservationTime(
                                DeviceTime.WallClock.of(ELEVEN), state, RECEIVED_AT, Optional.empty())));
            }
        }
        put(
                "time-with-duration",
                temperature(new ObservationTime(
                        new DeviceTime.None(),
                        ClockState.UNKNOWN,
                        Instant.parse("2026-11-22T10:00:00Z"),
                        Optional.of(Duration.ofSeconds(3_725, 250_000_000)))));
        put(
                "time-before-all",
                temperature(new ObservationTime(
                        new DeviceTime.Utc(Instant.MIN, Optional.of(ZoneOffset.UTC)),
                        ClockState.UNKNOWN,
                        Instant.MAX,
                        Optional.of(Duration.ofSeconds(-90, 500_000_000)))));
    }

    private void rest() {
        for (MeasurementStatus mark : MeasurementStatus.values()) {
            put("status-" + word(mark), status(Set.of(mark)));
        }
        put("status-all", status(EnumSet.allOf(MeasurementStatus.class)));
        Map<Code, Value> supplemental = new LinkedHashMap<>();
        supplemental.put(Mdc.MDC_CTXT_GLU_MEAL, new Value.Coded(Mdc.MDC_MODALITY_SPOT));
        supplemental.put(Mdc.MDC_ATTR_ID_PROD_SPECN, new Value.Text("0.9"));
        put("whole", with(supplemental, UnknownEntries.NONE));
        put(
                "unknown-keys",
                with(
                        Map.of(),
                        UnknownEntries.of(
                                4,
                                HexFormat.of()
                                        .parseHex("10a1016161" + "1818820102" + "20f93e00"
                                                + "616bc1fb41da40c07f000000"))));
        put("unknown-term-and-unit", UNHEARD_OF, number(MedicalFloat.of(5, 0), Code.of(0xFFFF, 0xFFFF)));
    }

    private static Observation with(Map<Code, Value> supplemental, UnknownEntries unknown) {
        Observation plain = temperature(ObservationTime.of(new DeviceTime.None(), ClockState.UNKNOWN, RECEIVED_AT));
        return new Observation(
                plain.id(),
                plain.device(),
                plain.type(),
                plain.value(),
                plain.time(),
                Set.of(MeasurementStatus.QUESTIONABLE),
                supplemental,
                Optional.of(SubjectId.of("p-4711")),
                List.of(ObservationId.of(0, 1), ObservationId.of(-1L, -2L)),
                unknown);
    }

    private static Observation status(Set<MeasurementStatus> status) {
        Observation plain = temperature(ObservationTime.of(new DeviceTime.None(), ClockState.UNKNOWN, RECEIVED_AT));
        return new Observation(
                plain.id(),
                plain.device(),
                plain.type(),
                plain.value(),
                plain.time(),
                status,
                Map.of(),
                Optional.empty(),
                List.of());
    }

    private static Observation temperature(ObservationTime time) {
        return observation(Mdc.MDC_TEMP_BODY, number(MedicalFloat.of(376, -1), Units.MDC_DIM_DEGC), time);
    }

    private void time(String name, DeviceTime device) {
        put(name, temperature(ObservationTime.of(device, ClockState.UNKNOWN, RECEIVED_AT)));
    }

    private void number(String name, MedicalFloat number) {
        put(name, Mdc.MDC_TEMP_BODY, number(number, Units.MDC_DIM_DEGC));
    }

    private static Value number(MedicalFloat number, Code unit) {
        return Value.Numeric.of(number, unit);
    }

    private static Value.Component part(Code type, Value value) {
        return new Value.Component(type, value);
    }

    private void put(String name, Code type, Value value) {
        put(
                name,
                observation(
                        type,
                        value,
                        ObservationTime.of(DeviceTime.WallClock.of(ELEVEN), ClockState.UNKNOWN, RECEIVED_AT)));
    }

    private void put(String name, Observation observation) {
        if (all.put(name, observation) != null) {
            throw new AssertionError(name);
        }
    }

    private static Observation observation(Code type, Value value, ObservationTime time) {
        return new Observation(
                ObservationId.parse("0123456789abcdeffedcba9876543210"),
                DeviceId.of("thermometer-3"),
                type,
                value,
                time,
                Set.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The numbers, values and times that are stated, to see that none is left out. */
    static List<Object> parts(Observation observation) {
        List<Object> parts = new ArrayList<>();
        parts.add(observation.time().device());
        parts.add(observation.time().clock().synchronisation());
        parts.add(observation.time().clock().continuity());
        parts.addAll(observation.status());
        parts(observation.value(), parts);
        observation.supplemental().values().forEach(value -> parts(value, parts));
        return parts;
    }

    private static void parts(Value value, List<Object> parts) {
        parts.add(value);
        if (value instanceof Value.Numeric numeric) {
            parts.add(numeric.quantity().value().kind());
        } else if (value instanceof Value.Compound compound) {
            compound.components().forEach(part -> parts(part.value(), parts));
        }
    }
}
