package org.openiomt.security.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.openiomt.core.json.ObservationCbor;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.ObservationId;
import org.openiomt.core.model.ObservationTime;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;

/** Nothing of what was taken out can be found in what is sent. */
class PrivacyPropertyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** What must not survive; long enough not to be there by chance. */
    record Secrets(
            String device,
            String subject,
            ObservationId id,
            ObservationId source,
            Instant received,
            Instant measured,
            int timeForm,
            String words,
            String octets) {
        byte[] opaque() {
            return HEX.parseHex(octets);
        }
    }

    @Provide
    Arbitrary<Secrets> secrets() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("-_")
                .ofMinLength(10)
                .ofMaxLength(64);
        Arbitrary<ObservationId> ids = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as(ObservationId::of)
                .filter(id -> Long.bitCount(id.high()) > 8 && Long.bitCount(id.low()) > 8);
        Arbitrary<Instant> instants = Combinators.combine(
                        Arbitraries.integers().between(2001, 2090),
                        Arbitraries.integers().between(33, 360),
                        Arbitraries.integers().between(3_601, 82_799))
                .as((year, day, second) -> Instant.parse(year + "-01-01T00:00:00Z")
                        .plus(Duration.ofDays(day))
                        .plusSeconds(second));
        return Combinators.combine(
                        names,
                        names,
                        ids,
                        ids,
                        instants,
                        instants,
                        Arbitraries.integers().between(0, 2),
                        Combinators.combine(
                                        Arbitraries.strings()
                                                .alpha()
                                                .ofMinLength(8)
                                                .ofMaxLength(40),
                                        Arbitraries.bytes()
                                                .array(byte[].class)
                                                .ofMinSize(9)
                                                .ofMaxSize(40)
                                                .map(HEX::formatHex))
                                .as(Map::entry))
                .as((device, subject, id, source, received, measured, form, content) -> new Secrets(
                        device, subject, id, source, received, measured, form, content.getKey(), content.getValue()));
    }

    private static Observation observation(Secrets secrets) {
        DeviceDateTime local = DeviceDateTime.from(secrets.measured().atOffset(ZoneOffset.UTC));
        DeviceTime time = switch (secrets.timeForm()) {
            case 0 -> DeviceTime.WallClock.of(local);
            case 1 -> new DeviceTime.BaseOffset(local, Duration.ofMinutes(37));
            default -> new DeviceTime.Utc(secrets.measured(), Optional.of(ZoneOffset.ofHoursMinutes(5, 45)));
        };
        Map<Code, Value> supplemental = new LinkedHashMap<>();
        supplemental.put(Mdc.MDC_CTXT_GLU_MEAL, new Value.Text(secrets.words()));
        supplemental.put(Mdc.MDC_CTXT_GLU_HEALTH, Value.Opaque.of(secrets.opaque()));
        supplemental.put(Mdc.MDC_ATTR_ID_PROD_SPECN, new Value.Text(secrets.device()));
        Observation sample = Samples.of("sample", "sample", 1, time, supplemental);
        return new Observation(
                secrets.id(),
                DeviceId.of(secrets.device()),
                sample.type(),
                Value.Compound.of(
                        new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_SYS, Samples.pressure(121)),
                        new Value.Component(Mdc.MDC_PRESS_BLD_NONINV_MEAN, new Value.Text(secrets.words()))),
                new ObservationTime(
                        time,
                        sample.time().clock(),
                        secrets.received(),
                        sample.time().duration()),
                sample.status(),
                supplemental,
                Optional.of(SubjectId.of(secrets.subject())),
                List.of(secrets.source()));
    }

    @Property(tries = 500)
    void nothingThatWasTakenOutIsInWhatIsSent(@ForAll("secrets") Secrets secrets) {
        SafeHarbor safeHarbor = new SafeHarbor(SafeHarborRules.clinical(), new TokenTable(10));
        Observation before = observation(secrets);
        assertFound(before, secrets);

        Observation left = safeHarbor.reduce(before).observation().orElseThrow();

        String json = ObservationJson.write(left);
        String cbor = HEX.formatHex(ObservationCbor.encode(left));
        assertThat(json)
                .doesNotContain(
                        secrets.device(),
                        secrets.subject(),
                        secrets.words(),
                        secrets.id().toString(),
                        secrets.source().toString(),
                        secrets.octets(),
                        Base64.getEncoder().withoutPadding().encodeToString(secrets.opaque()),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.opaque()),
                        day(secrets.received()),
                        day(secrets.measured()),
                        Long.toString(secrets.received().getEpochSecond()),
                        Long.toString(secrets.measured().getEpochSecond()));
        assertThat(cbor)
                .doesNotContain(
                        utf8(secrets.device()),
                        utf8(secrets.subject()),
                        utf8(secrets.words()),
                        secrets.id().toString(),
                        secrets.source().toString(),
                        secrets.octets(),
                        utf8(day(secrets.received())),
                        number(secrets.received().getEpochSecond()),
                        number(secrets.measured().getEpochSecond()),
                        number(secrets.received().toEpochMilli()),
                        number(secrets.measured().toEpochMilli()));
    }

    /** The forms in which the test looks for them are those in which they would be there. */
    private static void assertFound(Observation before, Secrets secrets) {
        String json = ObservationJson.write(before);
        String cbor = HEX.formatHex(ObservationCbor.encode(before));
        assertThat(json)
                .contains(
                        secrets.device(),
                        secrets.subject(),
                        secrets.words(),
                        secrets.id().toString(),
                        day(secrets.received()));
        assertThat(cbor)
                .contains(
                        utf8(secrets.device()),
                        utf8(secrets.subject()),
                        utf8(secrets.words()),
                        secrets.id().toString(),
                        secrets.octets());
    }

    @Property(tries = 200)
    void noNameIsInAPseudonymisedObservation(@ForAll("secrets") Secrets secrets) {
        try (Pseudonymizer pseudonymizer = Pseudonymizer.of(Pseudonymizer.newKey(), "study")) {
            Observation before = observation(secrets);
            Observation made = pseudonymizer.observation(new Observation(
                    before.id(),
                    before.device(),
                    before.type(),
                    before.value(),
                    before.time(),
                    before.status(),
                    Map.of(),
                    before.subject(),
                    before.derivedFrom()));

            String cbor = HEX.formatHex(ObservationCbor.encode(made));
            assertThat(cbor)
                    .doesNotContain(
                            utf8(secrets.device()),
                            utf8(secrets.subject()),
                            secrets.id().toString(),
                            secrets.source().toString());
        }
    }

    @Property(tries = 300)
    void typeAndValueNeverRunTogether(@ForAll("names") String one, @ForAll("names") String other) {
        try (Pseudonymizer pseudonymizer = Pseudonymizer.of(Pseudonymizer.newKey(), "study")) {
            String whole = one + other;
            for (int i = 0; i < whole.length(); i++) {
                if (i != one.length()) {
                    assertThat(pseudonymizer.token(whole.substring(0, i), whole.substring(i)))
                            .isNotEqualTo(pseudonymizer.token(one, other));
                }
            }
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12);
    }

    private static String day(Instant instant) {
        return DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm", Locale.ROOT).format(instant.atOffset(ZoneOffset.UTC));
    }

    private static String utf8(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(long value) {
        String hex =
                HEX.formatHex(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return hex.replaceFirst("^0+", "");
    }
}
