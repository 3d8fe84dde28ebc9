package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.profile.healthsensor.HealthEntry;
import org.openiomt.ble.profile.healthsensor.HealthObservation;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthValue;
import org.openiomt.ble.profile.time.ElapsedTime;
import org.openiomt.core.model.Arrival;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationBuilder;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.SampleRate;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.MedicalFloat;

/**
 * What a health sensor observes, of every value class. The members of a bundle take type, time, person and status from the bundle
 * where they have none of their own.
 *
 * <pre>
 * value class   value of the observation
 * numeric       Numeric; one that is no number is NOT_AVAILABLE
 * discrete      Coded
 * text          Text
 * samples       SampleArray; Opaque when a sample does not fit 31 bits or the period names no rate
 * events        Compound of Coded, each of the observation's type
 * states        Flags up to 64 bits, Opaque beyond; bits that the device does not support are clear
 * compound      Compound
 * entries       Compound; numbers without a unit are dimensionless
 * bundle        the observations of its members
 * unknown       Opaque
 *
 * status        MeasurementStatus
 * bits 0 to 5   INVALID, QUESTIONABLE, NOT_AVAILABLE, CALIBRATION_ONGOING, TEST_DATA, DEMO_DATA
 * any other     QUESTIONABLE, because its meaning is not known for sure; the bits are a supplement
 * </pre>
 *
 * An observation without a type observes nothing that can be named, and is left out. References to members have no place in an
 * observation and are left out too. A stored observation with a time is the same as the one that was sent live; without a time it is
 * named by its record number.
 */
public final class HealthSensorObservations {
    private static final int UNIT_PARTITION = 4;
    private static final int UNKNOWN_PATIENT = 0xFF;
    private static final int STATUS_WIDTH = 16;
    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);
    private static final List<MeasurementStatus> STATUS = List.of(
            MeasurementStatus.INVALID,
            MeasurementStatus.QUESTIONABLE,
            MeasurementStatus.NOT_AVAILABLE,
            MeasurementStatus.CALIBRATION_ONGOING,
            MeasurementStatus.TEST_DATA,
            MeasurementStatus.DEMO_DATA);

    private HealthSensorObservations() {}

    /** Returns what one transfer observes: one observation, or those of a bundle in its order. */
    public static List<Observation> of(HealthRecord sent, Arrival arrival) {
        HealthObservation whole = sent.observation();
        List<HealthObservation> parts =
                whole.value() instanceof HealthValue.Bundle bundle ? bundle.observations() : List.of(whole);
        Map<Long, Integer> ofType = new HashMap<>();
        List<Reading> readings = new ArrayList<>();
        for (HealthObservation part : parts) {
            OptionalLong type = part.type().isPresent() ? part.type() : whole.type();
            if (type.isPresent()) {
                int number = ofType.merge(type.getAsLong(), 1, Integer::sum) - 1;
                readings.add(new Reading(part, whole, Code.of(type.getAsLong()), number, sent.recordNumber()));
            }
        }
        Map<Long, ObservationId> ids = new HashMap<>();
        readings.forEach(reading -> reading.part
                .objectId()
                .ifPresent(id -> ids.put(id, reading.builder(arrival).build().id())));
        return readings.stream().map(reading -> reading.build(arrival, ids)).toList();
    }

    /** One observation of a transfer, and the bundle that speaks for it; a single one is its own bundle. */
    private record Reading(
            HealthObservation part, HealthObservation whole, Code type, int number, OptionalLong recordNumber) {

        Observation build(Arrival arrival, Map<Long, ObservationId> ids) {
            List<ObservationId> sources = part.derivedFrom().stream()
                    .flatMap(List::stream)
                    .map(ids::get)
                    .filter(Objects::nonNull)
                    .toList();
            return builder(arrival).derivedFrom(sources).build();
        }

        ObservationBuilder builder(Arrival arrival) {
            Value value = value(part.value(), type);
            ObservationBuilder builder = arrival.observe(type, value)
                    .part(number)
                    .user(Readings.user(either(part.patient(), whole.patient()), UNKNOWN_PATIENT))
                    .statusIf(isAbsent(value), MeasurementStatus.NOT_AVAILABLE);
            Optional<ElapsedTime> moment = part.time().or(whole::time);
            DeviceTime time = moment.map(ElapsedTimes::of).orElseGet(DeviceTime.None::new);
            builder.at(time);
            moment.ifPresent(given -> builder.clock(ElapsedTimes.clock(given)));
            boolean isNamed = time instanceof DeviceTime.Utc || time.local().isPresent();
            if (!isNamed) {
                recordNumber.ifPresent(builder::sequence);
            }
            part.duration().or(whole::duration).flatMap(Reading::duration).ifPresent(builder::lasting);
            either(part.status(), whole.status()).ifPresent(bits -> addStatus(builder, bits));
            addSupplements(builder);
            return builder;
        }

        private void addSupplements(ObservationBuilder builder) {
            part.supplemental()
                    .or(whole::supplemental)
                    .filter(codes -> !codes.isEmpty())
                    .ifPresent(codes -> builder.with(
                            Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES,
                            codes.size() == 1
                                    ? new Value.Coded(Code.of(codes.get(0)))
                                    : terms(Mdc.MDC_ATTR_SUPPLEMENTAL_TYPES, codes)));
            for (HealthEntry entry : part.entries().or(whole::entries).orElse(List.of())) {
                builder.with(Code.of(entry.type()), value(entry));
            }
        }

        private static OptionalInt either(OptionalInt own, OptionalInt common) {
            return own.isPresent() ? own : common;
        }

        private static Optional<Duration> duration(MedicalFloat seconds) {
            if (!seconds.isFinite() || seconds.mantissa() < 0) {
                return Optional.empty();
            }
            BigDecimal nanos = seconds.toBigDecimal().movePointRight(9).setScale(0, RoundingMode.HALF_UP);
            return nanos.compareTo(BigDecimal.valueOf(LONGEST_PERIOD.toNanos())) > 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(nanos.longValueExact()));
        }

        private static void addStatus(ObservationBuilder builder, int bits) {
            for (int bit = 0; bit < STATUS.size(); bit++) {
                builder.statusIf((bits >> bit & 1) != 0, STATUS.get(bit));
            }
            builder.statusIf(bits >> STATUS.size() != 0, MeasurementStatus.QUESTIONABLE);
            if (bits != 0) {
                builder.with(Mdc.MDC_ATTR_MSMT_STAT, new Value.Flags(bits, STATUS_WIDTH));
            }
        }

        private static boolean isAbsent(Value value) {
            if (value instanceof Value.Numeric numeric) {
                return Readings.isAbsent(numeric.quantity().value());
            }
            return value instanceof Value.Compound compound
                    && !compound.components().isEmpty()
                    && compound.components().stream().allMatch(one -> isAbsent(one.value()));
        }

        private static Value value(HealthValue value, Code type) {
            if (value instanceof HealthValue.Numeric numeric) {
                return Value.Numeric.of(numeric.value(), unit(numeric.unit()));
            }
            if (value instanceof HealthValue.Discrete discrete) {
                return new Value.Coded(Code.of(discrete.code()));
            }
            if (value instanceof HealthValue.Text text) {
                return new Value.Text(text.text().text());
            }
            if (value instanceof HealthValue.Samples samples) {
                return samples(samples);
            }
            if (value instanceof HealthValue.Events events) {
                return terms(type, events.codes());
            }
            if (value instanceof HealthValue.States states) {
                return states(states);
            }
            if (value instanceof HealthValue.Compound compound) {
                return new Value.Compound(compound.components().stream()
                        .map(one -> new Value.Component(Code.of(one.type()), value(one.value(), Code.of(one.type()))))
                        .toList());
            }
            if (value instanceof HealthValue.Entries entries) {
                return new Value.Compound(entries.entries().stream()
                        .map(entry -> new Value.Component(Code.of(entry.type()), value(entry)))
                        .toList());
            }
            if (value instanceof HealthValue.Unknown unknown) {
                return Value.Opaque.of(unknown.octets().trailing());
            }
            throw new AssertionError(value);
        }

        private static Value value(HealthEntry entry) {
            if (entry.number().isPresent()) {
                return Value.Numeric.of(MedicalFloat.of(entry.number().getAsLong(), 0), Units.MDC_DIM_DIMLESS);
            }
            return entry.decimal()
                    .<Value>map(decimal -> Value.Numeric.of(decimal, Units.MDC_DIM_DIMLESS))
                    .or(() -> entry.text().map(Value.Text::new))
                    .orElseGet(() -> Value.Opaque.of(entry.octets().trailing()));
        }

        private static Value samples(HealthValue.Samples samples) {
            List<BigInteger> values = samples.values();
            Optional<Duration> period = duration(samples.period());
            boolean isRate = period.filter(time -> !time.isZero()).isPresent() && samples.samplesPerPeriod() > 0;
            if (!isRate || values.stream().anyMatch(one -> one.bitLength() >= Integer.SIZE)) {
                return Value.Opaque.of(samples.samples().trailing());
            }
            return Value.SampleArray.of(
                    unit(samples.unit()),
                    samples.scale(),
                    samples.offset(),
                    new SampleRate(samples.samplesPerPeriod(), period.get()),
                    values.stream().mapToInt(BigInteger::intValue).toArray());
        }

        private static Value states(HealthValue.States states) {
            byte[] bits = states.bits().trailing();
            byte[] supported = states.supported().trailing();
            if (bits.length == 0 || bits.length > Long.BYTES) {
                return Value.Opaque.of(bits);
            }
            long flags = 0;
            for (int i = bits.length - 1; i >= 0; i--) {
                flags = flags << Byte.SIZE | (bits[i] & supported[i] & 0xFF);
            }
            return new Value.Flags(flags, bits.length * Byte.SIZE);
        }

        private static Value terms(Code type, List<Long> codes) {
            return new Value.Compound(codes.stream()
                    .map(code -> new Value.Component(type, new Value.Coded(Code.of(code))))
                    .toList());
        }

        private static Code unit(int term) {
            return Code.of(UNIT_PARTITION, term);
        }
    }
}
