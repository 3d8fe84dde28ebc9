package org.openiomt.core.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/** Observations that the tests of this package share. */
final class Observations {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-22T23:59:58.987654321Z");
    static final DeviceTime MEASURED_AT = DeviceTime.WallClock.of(DeviceDateTime.of(2026, 11, 22, 23, 59, 51));

    private Observations() {}

    /** Systolic, diastolic and mean pressure in mm[Hg], by a cuff with a clock. */
    static Observation bloodPressure(MedicalFloat systolic, MedicalFloat diastolic, MedicalFloat mean) {
        Value value = Value.Compound.of(
                pressure(Mdc.MDC_PRESS_BLD_NONINV_SYS, systolic),
                pressure(Mdc.MDC_PRESS_BLD_NONINV_DIA, diastolic),
                pressure(Mdc.MDC_PRESS_BLD_NONINV_MEAN, mean));
        return of(Mdc.MDC_PRESS_BLD_NONINV, value, MEASURED_AT);
    }

    /** 120/80 (93) mm[Hg]. */
    static Observation bloodPressure() {
        return bloodPressure(MedicalFloat.of(120, 0), MedicalFloat.of(80, 0), MedicalFloat.of(93, 0));
    }

    /** One second of one lead at 250 Hz, 12 bits around 0, 4.88 microvolt a step; no device time. */
    static Observation ecg() {
        int[] samples = new int[250];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i * 7919 % 4096 - 2048;
        }
        return of(Mdc.MDC_ECG_ELEC_POTL_I, wave(samples), new DeviceTime.None());
    }

    static Value.SampleArray wave(int... samples) {
        return Value.SampleArray.of(
                Units.MDC_DIM_MILLI_VOLT,
                MedicalFloat.of(488, -5),
                MedicalFloat.of(1024, 0),
                SampleRate.hertz(250),
                samples);
    }

    /** An observation with nothing but what every observation has. */
    static Observation of(Code type, Value value, DeviceTime time) {
        return new Observation(
                ObservationId.of(0x0123456789ABCDEFL, 0xFEDCBA9876543210L),
                DeviceId.of("cuff-017"),
                type,
                value,
                ObservationTime.of(time, ClockState.UNKNOWN, RECEIVED_AT),
                Set.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    /** An observation with what a newer writer has added. */
    static Observation with(Observation o, UnknownEntries unknown) {
        return new Observation(
                o.id(),
                o.device(),
                o.type(),
                o.value(),
                o.time(),
                o.status(),
                o.supplemental(),
                o.subject(),
                o.derivedFrom(),
                unknown);
    }

    /** One observation in both forms. */
    record Vector(String name, String hex, String json) {
        byte[] cbor() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Reads {@code test-vectors/observations.txt}. */
    static List<Vector> vectors() {
        String table;
        try (InputStream in =
                Objects.requireNonNull(Observations.class.getResourceAsStream("/test-vectors/observations.txt"))) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(table.split("\n\n"))
                .filter(entry -> !entry.startsWith("#"))
                .map(entry -> entry.split("\n"))
                .map(lines -> new Vector(lines[0], lines[1], lines[2]))
                .toList();
    }

    private static Value.Component pressure(Code type, MedicalFloat value) {
        return new Value.Component(type, Value.Numeric.of(value, Units.MDC_DIM_MMHG));
    }
}
