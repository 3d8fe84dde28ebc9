package org.openiomt.core.json;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.ClockState.Continuity;
import org.openiomt.core.model.ClockState.Synchronisation;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.UnknownEntries;
import org.openiomt.core.model.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Observations as JSON for people: the twin of {@link ObservationCbor}, with the names of its table as members.
 *
 * <pre>{@code
 * {"id": "0123456789abcdeffedcba9876543210", "device": "thermometer-3",
 *  "type": {"code": 150364, "name": "MDC_TEMP_BODY", "display": "body temperature"},
 *  "value": {"number": 37.60, "unit": {"code": 268192, "ucum": "Cel"}},
 *  "receivedAt": "2026-11-22T10:00:01.5Z", "clock": "2026-11-22T11:00:00", "status": ["questionable"]}
 * }</pre>
 *
 * <p>A number has the device's own precision: 37.60 stays 37.60. NaN, NRes, +INF, -INF and reserved are strings. Names, displays
 * and UCUM are for people: only the codes are read back. What a newer writer added to the CBOR is a member {@code unknown} with the
 * number of entries and their octets in hexadecimal. Stateless, for use by several threads at once.
 */
public final class ObservationJson {
    private static final String FIELD = "observation";
    private static final HexFormat HEX = HexFormat.of();
    private static final JsonFactory FACTORY = new JsonFactory();

    private ObservationJson() {}

    /**
     * Returns an observation as one line of JSON.
     *
     * @throws IllegalArgumentException when it nests compounds deeper than {@value ValueCbor#MAX_NESTING}
     */
    public static String write(Observation observation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(observation, out);
        }
        return text.toString();
    }

    /**
     * Writes an observation as one JSON object.
     *
     * @throws IllegalArgumentException when it nests compounds deeper than {@value ValueCbor#MAX_NESTING}
     */
    public static void write(Observation observation, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", observation.id().toString());
        out.writeStringProperty("device", observation.device().value());
        out.writeName("type");
        ValueJson.code(observation.type(), out);
        out.writeName("value");
        ValueJson.write(observation.value(), out, 0);
        time(observation.time(), out);
        if (!observation.status().isEmpty()) {
            out.writeArrayPropertyStart("status");
            observation.status().forEach(mark -> out.writeString(word(mark)));
            out.writeEndArray();
        }
        if (!observation.supplemental().isEmpty()) {
            out.writeArrayPropertyStart("supplemental");
            observation.supplemental().forEach((code, value) -> ValueJson.component(code, value, out, 0));
            out.writeEndArray();
        }
        observation.subject().ifPresent(subject -> out.writeStringProperty("subject", subject.value()));
        if (!observation.derivedFrom().isEmpty()) {
            out.writeArrayPropertyStart("derivedFrom");
            observation.derivedFrom().forEach(source -> out.writeString(source.toString()));
            out.writeEndArray();
        }
        if (!observation.unknown().isEmpty()) {
            out.writeObjectPropertyStart("unknown");
            out.writeNumberProperty("entries", observation.unknown().count());
            out.writeStringProperty(
                    "octets", HEX.formatHex(observation.unknown().octets()));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /**
     * Reads one observation.
     *
     * @throws org.openiomt.core.wire.DecodeException when {@code text} is none; the offset counts characters
     */
    public static Observation read(String text) {
        JsonReader in = new JsonReader(text, FIELD);
        ObservationParts parts = new ObservationParts(in::refuse);
        in.object(FIELD);
        for (String member = in.nextMember(FIELD); member != null; member = in.nextMember(FIELD)) {
            read(member, in, parts);
        }
        in.requireEnd(FIELD);
        return parts.build();
    }

    private static void time(ObservationTime time, JsonGenerator out) {
        out.writeStringProperty("receivedAt", time.receivedAt().toString());
        if (time.device() instanceof DeviceTime.WallClock wall) {
            out.writeStringProperty("clock", wall.clock().toString());
            wall.offset().ifPresent(offset -> out.writeStringProperty("utcOffset", offset.getId()));
        } else if (time.device() instanceof DeviceTime.BaseOffset base) {
            out.writeStringProperty("clock", base.base().toString());
            out.writeStringProperty("correction", base.offset().toString());
        } else if (time.device() instanceof DeviceTime.Utc utc) {
            out.writeStringProperty("instant", utc.instant().toString());
            utc.offset().ifPresent(offset -> out.writeStringProperty("utcOffset", offset.getId()));
        } else if (time.device() instanceof DeviceTime.Ticks ticks) {
            out.writeObjectPropertyStart("ticks");
            out.writeNumberProperty("count", ticks.count());
            out.writeStringProperty("resolution", ticks.resolution().toString());
            out.writeEndObject();
        } else if (!(time.device() instanceof DeviceTime.None)) {
            throw new AssertionError(time.device());
        }
        time.duration().ifPresent(duration -> out.writeStringProperty("duration", duration.toString()));
        if (!time.clock().equals(ClockState.UNKNOWN)) {
            out.writeObjectPropertyStart("clockState");
            out.writeStringProperty("synchronisation", word(time.clock().synchronisation()));
            out.writeStringProperty("continuity", word(time.clock().continuity()));
            out.writeEndObject();
        }
    }

    /** Returns a constant as people write it: {@code early-indication}. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static void read(String member, JsonReader in, ObservationParts parts) {
        switch (member) {
            case "id" -> parts.id = in.text(member, ObservationId::parse);
            case "device" -> parts.device = in.text(member, DeviceId::of);
            case "type" -> parts.type = ValueJson.readCode(member, in);
            case "value" -> parts.value = ValueJson.read(member, in, 0);
            case "receivedAt" -> parts.receivedAt = in.text(member, Instant::parse);
            case "clock" -> parts.clock = in.text(member, DeviceDateTime::parse);
            case "correction" -> parts.correction = in.text(member, Duration::parse);
            case "instant" -> parts.instant = in.text(member, Instant::parse);
            case "ticks" -> parts.ticks = readTicks(in);
            case "utcOffset" -> parts.utcOffset = in.text(member, ZoneOffset::of);
            case "duration" -> parts.duration = in.text(member, Duration::parse);
            case "clockState" -> parts.clockState = readClockState(in);
            case "status" -> {
                in.array(member);
                while (in.nextItem(member)) {
                    parts.status.add(in.text(member, word -> constant(MeasurementStatus.class, word)));
                }
            }
            case "supplemental" -> {
                in.array(member);
                while (in.nextItem(member)) {
                    Value.Component qualifier = ValueJson.readComponent(member, in, 0);
                    parts.qualify(qualifier.type(), qualifier.value());
                }
            }
            case "subject" -> parts.subject = in.text(member, SubjectId::of);
            case "derivedFrom" -> {
                in.array(member);
                while (in.nextItem(member)) {
                    parts.derivedFrom.add(in.text(member, ObservationId::parse));
                }
            }
            case "unknown" -> parts.unknown = readUnknown(in);
            default -> in.skip(member);
        }
    }

    private static UnknownEntries readUnknown(JsonReader in) {
        Integer entries = null;
        byte[] octets = null;
        in.object("unknown");
        for (String member = in.nextMember("unknown"); member != null; member = in.nextMember("unknown")) {
            switch (member) {
                case "entries" -> entries = in.int32(member);
                case "octets" -> octets = in.text(member, HEX::parseHex);
                default -> in.skip(member);
            }
        }
        int count = in.required("unknown.entries", entries);
        byte[] content = in.required("unknown.octets", octets);
        return in.attempt("unknown", () -> ObservationCbor.unknown(count, content));
    }

    private static DeviceTime.Ticks readTicks(JsonReader in) {
        Long count = null;
        Duration resolution = null;
        in.object("ticks");
        for (String member = in.nextMember("ticks"); member != null; member = in.nextMember("ticks")) {
            switch (member) {
                case "count" -> count = in.integer(member);
                case "resolution" -> resolution = in.text(member, Duration::parse);
                default -> in.skip(member);
            }
        }
        return new DeviceTime.Ticks(in.required("count", count), in.required("resolution", resolution));
    }

    private static ClockState readClockState(JsonReader in) {
        Synchronisation synchronisation = Synchronisation.UNKNOWN;
        Continuity continuity = Continuity.UNKNOWN;
        in.object("clockState");
        for (String member = in.nextMember("clockState"); member != null; member = in.nextMember("clockState")) {
            switch (member) {
                case "synchronisation" ->
                    synchronisation = in.text(member, word -> constant(Synchronisation.class, word));
                case "continuity" -> continuity = in.text(member, word -> constant(Continuity.class, word));
                default -> in.skip(member);
            }
        }
        return new ClockState(synchronisation, continuity);
    }
}
